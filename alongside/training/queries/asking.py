"""What somebody sees on their own page of places: the groups they can ask for, and how their own asking
stands. Nothing of where in a line they are, nor of what anybody else answered."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, Max, Q, QuerySet
from django.http import Http404
from django.utils import timezone

from alongside.accounts.queries import NOT_HERE
from alongside.people.models import Person
from alongside.people.queries import own_relationships
from alongside.training.models import Cohort, Enrolment, PairAsked, Session
from alongside.training.queries.applying import is_past, open_cohorts

State = Enrolment.State
UNDECIDED = (State.ENROLLED, *Enrolment.ANSWERABLE, *Enrolment.IN_LINE)


@dataclass(frozen=True)
class OwnPlaces:
    """A person's places and wishes for one, who asks them along, and the groups that are open to anyone."""

    mine: list[Enrolment]
    asked_along: list[PairAsked]
    open: list[Cohort]

    @classmethod
    def of(cls, person: Person) -> "OwnPlaces":
        mine = list(_enrolments(person))
        settled = {each.cohort_id for each in mine if each.state in UNDECIDED and not each.offer_ran_out}
        groups = [cohort for cohort in open_cohorts(person.study) if cohort.pk not in settled]
        along = [asked for asked in _asked_along(person) if asked.is_open]
        return cls(mine, along, groups)


def _enrolments(person: Person) -> QuerySet[Enrolment]:
    """With `is_over` where the group has met for the last time: such a place isn't given back."""
    held = ~Q(cohort__sessions__state=Session.State.CANCELLED)
    rows = Enrolment.objects.filter(person=person).annotate(last=Max("cohort__sessions__ends", filter=held))
    over = Q(last__isnull=False, last__lt=timezone.now())
    rows = rows.annotate(is_over=ExpressionWrapper(over, output_field=BooleanField()))
    return rows.select_related("cohort__programme", "bundle", "moved_to__cohort").order_by("-since", "pk")


def _asked_along(person: Person) -> QuerySet[PairAsked]:
    """By somebody they still work with: nobody else's wish is put to them."""
    rows = PairAsked.objects.filter(other=person, pair__ended=None).select_related("by", "cohort__programme")
    return rows.order_by("at", "pk")


def own_course_for(person: Person, pk: UUID) -> Cohort:
    """The door to a group on one's own page: one that anyone may ask for, or that one has to do with."""
    found = next((cohort for cohort in open_cohorts(person.study) if cohort.pk == pk), None)
    if found is None:
        rows = Cohort.objects.filter(pk=pk, enrolments__person=person)
        found = rows.select_related("programme", "place", "term", "study").first()
    if found is None:
        raise Http404(NOT_HERE)
    return found


def can_be_asked_for(cohort: Cohort) -> bool:
    """Whether anyone may ask for a place today."""
    prospectus = getattr(cohort.study, "prospectus", None)
    return cohort.listed and prospectus is not None and prospectus.is_open and not is_past(cohort)


def own_pair_for(person: Person, pk: UUID) -> PairAsked:
    """The door to having been asked along: open to the one who was."""
    found = PairAsked.objects.filter(other=person, pk=pk).select_related("by", "cohort__programme").first()
    if found is None:
        raise Http404(NOT_HERE)
    return found


def own_place_in(person: Person, cohort: Cohort) -> Enrolment | None:
    return _enrolments(person).filter(cohort=cohort).first()


def companions(person: Person) -> list[tuple[str, str]]:
    """Whom a person may ask along, as they may know of it: by id of the pair, and name. What the other one
    said of them working together shows nowhere here."""
    return [(str(each.relationship.pk), each.other.name) for each in own_relationships(person)]
