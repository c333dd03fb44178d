"""Sessions that somebody leads, and their own plan of what to tell there, which stays when they don't."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from django.http import Http404
from django.utils import timezone

from alongside.accounts.queries import NOT_HERE
from alongside.people.models import Person
from alongside.training.models import DisclosurePlan, Facilitation, Session


@dataclass(frozen=True)
class Telling:
    """A session that somebody leads; without `facilitation`, one of which only their plan is left."""

    session: Session
    facilitation: Facilitation | None
    plan: DisclosurePlan | None


def own_tellings(person: Person) -> list[Telling]:
    """Sessions that somebody leads, or of which they have a plan; those to come first."""
    leading = Facilitation.objects.filter(person=person).exclude(session__state=Session.State.CANCELLED)
    leads = {each.session_id: each for each in leading}
    plans = {plan.session_id: plan for plan in DisclosurePlan.objects.filter(person=person)}
    rows = Session.objects.filter(pk__in={*leads, *plans}).select_related("cohort").order_by("starts")
    now = timezone.now()
    found = [Telling(each, leads.get(each.pk), plans.get(each.pk)) for each in rows]
    coming = [each for each in found if each.session.ends >= now]
    return coming + [each for each in reversed(found) if each.session.ends < now]


def own_telling_for(person: Person, pk: int) -> Facilitation:
    """The door to telling in a session, from one's own page."""
    rows = Facilitation.objects.filter(person=person, pk=pk)
    found = rows.select_related("person", "session__cohort").first()
    if found is None:
        raise Http404(NOT_HERE)
    return found


def session_to_plan_for(person: Person, pk: UUID) -> Session:
    """The door to a disclosure plan from its author's own page: of a session that they lead, or once did."""
    led = Facilitation.objects.filter(person=person).values("session")
    planned = DisclosurePlan.objects.filter(person=person).values("session")
    rows = Session.objects.filter(Q(pk__in=led) | Q(pk__in=planned), pk=pk)
    found = rows.select_related("cohort").first()
    if found is None:
        raise Http404(NOT_HERE)
    return found


def own_disclosure(person: Person, session: Session) -> DisclosurePlan | None:
    return DisclosurePlan.objects.filter(person=person, session=session).first()


def has_plans(person: Person) -> bool:
    return DisclosurePlan.objects.filter(person=person).exists()
