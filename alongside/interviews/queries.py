from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Exists, Max, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.http import Http404
from django.utils import timezone

from alongside.accounts.models import Study, User
from alongside.accounts.permissions import Permission
from alongside.accounts.queries import NOT_HERE, members
from alongside.core.spans import Edit, edits
from alongside.followup.models import SampleMember, TimepointInstance
from alongside.interviews.models import Guide, Interview, Recording, Revision, Speaker, Transcript, Turn
from alongside.people.models import Participant, Person, Purpose, StandingConsent
from alongside.people.queries import (
    barred_participants,
    behind_firewall,
    for_interviews,
    pairs,
    permitting,
    person_of,
    undeclared,
    works_with,
)
from alongside.training.models import Enrolment, Facilitation

PARTICIPANT_PATHS = ("interview__participant", "speakers__participant")
DAYS_AHEAD, A_FEW = 7, 10

# Doors ------------------------------------------------------------------------------------------------


class Unasked(Http404):
    """A transcript that opens once `user` has said whether they know who speaks in it; till then it is to
    them as if it were not there."""


def transcript_for(study: Study, user: User | AnonymousUser, pk: UUID) -> Transcript:
    """The door to a transcript: closed to whoever works or worked with someone who speaks in it, and to
    whoever wasn't asked yet."""
    transcript = (
        transcripts_open_to(study, user).filter(pk=pk).select_related("interview__participant").first()
    )
    if transcript is None:
        raise (
            Unasked(NOT_HERE)
            if readable_transcripts(study, user).filter(pk=pk).exists()
            else Http404(NOT_HERE)
        )
    return transcript


def transcript_to_declare(study: Study, user: User | AnonymousUser, pk: UUID) -> Transcript:
    """The door to the question before a transcript: open where its words are, or would be for a “no”."""
    transcript = (
        readable_transcripts(study, user).filter(pk=pk).select_related("interview__participant").first()
    )
    if transcript is None:
        raise Http404(NOT_HERE)
    return transcript


def speaker_for(transcript: Transcript, pk: int) -> Speaker:
    speaker = transcript.speakers.filter(pk=pk).select_related("transcript", "participant").first()
    if speaker is None:
        raise Http404(NOT_HERE)
    return speaker


def turn_for(revision: Revision, number: int) -> Turn:
    turn = revision.turns.filter(number=number).select_related("speaker").first()
    if turn is None:
        raise Http404(NOT_HERE)
    return turn


def interview_for(study: Study, user: User | AnonymousUser, pk: UUID) -> Interview:
    """The door to an interview: closed to whoever works or worked with the person."""
    interview = interviews(study, user).filter(pk=pk).first()
    if interview is None:
        raise Http404(NOT_HERE)
    return interview


def interview_to_keep(study: Study, user: User, pk: UUID) -> Interview:
    """The door for saying how an interview went: open to its interviewer and to whoever arranges them."""
    interview = interview_for(study, user, pk)
    if not may_keep(study, user, interview):
        raise Http404(NOT_HERE)
    return interview


def guide_for(study: Study, pk: UUID) -> Guide:
    guide = guides(study).filter(pk=pk).first()
    if guide is None:
        raise Http404(NOT_HERE)
    return guide


# Which transcripts may be used for what: everything downstream asks these -------------------------------


def readable_transcripts(study: Study, user: User | AnonymousUser) -> QuerySet[Transcript]:
    """Transcripts that `user` may read: behind the firewall, of people who agree to their interview's use.

    One of which nobody has said yet whose words it holds opens only to whoever brought it in.
    """
    barred = Participant.objects.filter(pk__in=barred_participants(user))
    return _readable(study, user, _unwilling(study, Purpose.INTERVIEW) | barred)


def transcripts_open_to(study: Study, user: User | AnonymousUser) -> QuerySet[Transcript]:
    """Readable transcripts whose words `user` may see: they know nobody in them, they said."""
    barred = Participant.objects.filter(pk__in=barred_participants(user))
    # Asked in one: two questions one within the other take twice as long, each second for each open page.
    kept = _unwilling(study, Purpose.INTERVIEW) | barred | undeclared(study, user)
    return _readable(study, user, kept)


