"""What a stop does in each room that knows a participant: the last room first, as its rows rest on others."""

from collections.abc import Iterable
from typing import TypeVar

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from alongside.analysis.models import (
    Act,
    Coding,
    CodingChange,
    Discussion,
    Link,
    LinkChange,
    Memo,
    Passage,
    Place,
    Reading,
    Run,
    SortedCard,
    Suggestion,
    Summary,
    Workshop,
)
from alongside.audit.actions import record_all
from alongside.followup.models import FrameMember, Message, Response, SampleMember, TimepointInstance
from alongside.interviews.actions import cancel_interview, erase_transcript
from alongside.interviews.models import WITHHELD, Interview, Recording, Revision, Speaker, Transcript, Turn
from alongside.people.models import Declared, Participant, Purpose
from alongside.reporting.models import Quote, Report
from alongside.stewardship.models import FileToErase
from alongside.stewardship.quoted import forget_quoted, words_of
from alongside.stewardship.stopped import Stopped

M = TypeVar("M", bound=Model)
AUDIENCES = {
    Purpose.QUOTATION_REPORT: Report.Audience.STUDY,
    Purpose.QUOTATION_PUBLIC: Report.Audience.PUBLIC,
}
# What an interview's row says of the person in words.
ARRANGED = ("if_hard", "support", "adjustments", "thanks", "ring", "override")


def in_reporting(stopped: Stopped) -> None:
    mine = own_spans(Quote.objects.all(), stopped.participant)
    for purpose, audience in AUDIENCES.items():
        quotes = Quote.objects.filter(pk__in=mine, section__report__audience=audience)
        if stopped.erases(purpose, Purpose.INTERVIEW):
            quotes.update(revision=None, attribution="", insider_note="")
        elif stopped.anonymises(purpose):
            quotes.update(attribution="")


def in_analysis(stopped: Stopped) -> None:
    if stopped.erases(Purpose.INTERVIEW) or Purpose.MACHINE_HELP in stopped.promised:
        own_spans(Suggestion.objects.all(), stopped.participant).delete()
        # What was sent and answered holds the words of everyone who speaks there.
        Run.objects.filter(transcript__in=spoken_in(stopped.participant)).delete()
    if not stopped.erases(Purpose.INTERVIEW):
        return
    alone = spoken_alone(stopped.participant)
    forget_quoted(
        by=None,
        study=stopped.participant.study,
        said=words_of(stopped.participant, alone),
        spoken_in=spoken_in(stopped.participant),
    )
    _erase_codings(stopped.participant, alone)
    own_spans(Passage.objects.all(), stopped.participant).delete()
    own_spans(SortedCard.objects.all(), stopped.participant).delete()
    own_spans(Discussion.objects.all(), stopped.participant).delete()
    # One summary tells what all who spoke there said.
    Summary.objects.filter(transcript__in=spoken_in(stopped.participant)).delete()
    Reading.objects.filter(transcript__in=alone).delete()
    Place.objects.filter(transcript__in=alone).delete()
    Workshop.objects.filter(transcript__in=alone).delete()


def _erase_codings(participant: Participant, alone: QuerySet[Transcript]) -> None:
    codings = own_spans(Coding.objects.all(), participant)
    Memo.objects.filter(Q(coding__in=codings) | Q(transcript__in=alone)).delete()
    links = Link.objects.filter(Q(one__in=codings) | Q(other__in=codings))
    changes = CodingChange.objects.filter(coding__in=codings)
    # Nothing else hangs on them. Deleting in the ordinary way would load every row first.
    for rows in (LinkChange.objects.filter(link__in=links), links, changes, codings):
        rows._raw_delete(rows.db)
    Act.objects.filter(transcript__in=alone).delete()


