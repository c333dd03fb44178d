"""Who asks for a place on the public page, and who on the team may know of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.core import signing
from django.db.models import Max, Q, QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from alongside.accounts.models import Study, User
from alongside.accounts.queries import NOT_HERE
from alongside.people.models import Person
from alongside.people.queries import (
    Known,
    LinkEnded,
    alike,
    folded_email,
    folded_phone,
    known_people,
    people_by,
    working_with,
)
from alongside.training.models import Application, Cohort, Enrolment, Session

State = Application.State
SHOWN_AFTERWARDS = timedelta(days=30)
_SIGNER = signing.Signer(sep="~", salt="training.application")


def open_cohorts(study: Study) -> list[Cohort]:
    """Groups that anyone may ask for a place in today, by the clocks where they meet."""
    held = ~Q(sessions__state=Session.State.CANCELLED)
    rows = Cohort.objects.filter(study=study, listed=True, study__prospectus__is_open=True)
    rows = rows.annotate(over=Max("sessions__ends", filter=held))
    rows = rows.filter(Q(over=None) | Q(over__gt=timezone.now()))
    found = rows.select_related("programme", "place", "term", "study").order_by("name", "pk")
    return [cohort for cohort in found if not is_past(cohort)]


def is_over(cohort: Cohort) -> bool:
    """Whether its last session is held: then there is nothing left to ask for, nor to offer."""
    held = Session.objects.filter(cohort=cohort).exclude(state=Session.State.CANCELLED)
    return held.exists() and not held.filter(ends__gt=timezone.now()).exists()


def is_past(cohort: Cohort) -> bool:
    """Whether the last day for asking is over, by the clocks where the group meets."""
    return cohort.apply_until is not None and timezone.localdate(timezone=cohort.zone) > cohort.apply_until


def listed_cohort_for(study: str, pk: UUID) -> Cohort:
    """The public door to a group: open while its study's prospectus is, and the group stands in it."""
    rows = Cohort.objects.filter(pk=pk, study__slug=study, listed=True, study__prospectus__is_open=True)
    found = rows.select_related("programme", "place", "term", "study").first()
    if found is None:
        raise Http404(NOT_HERE)
    return found


def applications(study: Study, user: User | AnonymousUser) -> QuerySet[Application]:
    """Who asked for a place, but for those that `user` works with, or may: somebody else answers them.

    Nobody has said yet who they are, so an address, a number or a name that is nearly the same keeps them
    from whoever works with its owner; and what `user` may have sent in themselves is for others, too.
    """
    rows = Application.objects.filter(cohort__study=study).select_related(
        "cohort__programme", "half", "named_by", "person"
    )
    return rows.exclude(pk__in=_kept_from(user, study)).order_by("at", "pk")


def _kept_from(user: User | AnonymousUser, study: Study) -> set[UUID]:
    if not user.is_authenticated:
        return set(Application.objects.filter(cohort__study=study).values_list("pk", flat=True))
    theirs = working_with(user, study)
    passed_on = Q(passed_on__user=user) | Q(person__in=theirs) | Q(person__user=user)
    kept = set(Application.objects.filter(passed_on, cohort__study=study).values_list("pk", flat=True))
    rows = Application.objects.filter(cohort__study=study).values_list("pk", "name", "email", "phone", "half")
    asked = list(rows)
    known = [_known(str(pk), name, email, phone) for pk, name, email, phone, _half in asked]
    kept |= {UUID(key) for key in alike(known, _whom(user, study, theirs))}
    tied = [(pk, half) for pk, _name, _email, _phone, half in asked if half]
    return kept | {one for pair in tied if kept.intersection(pair) for one in pair}


def _whom(user: User, study: Study, theirs: set[UUID]) -> list[Known]:
    """Those `user` works with, and `user` themselves."""
    myself = set(Person.objects.filter(study=study, user=user).values_list("pk", flat=True))
    keys = {str(pk) for pk in theirs | myself}
    others = [known for known in known_people(study) if known.key in keys] if keys else []
    return [*others, _known("", user.name, user.email, "")]


def _known(key: str, name: str, email: str | None, phone: str | None) -> Known:
    emails, phones = {folded_email(email or "")}, {folded_phone(phone or "")}
    return Known(key, name, frozenset(emails - {""}), frozenset(phones - {""}))


