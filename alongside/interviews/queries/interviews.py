"""Interviews: those that are coming, those to arrange, and who may hold them."""

from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.utils import timezone

from alongside.accounts.models import Study, User
from alongside.accounts.permissions import Permission
from alongside.accounts.queries import members
from alongside.followup.models import SampleMember, TimepointInstance
from alongside.interviews.models import Interview
from alongside.people.models import Participant, Person, Purpose, StandingConsent
from alongside.people.queries import behind_firewall, pairs, permitting, person_of, works_with
from alongside.training.models import Enrolment, Facilitation

DAYS_AHEAD, A_FEW = 7, 10
HEARD_IN_INTERVIEW = ("participant", "transcript__speakers__participant")


def interviews(study: Study, user: User | AnonymousUser) -> QuerySet[Interview]:
    """All but those in which somebody speaks whom `user` works with: what becomes of the recording and the
    text of a conversation of several tells of each of them."""
    found = Interview.objects.filter(study=study).select_related(
        "participant", "interviewer", "instance__timepoint", "guide", "transcript", "recording"
    )
    return behind_firewall(found, user, *HEARD_IN_INTERVIEW).order_by("starts", "number")


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
    """Open windows with no interview in them: of those chosen in a sample, or of everyone without one.

    A sample in which `user` may see nobody is none to them; else all to arrange would be gone at its first.
    """
    today = timezone.localdate()
    booked = Interview.objects.filter(study=study).exclude(state=Interview.State.CANCELLED)
    waiting = (
        timepoints(study, user).filter(opens__lte=today, closes__gte=today).exclude(interviews__in=booked)
    )
    members = behind_firewall(SampleMember.objects.filter(sample__frame__study=study), user, "participant")
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
