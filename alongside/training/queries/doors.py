"""The doors of the room. Each takes the study, whose own door has asked what the user may do in it."""

from typing import TypeVar
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, QuerySet
from django.http import Http404

from alongside.accounts.models import Study, User
from alongside.accounts.queries import NOT_HERE
from alongside.people.models import Person
from alongside.people.queries import working_with
from alongside.training.models import (
    Cohort,
    Decision,
    Enrolment,
    Facilitation,
    LearningAgreement,
    Material,
    Place,
    Programme,
    Session,
    Term,
)
from alongside.training.queries.courses import own_materials
from alongside.training.queries.groups import preparable
from alongside.training.queries.places import enrolments

M = TypeVar("M", bound=Model)


def _found(rows: QuerySet[M]) -> M:
    row = rows.first()
    if row is None:
        raise Http404(NOT_HERE)
    return row


def programme_for(study: Study, pk: UUID) -> Programme:
    return _found(Programme.objects.filter(study=study, pk=pk))


def material_for(study: Study, pk: int) -> Material:
    rows = Material.objects.filter(programme__study=study, pk=pk)
    return _found(rows.select_related("programme", "part"))


def own_material_for(person: Person, pk: int) -> Material:
    """The door to a file of a course for somebody who has a place in it, or leads a session of it."""
    return _found(own_materials(person).filter(pk=pk).exclude(stored=""))


def term_for(study: Study, pk: UUID) -> Term:
    return _found(Term.objects.filter(study=study, pk=pk))


def place_for(study: Study, pk: UUID) -> Place:
    return _found(Place.objects.filter(study=study, pk=pk))


def decision_for(study: Study, pk: int) -> Decision:
    return _found(Decision.objects.filter(study=study, pk=pk).select_related("programme", "cohort"))


def cohort_for(study: Study, pk: UUID) -> Cohort:
    return _found(
        Cohort.objects.filter(study=study, pk=pk).select_related("programme", "study", "term", "place")
    )


def session_for(study: Study, pk: UUID) -> Session:
    rows = Session.objects.filter(study=study, pk=pk)
    return _found(rows.select_related("cohort__programme", "cohort__study", "agreement"))


def facilitation_for(study: Study, pk: int) -> Facilitation:
    rows = Facilitation.objects.filter(session__study=study, pk=pk)
    return _found(rows.select_related("person", "session__cohort"))


def own_facilitation_for(study: Study, user: User | AnonymousUser, pk: int) -> Facilitation:
    """The door to a disclosure plan: open to its author alone."""
    rows = Facilitation.objects.filter(session__study=study, pk=pk, person=teller_for(study, user))
    return _found(rows.select_related("person", "session__cohort"))


def enrolment_for(study: Study, user: User | AnonymousUser, pk: UUID) -> Enrolment:
    """The door to changing a place: closed to whoever works with the person."""
    return _found(enrolments(study, user).filter(pk=pk).exclude(person__in=working_with(user, study)))


def agreement_for(cohort: Cohort, version: int) -> LearningAgreement:
    return _found(
        LearningAgreement.objects.filter(cohort=cohort, version=version).prefetch_related("clauses")
    )


def teller_for(study: Study, user: User | AnonymousUser) -> Person:
    """The door to one's own stories: the person in `study` who is this user."""
    me = person_behind(study, user)
    if me is None:
        raise Http404(NOT_HERE)
    return me


def person_behind(study: Study, user: User | AnonymousUser) -> Person | None:
    if user.pk is None:
        return None
    return Person.objects.filter(study=study, user_id=user.pk, merged_into=None).first()


def preparable_for(cohort: Cohort, user: User | AnonymousUser, pk: UUID) -> Person:
    """The door to a person's preparation: closed to whoever works or learns with them."""
    return _found(preparable(cohort, user).filter(pk=pk))


def own_session_for(person: Person, pk: UUID) -> Session:
    rows = Session.objects.filter(
        pk=pk, cohort__enrolments__person=person, cohort__enrolments__state=Enrolment.State.ENROLLED
    )
    return _found(rows.select_related("cohort"))


def own_enrolment_for(person: Person, pk: UUID) -> Enrolment:
    rows = Enrolment.objects.filter(person=person, pk=pk)
    return _found(rows.select_related("cohort", "bundle", "person"))


def own_agreement_for(person: Person, pk: int) -> LearningAgreement:
    rows = LearningAgreement.objects.filter(
        pk=pk, cohort__enrolments__person=person, cohort__enrolments__state=Enrolment.State.ENROLLED
    )
    return _found(rows.select_related("cohort"))