def transcripts_unasked(study: Study, user: User | AnonymousUser, **holding: object) -> QuerySet[Transcript]:
    """Readable transcripts that wait for `user` to say whether they know who speaks in them."""
    waiting = readable_transcripts(study, user).filter(_with_any(undeclared(study, user)), **holding)
    return waiting.select_related("interview__participant").order_by("name").distinct()


def speaking_in(transcript: Transcript) -> list[Participant]:
    """Who takes part in the study and speaks in a transcript, or is interviewed in it."""
    theirs = Q(interviews__transcript=transcript) | Q(speakers__transcript=transcript)
    return list(Participant.objects.filter(theirs).distinct().order_by("code"))


def transcripts_permitting(study: Study, purpose: str) -> QuerySet[Transcript]:
    """Transcripts in which every participant agrees to `purpose`, and those that belong to no participant."""
    return _of_the_willing(study, purpose).exclude(_unclaimed(study))


def _readable(study: Study, user: User | AnonymousUser, kept: QuerySet[Participant]) -> QuerySet[Transcript]:
    """Transcripts with none of `kept` in them; unclaimed ones are for whoever brought them in."""
    claimed = Transcript.objects.filter(~_unclaimed(study) | Q(imported_by=user.pk), study=study)
    return claimed.exclude(_with_any(kept))


def _of_the_willing(study: Study, purpose: str) -> QuerySet[Transcript]:
    return Transcript.objects.filter(study=study).exclude(_with_any(_unwilling(study, purpose)))


def _unwilling(study: Study, purpose: str) -> QuerySet[Participant]:
    return Participant.objects.filter(study=study).exclude(pk__in=permitting(purpose))


def _with_any(participants: QuerySet[Participant]) -> Q:
    speaking = _speakers().filter(participant__in=participants)
    return Q(interview__participant__in=participants) | Q(Exists(speaking))


def _unclaimed(study: Study) -> Q:
    """In a study that has participants: a transcript that may hold someone's words, and nobody said whose."""
    return Q(
        Exists(Participant.objects.filter(study=study)),
        interview__participant__isnull=True,
        belongs_to_nobody=False,
    ) & ~Q(Exists(_speakers().filter(participant__isnull=False)))


def _speakers() -> QuerySet[Speaker]:
    """Of one transcript: a question about one transcript isn't to look at all the others' speakers."""
    return Speaker.objects.filter(transcript=OuterRef("pk"))


def is_unclaimed(transcript: Transcript) -> bool:
    return Transcript.objects.filter(_unclaimed(transcript.study), pk=transcript.pk).exists()


# Transcripts ------------------------------------------------------------------------------------------


def transcripts(study: Study, user: User | AnonymousUser) -> QuerySet[Transcript]:
    """Readable transcripts with their speakers, `turn_count` and `minutes` begun, in two queries."""
    said = Turn.objects.filter(revision__transcript=OuterRef("pk"), revision__is_current=True).order_by()
    per_text = said.values("revision")
    return (
        readable_transcripts(study, user)
        .annotate(
            turn_count=Subquery(per_text.annotate(count=Count("pk")).values("count")),
            minutes=Subquery(per_text.annotate(begun=(Max("end_ms") + 59_999) / 60_000).values("begun")),
        )
        .select_related("interview__participant")
        .prefetch_related(
            Prefetch("speakers", queryset=Speaker.objects.select_related("participant").order_by("pk"))
        )
        .order_by("name")
    )


def current_revision(transcript: Transcript) -> Revision:
    return transcript.revisions.get(is_current=True)


def revisions(transcript: Transcript) -> QuerySet[Revision]:
    """Every stage of the text, newest first, without the texts themselves."""
    return transcript.revisions.defer("text").select_related("made_by").order_by("-number")


def turns(revision: Revision) -> QuerySet[Turn]:
    return revision.turns.select_related("speaker__participant").order_by("number")