def in_interviews(stopped: Stopped) -> None:
    if Purpose.INTERVIEW in stopped.promised:
        for interview in Interview.objects.filter(participant=stopped.participant, state="booked"):
            cancel_interview(by=None, interview=interview)
    if stopped.erases(Purpose.INTERVIEW, Purpose.RECORDING) or stopped.anonymises(
        Purpose.INTERVIEW, Purpose.RECORDING
    ):
        # A voice can be taken out of a text, but not out of the sound of several.
        heard = Q(interview__transcript__in=spoken_in(stopped.participant))
        others = Recording.objects.filter(heard).exclude(interview__participant=stopped.participant)
        # On record for whoever looks for it later; whose stop it was is not theirs to know.
        study = stopped.participant.study_id
        record_all(by=None, verb="erase_recording", on=list(others), study=study)
        erase_recordings(others)
        erase_recordings(Recording.objects.filter(interview__participant=stopped.participant))
    if stopped.erases(Purpose.INTERVIEW):
        _erase_interviews(stopped)
    elif stopped.anonymises(Purpose.INTERVIEW):
        _anonymise_interviews(stopped)
    if stopped.erases(Purpose.INTERVIEW) or stopped.anonymises(Purpose.INTERVIEW):
        Declared.objects.filter(participant=stopped.participant).delete()


def in_followup(stopped: Stopped) -> None:
    asked = FrameMember.objects.filter(participant=stopped.participant)
    chosen = SampleMember.objects.filter(participant=stopped.participant)
    if stopped.erases(Purpose.INTERVIEW, Purpose.INTERVIEW_CONTACT):
        chosen.delete()
        asked.delete()
    elif stopped.anonymises(Purpose.INTERVIEW, Purpose.INTERVIEW_CONTACT) and asked.exists():
        chosen.update(participant=stopped.anonymous)
        asked.update(participant=stopped.anonymous)
    if Purpose.QUESTIONNAIRES in stopped.promised:
        _stop_asking(stopped)


def _stop_asking(stopped: Stopped) -> None:
    instances = TimepointInstance.objects.filter(participant=stopped.participant)
    given = Response.objects.filter(instance__in=instances)
    if stopped.erases(Purpose.QUESTIONNAIRES):
        given.delete()
    elif stopped.anonymises(Purpose.QUESTIONNAIRES):
        for response in given.select_related("instance"):
            response.instance = _same_for(stopped.anonymous, response.instance)
            response.save(update_fields=["instance"])
    Message.objects.filter(instance__in=instances).delete()
    # A timepoint that holds neither answers nor an interview would only go on asking.
    instances.exclude(responses__isnull=False).exclude(interviews__isnull=False).delete()


def _same_for(anonymous: Participant, instance: TimepointInstance) -> TimepointInstance:
    dates = {name: getattr(instance, name) for name in ("anchored", "opens", "due", "closes")}
    same, _new = TimepointInstance.objects.get_or_create(
        participant=anonymous, timepoint_id=instance.timepoint_id, defaults=dates
    )
    return same


# Whose words ------------------------------------------------------------------------------------------


def spoken_in(participant: Participant) -> QuerySet[Transcript]:
    theirs = Q(interview__participant=participant) | Q(speakers__participant=participant)
    return Transcript.objects.filter(theirs).distinct()


def spoken_alone(participant: Participant) -> QuerySet[Transcript]:
    """Transcripts in which no other participant speaks, or none whose words are left: all that is there was
    said to or by this one."""
    others = _other_voices(participant).exclude(label__startswith=WITHHELD)
    return spoken_in(participant).exclude(pk__in=others.values("transcript_id"))


def spoken_with_others(participant: Participant) -> QuerySet[Transcript]:
    """Transcripts in which another participant speaks or did: the same before and after that one stopped."""
    return spoken_in(participant).filter(pk__in=_other_voices(participant).values("transcript_id"))


def _other_voices(participant: Participant) -> QuerySet[Speaker]:
    return Speaker.objects.filter(participant__isnull=False).exclude(participant=participant)


def own_spans(rows: QuerySet[M], participant: Participant) -> QuerySet[M]:
    """Spans that hold words of `participant`: in their own transcript all, in a joint one those that touch
    one of their turns."""
    turns = _turns_touched().filter(speaker__participant=participant)
    return rows.filter(Q(revision__transcript__in=spoken_alone(participant)) | Exists(turns))


