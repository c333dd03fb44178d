"""What a coordinator does with somebody's asking: take it up, say not this time, leave it to a colleague."""

from dataclasses import asdict
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.accounts.models import User
from alongside.audit.actions import Actor, record
from alongside.people.actions import (
    Added,
    NewPerson,
    add_person,
    complete_person,
    prefer_contact,
    record_adjustment,
    record_relationship,
)
from alongside.people.models import Adjustment, Person, WorkingRelationship
from alongside.people.queries import relationships_between
from alongside.training.actions.applying import part_applications, set_state
from alongside.training.actions.places import change_state, locked, part_from_others, refuse_own
from alongside.training.actions.putting_back import as_it_was
from alongside.training.models import Application, Enrolment, PassedOn, Reply, Why

State = Application.State
KEPT_FOR = timedelta(days=90)


@transaction.atomic
def take_up(*, by: Actor | None, application: Application, person: Person | None = None) -> Application:
    """Make who asked a person of the study, or find that they are one; they have asked for a place then.

    Two who want to come together are noted as working together once both are taken up.
    """
    locked(application.cohort)
    application = _as_it_is(application)
    _refuse_answered(application)
    if application.waits_for_other:
        raise ValidationError(_("The other of the two has not answered yet, so this can’t be taken up."))
    if person is not None and person.study_id != application.cohort.study_id:
        raise ValidationError(_("%(name)s is in another study.") % {"name": person.name})
    application.made_person = person is None
    person, added = _completed(by, application, person) if person else _new_person(by, application)
    refuse_own(by, person)
    _note_needs(by, application, person, added)
    application.added = asdict(added)
    application.person = person
    application.made_place = _ask(by, application, person)
    set_state(by, application, State.TAKEN_UP, "take_up")
    application.replies.update(person=person)
    _join(by, application)
    return application


def _new_person(by: Actor | None, application: Application) -> tuple[Person, Added]:
    person = add_person(
        by=by,
        study=application.cohort.study,
        name=application.name,
        time_zone=application.cohort.time_zone,
        email=application.email,
        phone=application.phone,
        standpoints=application.standpoints,
        own_words=application.own_words,
    )
    rather = person.contact_points.filter(kind=application.rather, preferred=False).first()
    if rather is not None:
        prefer_contact(by=by, point=rather)
    contacts = {str(pk): value for pk, value in person.contact_points.values_list("pk", "value")}
    standpoints = list(person.standpoints.values_list("pk", flat=True))
    return person, Added(contacts=contacts, standpoints=standpoints, user=str(person.user_id or ""))


def _completed(by: Actor | None, application: Application, person: Person) -> tuple[Person, Added]:
    refuse_own(by, person)
    given = NewPerson(
        name=application.name,
        email=application.email,
        phone=application.phone,
        language=person.language,
        time_zone=person.time_zone,
        standpoints=tuple(application.standpoints),
        own_words=application.own_words,
    )
    added, _not_taken = complete_person(by=by, person=person, given=given)
    return person, added


def _note_needs(by: Actor | None, application: Application, person: Person, added: Added) -> None:
    known = person.adjustments.filter(need__iexact=application.needs, ended=None)
    if application.needs and not known.exists():
        need = record_adjustment(
            by=by, person=person, need=application.needs, share_with=Adjustment.ShareWith.SESSIONS
        )
        added.adjustments.append(need.pk)


def _ask(by: Actor | None, application: Application, person: Person) -> bool:
    """Their asking for a place, unless they ask, wait, or have a place already; says whether it is new."""
    rows = Enrolment.objects.filter(cohort=application.cohort, person=person)
    enrolment = rows.select_related("bundle").first()
    made = enrolment is None
    enrolment = enrolment or Enrolment(cohort=application.cohort, person=person)
    if made or enrolment.may_ask_again or enrolment.state == Enrolment.State.APART:
        application.place_was = {} if made else as_it_was(enrolment)
        enrolment.asked, enrolment.pair = application.asked_at, None
        change_state(by, enrolment, Enrolment.State.APPLIED, "ask_for_place")
    return made


def _join(by: Actor | None, application: Application) -> None:
    """Once both are people of the study: that they work together, and want to come together."""
    other = application.other
    if other is None or other.person is None or application.person is None:
        return
    if other.person_id == application.person_id:
        raise ValidationError(
            _("Both of the two would be %(name)s. Choose who the other one is.")
            % {"name": application.person.name}
        )
    pair = relationships_between(application.person, other.person).filter(ended=None).first()
    pair = pair or record_relationship(
        by=by,
        one=application.person,
        other=other.person,
        started=timezone.localdate(application.asked_at),
    )
    _come_together(by, pair, application, other)


def _come_together(by: Actor | None, pair: WorkingRelationship, *applications: Application) -> None:
    rows = Enrolment.objects.filter(
        cohort=applications[0].cohort_id, person__in=[each.person_id for each in applications]
    )
    in_line = list(rows.filter(state__in=Enrolment.IN_LINE))
    # If one of them has a place already, the other waits for theirs alone.
    if len(in_line) == len(applications):
        for enrolment in in_line:
            part_from_others(by, enrolment, pair)
            enrolment.pair = pair
            enrolment.save(update_fields=["pair"])


@transaction.atomic
def turn_down_application(*, by: Actor | None, application: Application, why: str) -> Application:
    """No place this time. Why is kept for the team alone."""
    locked(application.cohort)
    application = _as_it_is(application)
    if application.state not in (State.OPEN, State.APART):
        raise ValidationError(_("This has been answered already. Nothing changed."))
    part_applications(by, application)
    application.why = Why(why)
    return set_state(by, application, State.TURNED_DOWN, "turn_down_application")


@transaction.atomic
def pass_on(*, by: User, application: Application) -> PassedOn:
    """A member says that they work with who asked. A colleague answers it; they see it no more."""
    passed, new = PassedOn.objects.get_or_create(application=application, user=by)
    if new:
        record(by=by, verb="pass_on", on=application, study=application.cohort.study_id, fields=["passed_on"])
    return passed


@transaction.atomic
def forget_applications(*, by: Actor | None = None, now: datetime | None = None) -> int:
    """Erase what was answered three months ago and more, as the page on which it was written says. Who was
    taken up is a person of the study and goes by that."""
    before = (now or timezone.now()) - KEPT_FOR
    rows = Application.objects.filter(since__lt=before).exclude(state__in=Application.STANDING)
    # Who was only named, by somebody who is gone, was never asked.
    named = Application.objects.filter(state__in=[State.NAMED, State.ASKED], named_by=None)
    old = list((rows | named).select_related("cohort"))
    Reply.objects.filter(application__in=old, person=None).delete()
    for application in old:
        record(
            by=by,
            verb="forget_application",
            on=application,
            study=application.cohort.study_id,
            fields=["name", "contact_points"],
        )
        application.delete()
    return len(old)


def _as_it_is(application: Application) -> Application:
    rows = Application.objects.select_related("cohort__study", "half__person", "named_by__person", "person")
    return rows.get(pk=application.pk)


def _refuse_answered(application: Application) -> None:
    if application.state != State.OPEN:
        raise ValidationError(_("This has been answered already. Nothing changed."))
