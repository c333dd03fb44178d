"""What was done with what a person gave, for their own eyes: by role and day, never by name."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import F, QuerySet
from django.db.models.functions import Substr
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from alongside.accounts.models import Study
from alongside.analysis.models import Coding
from alongside.audit.actions import Span
from alongside.audit.models import Entry, Export
from alongside.followup.models import FrameMember, Message, Response, SampleMember
from alongside.interviews.models import Interview, Revision, Transcript, Turn
from alongside.people.models import Barrier, Declared, Participant, Person, Purpose
from alongside.people.queries import consent_history, ledger, participant_of
from alongside.reporting.models import Quote, Report
from alongside.stewardship.queries.retention import recordings_kept_until
from alongside.stewardship.queries.trail import role_names
from alongside.stewardship.rooms import AUDIENCES, spans_apart, spoken_in, spoken_with_others

# What leaves with the words of every coding. Findings that leave are told of under the findings themselves.
WORDS_LEAVE_IN = ("passages", "codings")
# What leaves with words here and there, which the register says itself.
WORDS_NOTED_IN = ("memos", "codebook")


@dataclass(frozen=True)
class Done:
    """One purpose, whether the person agrees to it, and what was done under it, in sentences."""

    purpose: str
    agreed: bool
    lines: list[str]

    @property
    def name(self) -> str:
        return str(Purpose(self.purpose).label)


def uses_of(person: Person) -> list[Done]:
    """Every purpose that was ever asked, in order, each with what was done under it."""
    participant = participant_of(person)
    told: dict[str, Iterable[str]] = {Purpose.QUESTIONNAIRES: _messages(person)}
    if participant:
        told = {
            Purpose.QUESTIONNAIRES: [*_answers(participant), *_messages(person)],
            Purpose.INTERVIEW_CONTACT: _choosing(participant),
            Purpose.INTERVIEW: [*_interviews(participant), *_written_down(person.study, participant)],
            Purpose.RECORDING: [*_recordings(participant), *_heard(person.study, participant)],
            Purpose.QUOTATION_REPORT: [
                *_quoted(participant, Purpose.QUOTATION_REPORT),
                *_taken_out(person, participant),
            ],
            Purpose.QUOTATION_PUBLIC: _quoted(participant, Purpose.QUOTATION_PUBLIC),
            Purpose.PAIR_LINK: [
                _("We do not say here if it was. That would tell you what the other one chose.")
            ],
        }
    return [
        Done(row.text.purpose, row.is_yes, list(told.get(row.text.purpose, ()))) for row in ledger(person)
    ]


def readers_of(
    study: Study, transcripts: Iterable[UUID], verb: str = "read_transcript"
) -> list[tuple[date, list[str]]]:
    """Who opened transcripts, or listened to them, by day and by the roles they had then."""
    entries = Entry.objects.filter(
        chain=study.pk,
        noun=Transcript._meta.label_lower,
        object__in=[str(pk) for pk in transcripts],
        verb=verb,
    )
    days = dict[date, set[str]]()
    for entry in entries.order_by("at").only("at", "roles"):
        days.setdefault(timezone.localdate(entry.at), set()).update(who_by_role(entry.roles))
    return [(day, sorted(who)) for day, who in days.items()]


def who_by_role(roles: Iterable[str]) -> list[str]:
    return role_names(roles) or [_("someone of the team")]


def _answers(participant: Participant) -> Iterator[str]:
    given = Response.objects.filter(instance__participant=participant, submitted__isnull=False)
    for response in given.select_related("instance__timepoint").order_by("submitted"):
        yield _("You answered questions on %(day)s (%(when)s).") % {
            "day": _day(response.submitted),
            "when": response.instance.timepoint,
        }


def _messages(person: Person) -> Iterator[str]:
    for message in Message.objects.filter(person=person).order_by("at"):
        if message.state == Message.State.SENT:
            yield _("We wrote to you on %(day)s.") % {"day": _day(message.at)}
        else:
            yield _("We tried to write to you on %(day)s. It did not reach you.") % {"day": _day(message.at)}


def _choosing(participant: Participant) -> Iterator[str]:
    for framed in FrameMember.objects.filter(participant=participant).select_related("frame"):
        yield _("Your code was on a list of people who could be asked, made on %(day)s.") % {
            "day": _day(framed.frame.taken)
        }
    if SampleMember.objects.filter(participant=participant).exists():
        yield _("Your code was chosen from a list.")


def _interviews(participant: Participant) -> Iterator[str]:
    words = {
        Interview.State.HELD: _("You had an interview on %(day)s."),
        Interview.State.BOOKED: _("You have an interview on %(day)s."),
        Interview.State.CANCELLED: _("An interview on %(day)s was called off."),
    }
    rows = Interview.objects.filter(participant=participant, starts__isnull=False)
    for interview in rows.order_by("starts"):
        yield words[Interview.State(interview.state)] % {"day": _day(interview.starts)}


def _written_down(study: Study, participant: Participant) -> Iterator[str]:
    transcripts = list(spoken_in(participant).order_by("imported"))
    for transcript in transcripts:
        yield _("What was said was written down on %(day)s.") % {"day": _day(transcript.imported)}
    for day, who in readers_of(study, [transcript.pk for transcript in transcripts]):
        yield _("Read on %(day)s by: %(roles)s.") % {
            "day": date_format(day, "j F Y"),
            "roles": get_text_list(who, _("and")),
        }


def _recordings(participant: Participant) -> Iterator[str]:
    held = Interview.objects.filter(participant=participant, state=Interview.State.HELD)
    interviews = list(held.select_related("recording", "transcript").order_by("starts"))
    recordings = [interview.recording for interview in interviews if hasattr(interview, "recording")]
    days = recordings_kept_until(participant.study, recordings)
    until = {recording.pk: day for recording, day in zip(recordings, days, strict=True)}
    shared = set(spoken_with_others(participant).values_list("interview_id", flat=True))
    for interview in interviews:
        recording = getattr(interview, "recording", None)
        if interview.pk in shared:
            yield _(
                "Somebody else speaks in your interview on %(day)s. We do not say here if there is a "
                "recording of it. That would tell you what the other one chose."
            ) % {"day": _day(interview.starts)}
        elif recording is None:
            yield _("There is no recording of your interview on %(day)s.") % {"day": _day(interview.starts)}
        elif day := until[recording.pk]:
            yield _("There is a recording of your interview on %(day)s. It is kept until %(until)s.") % {
                "day": _day(interview.starts),
                "until": date_format(day, "j F Y"),
            }
        else:
            yield _("There is a recording of your interview on %(day)s.") % {"day": _day(interview.starts)}


def _heard(study: Study, participant: Participant) -> Iterator[str]:
    for day, who in readers_of(study, [each.pk for each in spoken_in(participant)], "hear_recording"):
        yield _("Listened to on %(day)s by: %(roles)s.") % {
            "day": date_format(day, "j F Y"),
            "roles": get_text_list(who, _("and")),
        }


def quotes_of(participant: Participant) -> QuerySet[Quote]:
    """Places in findings that hold words of the participant and nobody else, as far as they still agree."""
    agreed = participant.standing.values_list("purpose", flat=True)
    audiences = [audience for purpose, audience in AUDIENCES.items() if purpose in set(agreed)]
    rows = Quote.objects.filter(section__report__audience__in=audiences)
    return spans_apart(rows, participant).select_related("section__report").order_by("section__report", "pk")


def _quoted(participant: Participant, purpose: Purpose) -> Iterator[str]:
    shared = set(spoken_with_others(participant).values_list("pk", flat=True))
    cut = quotes_of(participant).annotate(
        words=Substr("revision__text", F("start") + 1, F("end") - F("start")),
        transcript=F("revision__transcript_id"),
    )
    for quote in cut.filter(section__report__audience=AUDIENCES[purpose]):
        yield _where(quote.section.report) % {
            "report": quote.section.report.title,
            # In a conversation of several, the words beside theirs are somebody else's.
            "words": "" if quote.transcript in shared else f" “{quote.words}”",
        }
    if shared:
        yield _(
            "Where your words stand together with somebody else’s, we do not say it here. "
            "That would tell you what the other one chose."
        )


def _where(report: Report) -> str:
    if report.published is None:
        return _("Your words stand in a draft that the team is writing.%(words)s")
    if report.audience == Report.Audience.PUBLIC:
        return _("Your words stand in “%(report)s”, which anyone can read.%(words)s")
    return _("Your words stand in “%(report)s”, which the study’s team can read.%(words)s")


def _taken_out(person: Person, participant: Participant) -> Iterator[str]:
    for export in exports_with(person, participant):
        yield _("A file with words of yours was taken out on %(day)s by: %(roles)s.") % {
            "day": _day(export.at),
            "roles": get_text_list(who_by_role(export.roles), _("and")),
        }


def exports_with(person: Person, participant: Participant) -> list[Export]:
    """Files that held words of the person alone. The register names nobody: either it says itself where the
    words stand, or codings of them stood then, they agreed, and they were open to whoever took the file."""
    codings = list(spans_apart(Coding.objects.all(), participant).values_list("made", "removed"))
    kept_out = dict(Barrier.objects.filter(participant=participant).values_list("user_id", "since"))
    knew_nobody = dict(Declared.objects.filter(participant=participant).values_list("user_id", "at"))
    said = list(consent_history(person).filter(text__purpose=Purpose.QUOTATION_REPORT))

    def agreed(at: datetime) -> bool:
        latest = next((event for event in said if event.at <= at), None)
        return latest is not None and latest.permits

    def was_open_to(user: UUID | None, at: datetime) -> bool:
        """Not before they said that they don't know the person, nor after they were known to."""
        if user in kept_out:
            return kept_out[user] > at
        return user in knew_nobody and knew_nobody[user] <= at

    def had_codings(file: Export) -> bool:
        return (
            was_open_to(file.actor, file.at)
            and any(made <= file.at and (removed is None or removed > file.at) for made, removed in codings)
            and agreed(file.at)
        )

    theirs = _places_of(participant)
    files = Export.objects.filter(study=person.study_id, what__in=(*WORDS_LEAVE_IN, *WORDS_NOTED_IN))
    return [
        file
        for file in files.order_by("at")
        if (had_codings(file) if file.what in WORDS_LEAVE_IN else _touch(file.held, theirs))
    ]


def _places_of(participant: Participant) -> dict[int, list[tuple[int, int]]]:
    """Where words of the participant stand, by revision: all of a conversation with them alone, their own
    turns in one of several, which another one's stop leaves where they are."""
    alone = Revision.objects.filter(transcript__in=spoken_in(participant))
    alone = alone.exclude(transcript__in=spoken_with_others(participant))
    places = {pk: [(0, length)] for pk, length in alone.values_list("pk", "length")}
    turns = Turn.objects.filter(speaker__participant=participant).exclude(revision__in=alone)
    for revision, start, end in turns.values_list("revision_id", "start", "end"):
        places.setdefault(revision, []).append((start, end))
    return places


def _touch(held: list[Span], places: dict[int, list[tuple[int, int]]]) -> bool:
    return any(
        start < theirs_end and end > theirs_start
        for revision, start, end in held
        for theirs_start, theirs_end in places.get(revision, ())
    )


def _day(moment: datetime | None) -> str:
    return date_format(timezone.localtime(moment), "j F Y") if moment else _("a day not written down")