def spans_apart(rows: QuerySet[M], participant: Participant) -> QuerySet[M]:
    """The spans that `participant` themselves may be told of: in a conversation of several, those of the text
    in force with nobody else's words in them. What another one's stop takes is not among them."""
    theirs = _turns_touched().filter(speaker__participant=participant)
    others = _turns_touched().filter(speaker__in=_other_voices(participant))
    apart = Q(Exists(theirs), ~Exists(others), revision__is_current=True)
    shared = Q(revision__transcript__in=spoken_with_others(participant))
    return own_spans(rows, participant).filter(~shared | apart)


def _turns_touched() -> QuerySet[Turn]:
    """The turns that a span touches, as a question about one span."""
    return Turn.objects.filter(
        revision=OuterRef("revision"), start__lt=OuterRef("end"), end__gt=OuterRef("start")
    )


# Erasing ----------------------------------------------------------------------------------------------


def erase_recordings(recordings: QuerySet[Recording]) -> None:
    """Given up in this transaction: a machine that dies after it finds what is left to erase."""
    give_up_files(recordings.values_list("sha256", flat=True))
    recordings.delete()


def _erase_interviews(stopped: Stopped) -> None:
    participant = stopped.participant
    alone = list(spoken_alone(participant))
    held = [transcript.interview_id for transcript in alone if transcript.interview_id]
    give_up_files(transcript.source_sha256 for transcript in alone)
    for transcript in alone:
        erase_transcript(by=None, transcript=transcript)
    Interview.objects.filter(pk__in=held).delete()
    Interview.objects.filter(participant=participant).update(**dict.fromkeys(ARRANGED, ""))
    for transcript in spoken_in(participant):
        _blank_turns(stopped, transcript)


def _blank_turns(stopped: Stopped, transcript: Transcript) -> None:
    """Take one voice out of a conversation of several; every other word keeps its place.

    Somebody whom nobody knows stands for it. So whoever was barred for its sake stays barred from what was
    asked of it, and from the interview; and to the other voices it stays a conversation of several.
    """
    participant = stopped.participant
    for revision in Revision.objects.filter(transcript=transcript):
        text = revision.text
        for turn in revision.turns.filter(speaker__participant=participant):
            text = text[: turn.start] + WITHHELD * (turn.end - turn.start) + text[turn.end :]
        Revision.objects.filter(pk=revision.pk).update(text=text)
    for speaker in transcript.speakers.filter(participant=participant):
        Speaker.objects.filter(pk=speaker.pk).update(
            participant=stopped.silent, label=f"{WITHHELD} {speaker.pk}"
        )
    for interview in Interview.objects.filter(transcript=transcript, participant=participant):
        _hand_over(interview, stopped.silent)
    Transcript.objects.filter(pk=transcript.pk).update(source_name="", not_taken=[])
    give_up_files([transcript.source_sha256])


# Anonymising ------------------------------------------------------------------------------------------


def _anonymise_interviews(stopped: Stopped) -> None:
    participant = stopped.participant
    transcripts = list(spoken_in(participant))
    for interview in Interview.objects.filter(participant=participant).exclude(state="cancelled"):
        _hand_over(interview, stopped.anonymous)
    Interview.objects.filter(participant=participant).update(**dict.fromkeys(ARRANGED, ""))
    for place, transcript in enumerate(transcripts, start=1):
        transcript.speakers.filter(participant=participant).update(
            participant=stopped.anonymous, label=stopped.anonymous.code
        )
        forget_names(transcript, f"{stopped.anonymous.code}, {place}")


def _hand_over(interview: Interview, anonymous: Participant) -> None:
    if interview.instance:
        interview.instance = _same_for(anonymous, interview.instance)
    interview.participant = anonymous
    for name in ARRANGED:
        setattr(interview, name, "")
    interview.save(update_fields=["instance", "participant", *ARRANGED])


def forget_names(transcript: Transcript, name: str) -> None:
    """The text in force was made fit to read; the ones before it, the file and its name may say who spoke."""
    give_up_files([transcript.source_sha256])
    Quote.objects.filter(revision__transcript=transcript, revision__is_current=False).update(attribution="")
    transcript.revisions.filter(is_current=False).delete()
    transcript.name, transcript.source_name, transcript.not_taken = name, "", []
    transcript.save(update_fields=["name", "source_name", "not_taken"])


def give_up_files(digests: Iterable[str]) -> None:
    for digest in set(digests):
        FileToErase.objects.get_or_create(sha256=digest)