def speakers(transcript: Transcript) -> QuerySet[Speaker]:
    """Who speaks, in the order of first speaking, with `turn_count` in the current text."""
    here = Q(turns__revision__is_current=True)
    return (
        transcript.speakers.select_related("participant")
        .annotate(turn_count=Count("turns", filter=here))
        .order_by("pk")
    )


@dataclass(frozen=True)
class Said:
    """A turn with its words."""

    turn: Turn
    words: str


def spoken(revision: Revision) -> list[Said]:
    return [Said(turn, turn.words_in(revision.text)) for turn in turns(revision)]


def recording_of(transcript: Transcript) -> Recording | None:
    return Recording.objects.filter(interview=transcript.interview_id).first()


def is_worked_on(transcript: Transcript) -> bool:
    """Whether codings, chosen words, quotes or memos rest on the transcript.

    Those belong to rooms downstream, which may not be imported here; Django knows the way back to them.
    """
    texts = transcript.revisions.all()
    return (
        texts.filter(codings__isnull=False, codings__removed=None).exists()
        or texts.filter(passages__isnull=False).exists()
        or texts.filter(quotes__isnull=False).exists()
        or transcript.memos.exists()
    )


def edits_between(old: Revision, new: Revision) -> list[Edit]:
    """How the older text became the newer one: what carries a passage across."""
    return edits(old.text, new.text)


# Interviews -------------------------------------------------------------------------------------------


def interviews(study: Study, user: User | AnonymousUser) -> QuerySet[Interview]:
    found = Interview.objects.filter(study=study).select_related(
        "participant", "interviewer", "instance__timepoint", "guide", "transcript", "recording"
    )
    return behind_firewall(found, user, "participant").order_by("starts", "number")


def may_keep(study: Study, user: User, interview: Interview) -> bool:
    """Whether `user` says how this interview goes: its interviewer, and whoever arranges them."""
    return interview.interviewer_id == user.pk or Permission.ARRANGE_INTERVIEWS in study.may


def coming(study: Study, user: User | AnonymousUser) -> QuerySet[Interview]:
    """Booked interviews of the week ahead, and those whose day has passed without word."""
    week = timezone.now() + timedelta(days=DAYS_AHEAD)
    booked = interviews(study, user).filter(state=Interview.State.BOOKED)
    return booked.filter(starts__lt=week).order_by("starts")[:A_FEW]


def held_without_transcript(study: Study, user: User | AnonymousUser) -> QuerySet[Interview]:
    held = interviews(study, user).filter(state=Interview.State.HELD, transcript=None)
    return held.order_by("starts")[:A_FEW]


def without_transcript(study: Study, user: User | AnonymousUser) -> QuerySet[Interview]:
    """Interviews that a transcript can still be imported for."""
    standing = interviews(study, user).exclude(state=Interview.State.CANCELLED)
    return standing.filter(transcript=None)


def timepoints(study: Study, user: User | AnonymousUser) -> QuerySet[TimepointInstance]:
    """Participants' timepoints for which an interview could be booked."""
    found = TimepointInstance.objects.filter(
        timepoint__protocol__study=study, participant__in=permitting(Purpose.INTERVIEW_CONTACT)
    ).select_related("participant", "timepoint")
    return behind_firewall(found, user, "participant").order_by("participant__code", "due")


def instance_named(study: Study, user: User | AnonymousUser, text: str) -> TimepointInstance | None:
    """The timepoint whose id is `text`, if that is one an interview could be booked for."""
    return timepoints(study, user).filter(pk=text).first() if is_uuid(text) else None


def is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def to_arrange(study: Study, user: User | AnonymousUser) -> QuerySet[TimepointInstance]:
    """Open windows with no interview in them: of those chosen in a sample, or of everyone without one."""
    today = timezone.localdate()
    booked = Interview.objects.filter(study=study).exclude(state=Interview.State.CANCELLED)
    waiting = (
        timepoints(study, user).filter(opens__lte=today, closes__gte=today).exclude(interviews__in=booked)
    )
    members = SampleMember.objects.filter(sample__frame__study=study)
    if members.exists():
        waiting = waiting.filter(participant__in=members.filter(state="chosen").values("participant"))
    return waiting


