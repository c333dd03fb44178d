"""Sessions that somebody leads, and their own plan of what to tell there."""

from dataclasses import dataclass

from django.http import Http404
from django.utils import timezone

from alongside.accounts.queries import NOT_HERE
from alongside.people.models import Person
from alongside.training.models import DisclosurePlan, Facilitation, Session


@dataclass(frozen=True)
class Telling:
    facilitation: Facilitation
    plan: DisclosurePlan | None


def own_tellings(person: Person) -> list[Telling]:
    """Sessions that somebody leads, those to come first; each with their plan, if they wrote one."""
    rows = Facilitation.objects.filter(person=person).exclude(session__state=Session.State.CANCELLED)
    rows = rows.select_related("session__cohort", "disclosure_plan").order_by("session__starts")
    now = timezone.now()
    found = [Telling(each, getattr(each, "disclosure_plan", None)) for each in rows]
    coming = [each for each in found if each.facilitation.session.ends >= now]
    return coming + [each for each in reversed(found) if each.facilitation.session.ends < now]


def own_telling_for(person: Person, pk: int) -> Facilitation:
    """The door to a disclosure plan from its author's own page: open to them alone."""
    rows = Facilitation.objects.filter(person=person, pk=pk)
    found = rows.select_related("person", "session__cohort", "disclosure_plan").first()
    if found is None:
        raise Http404(NOT_HERE)
    return found
