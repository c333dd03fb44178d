from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from alongside.audit.actions import Actor, record
from alongside.people.models import Person
from alongside.training.models import DisclosurePlan, Facilitation, Session
from alongside.training.queries import readiness


@transaction.atomic
def appoint_facilitator(
    *, by: Actor | None, session: Session, person: Person, lived: bool = False, practice: bool = False
) -> Facilitation:
    """Someone leads a session, with the experience they declare for this session. Nobody leads the other."""
    session = Session.objects.select_for_update().select_related("cohort").get(pk=session.pk)
    if person.study_id != session.study_id:
        raise ValidationError(_("%(name)s is in another study.") % {"name": person.name})
    if not (lived or practice):
        raise ValidationError(
            _("Say what %(name)s brings to this session: lived experience, practice experience, or both.")
            % {"name": person.name}
        )
    if Facilitation.objects.filter(session=session, person=person).exists():
        raise ValidationError(_("%(name)s leads this session already.") % {"name": person.name})
    _refuse_two_places_at_once(person, session)
    facilitation = Facilitation(session=session, person=person, lived=lived, practice=practice)
    facilitation.full_clean()
    facilitation.save()
    record(
        by=by,
        verb="appoint_facilitator",
        on=facilitation,
        study=session.study_id,
        fields=["lived", "practice"],
    )
    _keep_honest(by, session)
    return facilitation


@transaction.atomic
def stand_down(*, by: Actor | None, facilitation: Facilitation) -> None:
    """Someone no longer leads a session; nobody asks why. A session that was ready may be so no longer."""
    session = Session.objects.select_for_update().get(pk=facilitation.session_id)
    record(by=by, verb="stand_down", on=facilitation, study=session.study_id)
    facilitation.delete()
    _keep_honest(by, session)


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
    _keep_honest(by, session)
    return facilitation


@transaction.atomic
def plan_disclosure(
    *,
    by: Actor,
    facilitation: Facilitation,
    purpose: str = "",
    share: str = "",
    keep_back: str = "",
    exit_line: str = "",
    aftercare: str = "",
) -> DisclosurePlan:
    """What a trainer means to share, and what not. Only they write it, and only they see it."""
    if by.pk not in (facilitation.person.user_id, facilitation.person_id):
        raise ValidationError(_("Only the person who leads can plan what they share."))
    plan = DisclosurePlan.objects.filter(facilitation=facilitation).first()
    plan = plan or DisclosurePlan(facilitation=facilitation)
    plan.purpose, plan.share, plan.keep_back = purpose.strip(), share.strip(), keep_back.strip()
    plan.exit_line, plan.aftercare = exit_line.strip(), aftercare.strip()
    plan.full_clean()
    plan.save()
    record(by=by, verb="plan_disclosure", on=plan, study=facilitation.session.study_id)
    return plan


def _refuse_two_places_at_once(person: Person, session: Session) -> None:
    clash = (
        Session.objects.filter(facilitations__person=person, starts__lt=session.ends, ends__gt=session.starts)
        .exclude(state=Session.State.CANCELLED)
        .select_related("cohort")
        .first()
    )
    if clash:
        raise ValidationError(
            _("%(name)s leads “%(title)s” of %(group)s at that time.")
            % {"name": person.name, "title": clash.title, "group": clash.cohort.name}
        )


def _keep_honest(by: Actor | None, session: Session) -> None:
    """A session that is marked ready goes back to planned when it stops being so."""
    if session.state == Session.State.PUBLISHED and not readiness(session).is_ready:
        session.state = Session.State.PLANNED
        session.save(update_fields=["state"])
        record(by=by, verb="unpublish_session", on=session, fields=["state"])