def application_for(study: Study, user: User | AnonymousUser, pk: UUID) -> Application:
    """The door to what somebody asked: closed to whoever works with them, or may."""
    found = applications(study, user).filter(pk=pk).first()
    if found is None:
        raise Http404(NOT_HERE)
    return found


@dataclass(frozen=True)
class Inbox:
    """What waits for an answer, and what was answered lately and can be put back."""

    waiting: list[Application]
    answered: list[Application]

    @classmethod
    def of(cls, study: Study, user: User | AnonymousUser) -> "Inbox":
        """In a few queries, however many asked."""
        lately = timezone.now() - SHOWN_AFTERWARDS
        rows = applications(study, user).filter(Q(state__in=Application.STANDING) | Q(since__gte=lately))
        found = [each for each in rows.prefetch_related("replies") if not _shows_with_the_other(each)]
        return cls(
            [each for each in found if each.state in Application.STANDING],
            [each for each in found if each.state not in Application.STANDING],
        )


def _shows_with_the_other(application: Application) -> bool:
    """Whoever was only named by another stands on that one's line until they answer."""
    return application.asker is not None and application.state in (
        State.NAMED,
        State.ASKED,
        State.LAPSED,
        State.SAID_NO,
    )


def who_ask(study: Study, user: User | AnonymousUser) -> QuerySet[Enrolment]:
    """People of the study who asked for a place, and of whom nothing has been decided."""
    theirs = working_with(user, study)
    rows = Enrolment.objects.filter(cohort__study=study, state=Enrolment.State.APPLIED)
    rows = rows.exclude(Q(person__in=theirs) | Q(pair__first__in=theirs) | Q(pair__second__in=theirs))
    return rows.select_related("person", "cohort").order_by("asked", "pk")


def how_many_ask(study: Study, user: User | AnonymousUser) -> int:
    """Who waits for an answer from one of the team; not who waits for their other half's."""
    half = Q(half__state__in=[State.NAMED, State.ASKED]) | Q(named_by__state__in=[State.NAMED, State.ASKED])
    sent = applications(study, user).filter(state=State.OPEN).exclude(half)
    return sent.count() + who_ask(study, user).count()


@dataclass(frozen=True)
class Likely:
    """Someone on record who may be the one who asked, why, and how they stand in the group."""

    person: Person
    because: list[str]
    place: Enrolment | None


def likely(application: Application, user: User | AnonymousUser) -> list[Likely]:
    study = application.cohort.study
    one = _known("", application.name, application.email, application.phone)
    found = alike([one], known_people(study)).get("", [])
    theirs = {str(pk) for pk in working_with(user, study)}
    because = {each.other.key: each.because for each in found if each.other.key not in theirs}
    persons = {str(person.pk): person for person in people_by(study, list(because))}
    rows = Enrolment.objects.filter(cohort=application.cohort, person__in=persons.values())
    places = {str(place.person_id): place for place in rows}
    return [Likely(persons[key], why, places.get(key)) for key, why in because.items() if key in persons]


def earlier_ones(application: Application, rows: Iterable[Application]) -> list[Application]:
    """Others of `rows` that may have come from the same person, for the same group."""
    others = [each for each in rows if each.cohort_id == application.cohort_id and each.pk != application.pk]
    one = _known("", application.name, application.email, application.phone)
    known = [_known(str(each.pk), each.name, each.email, each.phone) for each in others]
    keys = {each.other.key for each in alike([one], known).get("", [])}
    halves = {application.half_id, application.asker.pk if application.asker else None}
    return [each for each in others if str(each.pk) in keys and each.pk not in halves]


def token_of(application: Application) -> str:
    """What the link in a letter holds. It opens one thing only, and only while that is to be answered."""
    return _SIGNER.sign(str(application.pk))


def answer_address(application: Application) -> str:
    return reverse("training:answer-application", args=[token_of(application)])


def application_behind(token: str) -> Application:
    """The door to one's own application, by the link in one's letter."""
    try:
        pk = UUID(_SIGNER.unsign(token))
    except (signing.BadSignature, ValueError) as wrong:
        raise LinkEnded(NOT_HERE) from wrong
    rows = Application.objects.filter(pk=pk)
    found = rows.select_related("cohort__programme", "cohort__study", "half", "named_by").first()
    if found is None:
        raise LinkEnded(NOT_HERE)
    return found
