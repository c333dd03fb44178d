"""Getting ready for a group, as its person sees it and as whoever leads the group may."""

from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from alongside.accounts.models import Study, User
from alongside.accounts.queries import NOT_HERE
from alongside.people.models import Person
from alongside.people.queries import working_with
from alongside.training.models import Cohort, Enrolment, Preparation, PreparationDate
from alongside.training.queries.groups import learns_in


def own_seat_for(person: Person, cohort: UUID) -> Enrolment:
    """The door to one's own preparation: a place in the group."""
    rows = Enrolment.objects.filter(person=person, cohort=cohort, state=Enrolment.State.ENROLLED)
    found = rows.select_related("cohort__programme", "person").first()
    if found is None:
        raise Http404(NOT_HERE)
    return found


def own_preparation(person: Person, cohort: Cohort) -> Preparation | None:
    rows = Preparation.objects.filter(person=person, cohort=cohort)
    return rows.select_related("narrative").prefetch_related("dates").first()


def preparation_date_for(study: Study, user: User | AnonymousUser, pk: int) -> PreparationDate:
    """The door to one of its days: closed to whoever works with the person or learns with them."""
    rows = PreparationDate.objects.filter(preparation__cohort__study=study, pk=pk)
    rows = rows.exclude(preparation__person__in=working_with(user, study))
    found = rows.select_related("preparation__cohort__study", "preparation__person").first()
    if found is None or learns_in(found.preparation.cohort, user):
        raise Http404(NOT_HERE)
    return found
