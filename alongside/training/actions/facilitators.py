from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from alongside.audit.actions import Actor, record
from alongside.people.models import Person
from alongside.training.actions.calendars import raise_revision, take_off_calendar
from alongside.training.actions.clashes import refuse_two_rooms
from alongside.training.actions.readying import keep_honest
from alongside.training.actions.rota import refuse_telling
from alongside.training.models import Cohort, Facilitation, Session


@transaction.atomic
def appoint_facilitator(
    *,
    by: Actor | None,
    session: Session,
    person: Person,
    lived: bool = False,
    practice: bool = False,
    tells: bool = False,
) -> Facilitation:
    """Someone leads a session, with the experience they declare for this session. Nobody leads the other."""
    cohort = Cohort.objects.select_for_update(no_key=True).get(pk=session.cohort_id)
    session = Session.objects.select_for_update().select_related("cohort").get(pk=session.pk)
    person = Person.objects.select_for_update().get(pk=person.pk)
    if person.study_id != session.study_id:
        raise ValidationError(_("%(name)s is in another study.") % {"name": person.name})
    if not (lived or practice):
        raise ValidationError(
            _("Say what %(name)s brings to this session: lived experience, practice experience, or both.")
            % {"name": person.name}
        )
    if Facilitation.objects.filter(session=session, person=person).exists():
        raise ValidationError(_("%(name)s leads this session already.") % {"name": person.name})
    refuse_two_rooms(person, session)
    if tells:
        refuse_telling(cohort, session, person)
    facilitation = Facilitation(session=session, person=person, lived=lived, practice=practice, tells=tells)
    facilitation.full_clean()
    facilitation.save()
    record(
        by=by,
        verb="appoint_facilitator",
        on=facilitation,
        study=session.study_id,
        fields=["lived", "practice", *(["tells"] if tells else [])],
    )
    raise_revision([person.pk])
    keep_honest(by, session)
    return facilitation


@transaction.atomic
def stand_down(*, by: Actor | None, facilitation: Facilitation) -> None:
    """Someone no longer leads a session; nobody asks why. A session that was ready may be so no longer."""
    session = Session.objects.select_for_update().get(pk=facilitation.session_id)
    record(by=by, verb="stand_down", on=facilitation, study=session.study_id)
    take_off_calendar(facilitation.person_id, session)
    facilitation.delete()
    keep_honest(by, session)


@transaction.atomic
def book_preparation_and_debrief(
    *,
    by: Actor | None,
    facilitation: Facilitation,
    preparation: datetime | None = None,
    debrief: datetime | None = None,
    supported_by: str = "",
) -> Facilitation:
    """When a facilitator prepares, talks it over afterwards, and who is there for them."""
    session = Session.objects.select_for_update().select_related("cohort").get(pk=facilitation.session_id)
    if preparation and preparation >= session.starts:
        raise ValidationError(
            _("Preparation comes before the session, which starts at that time or earlier.")
        )
    if debrief and debrief < session.ends:
        raise ValidationError(_("A debrief comes after the session, which is not over by then."))
    facilitation.preparation, facilitation.debrief = preparation, debrief
    facilitation.supported_by = supported_by.strip()
    facilitation.full_clean()
    facilitation.save(update_fields=["preparation", "debrief", "supported_by"])
    record(
        by=by,
        verb="book_preparation_and_debrief",
        on=facilitation,
        study=session.study_id,
        fields=["preparation", "debrief", "supported_by"],
    )
    keep_honest(by, session)
    return facilitation
