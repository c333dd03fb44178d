"""Who tells of their own life in which session. It goes round, and nobody has to give a reason."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.audit.actions import Actor, record
from alongside.people.models import Person
from alongside.training.models import Cohort, Facilitation, Session
from alongside.training.queries import beside, times_telling


@transaction.atomic
def tell_in_session(*, by: Actor | None, facilitation: Facilitation) -> Facilitation:
    """Someone who leads a session means to tell of their own life in it."""
    cohort = Cohort.objects.select_for_update(no_key=True).get(pk=facilitation.session.cohort_id)
    facilitation = Facilitation.objects.select_related("session", "person").get(pk=facilitation.pk)
    if facilitation.tells:
        return facilitation
    refuse_telling(cohort, facilitation.session, facilitation.person)
    facilitation.tells = True
    facilitation.save(update_fields=["tells"])
    record(by=by, verb="tell_in_session", on=facilitation, study=cohort.study_id, fields=["tells"])
    return facilitation


@transaction.atomic
def step_back_from_telling(*, by: Actor | None, facilitation: Facilitation) -> Facilitation:
    """They tell nothing in this session after all. Nobody is told, and nothing is asked."""
    facilitation = Facilitation.objects.select_for_update().get(pk=facilitation.pk)
    if facilitation.tells:
        facilitation.tells = False
        facilitation.save(update_fields=["tells"])
        study = facilitation.session.study_id
        record(by=by, verb="step_back_from_telling", on=facilitation, study=study, fields=["tells"])
    return facilitation


def refuse_telling(cohort: Cohort, session: Session, person: Person) -> None:
    """Refuse what would make one person tell twice running, or more often than the group has said."""
    if session.is_cancelled:
        raise ValidationError(_("This session was cancelled, so nobody tells in it."))
    for other in beside(session):
        if other.facilitations.filter(person=person, tells=True).exists():
            raise ValidationError(
                _(
                    "%(name)s tells in “%(title)s”, and nobody tells in two sessions running. "
                    "Ask someone else, or another day."
                )
                % {"name": person.name, "title": other.title}
            )
    told = times_telling(cohort, person)
    if told >= cohort.stories_at_most:
        raise ValidationError(
            ngettext(
                "%(name)s tells in %(told)s session of this group, and that is as often as anybody does.",
                "%(name)s tells in %(told)s sessions of this group, and that is as often as anybody does.",
                told,
            )
            % {"name": person.name, "told": told}
        )