def interviewers(study: Study) -> QuerySet[User]:
    """Who may hold interviews: the members who may read what is said in them."""
    able = {m.user_id for m in members(study) if Permission.READ_TRANSCRIPTS in m.permissions()}
    return User.objects.filter(pk__in=able).order_by("name")


def may_interview(interviewer: User, participant: Participant) -> bool:
    """Neither someone the participant works or worked with, nor one who trained them."""
    if works_with(interviewer, participant):
        return False
    person = person_of(participant)
    return person is None or not _trained_by(person, interviewer)


def _trained_by(person: Person, user: User) -> bool:
    took_part = (Enrolment.State.ENROLLED, Enrolment.State.LEFT)
    cohorts = Enrolment.objects.filter(person=person, state__in=took_part).values("cohort_id")
    return Facilitation.objects.filter(person__user=user, session__cohort__in=cohorts).exists()


def overlapping(starts: datetime, ends: datetime) -> QuerySet[Interview]:
    """Interviews, in whatever study, that take up some of the same time."""
    standing = Interview.objects.exclude(state=Interview.State.CANCELLED)
    return standing.filter(starts__lt=ends, ends__gt=starts)


def mirror_of(interview: Interview, study: Study, user: User | AnonymousUser) -> Interview | None:
    """The other half's interview at the same timepoint, when both agreed to be read side by side."""
    mine = interview.participant_id
    pair = pairs(study, user).filter(Q(one=mine) | Q(two=mine)).first() if mine else None
    if pair is None:
        return None
    other = pair.two_id if pair.one_id == mine else pair.one_id
    standing = interviews(study, user).exclude(state=Interview.State.CANCELLED)
    same = Q(instance__timepoint=interview.instance.timepoint_id) if interview.instance else Q(instance=None)
    return standing.filter(same, participant=other).first()


def agreed(participant: Participant) -> list[tuple[Purpose, bool]]:
    """What an interviewer needs to know of the gate, purpose by purpose."""
    asked = (
        Purpose.INTERVIEW,
        Purpose.RECORDING,
        Purpose.QUOTATION_REPORT,
        Purpose.QUOTATION_PUBLIC,
        Purpose.PAIR_LINK,
        Purpose.ARCHIVE,
    )
    standing = StandingConsent.objects.filter(participant=participant, kept=False)
    yes = set(standing.values_list("purpose", flat=True))
    return [(purpose, purpose.value in yes) for purpose in asked]


# Guides -----------------------------------------------------------------------------------------------


def guides(study: Study) -> QuerySet[Guide]:
    return Guide.objects.filter(study=study).prefetch_related("questions").order_by("title", "-version")


def versions(guide: Guide) -> QuerySet[Guide]:
    return Guide.objects.filter(study=guide.study_id, title=guide.title).order_by("-version")


def shared_needs(interview: Interview) -> list[str]:
    """What makes it easier for the person, as far as they share it now with whoever interviews them: it is
    asked each time and kept nowhere, so what they take back is gone. Nobody needs it afterwards."""
    if interview.participant is None or interview.state != Interview.State.BOOKED:
        return []
    person = person_of(interview.participant)
    return [each.need for each in for_interviews(person)] if person else []


def guide_named(study: Study, text: str) -> Guide | None:
    """The guide whose id is `text`, to write its next version."""
    return guides(study).filter(pk=text).first() if is_uuid(text) else None


def newest_guides(study: Study) -> QuerySet[Guide]:
    newer = Guide.objects.filter(study=study, title=OuterRef("title")).order_by("-version")
    return guides(study).filter(pk=Subquery(newer.values("pk")[:1]))


# For the study's front page ---------------------------------------------------------------------------


def counts(study: Study, user: User | AnonymousUser) -> dict[str, int]:
    seen = behind_firewall(Interview.objects.filter(study=study), user, "participant")
    by_state = dict(seen.order_by().values_list("state").annotate(count=Count("pk")))
    return {
        "held": by_state.get(Interview.State.HELD, 0),
        "booked": by_state.get(Interview.State.BOOKED, 0),
        "to_arrange": to_arrange(study, user).count(),
        "transcripts": readable_transcripts(study, user).count(),
    }
