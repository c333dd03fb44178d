"""Nobody is in two rooms at once, and no group has two sessions at once. Compared as moments, not clocks."""

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from alongside.people.models import Person
from alongside.training.models import Facilitation, Session


def refuse_two_at_once(session: Session) -> None:
    """Refuse the times of a session that is planned or moved, where the group or a trainer has another.

    Whoever calls this holds the lock on the group.
    """
    other = _at_that_time(session).filter(cohort=session.cohort_id).first()
    if other:
        raise ValidationError(
            _("This group has “%(title)s” at that time: %(when)s.")
            % {"title": other.title, "when": when(other)}
        )
    leading = Facilitation.objects.filter(session=session).values("person")
    for person in Person.objects.select_for_update().filter(pk__in=leading).order_by("pk"):
        refuse_two_rooms(person, session)


def refuse_two_rooms(person: Person, session: Session) -> None:
    """Refuse that someone leads a session while they lead another, in whichever group of the study.

    Whoever calls this holds the lock on the person.
    """
    other = _at_that_time(session).filter(facilitations__person=person).first()
    if other:
        raise ValidationError(
            _("%(name)s leads “%(title)s” of %(group)s at that time: %(when)s.")
            % {"name": person.name, "title": other.title, "group": other.cohort.name, "when": when(other)}
        )


def _at_that_time(session: Session) -> QuerySet[Session]:
    overlapping = Q(starts__lt=session.ends, ends__gt=session.starts)
    rows = Session.objects.filter(overlapping, study=session.study_id).exclude(pk=session.pk)
    return rows.exclude(state=Session.State.CANCELLED).select_related("cohort").order_by("starts")


def when(session: Session) -> str:
    """Day and times by the clocks of the session's own group."""
    starts, ends = (timezone.localtime(at, session.cohort.zone) for at in (session.starts, session.ends))
    told = {"starts": date_format(starts, "l j F Y, H:i"), "ends": date_format(ends, "H:i")}
    return _("%(starts)s to %(ends)s") % told
