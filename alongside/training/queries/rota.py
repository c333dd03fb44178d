"""Who tells of their own life in which session of a group."""

from dataclasses import dataclass

from django.db.models import QuerySet

from alongside.people.models import Person
from alongside.training.models import Cohort, Facilitation, Session


def beside(session: Session) -> list[Session]:
    """The group's session before and the one after, leaving out cancelled ones."""
    others = Session.objects.filter(cohort=session.cohort_id).exclude(pk=session.pk)
    others = others.exclude(state=Session.State.CANCELLED)
    before = others.filter(starts__lt=session.starts).order_by("-starts").first()
    after = others.filter(starts__gte=session.starts).order_by("starts").first()
    return [other for other in (before, after) if other]


def told_in(cohort: Cohort) -> QuerySet[Facilitation]:
    rows = Facilitation.objects.filter(session__cohort=cohort, tells=True)
    return rows.exclude(session__state=Session.State.CANCELLED)


def times_telling(cohort: Cohort, person: Person) -> int:
    """In how many of the group's sessions someone tells, held ones included."""
    return told_in(cohort).filter(person=person).count()


@dataclass(frozen=True)
class Turn:
    """One person who leads a session: whether they tell in it, and whether they may still say so."""

    leading: Facilitation
    # Sessions were moved or cancelled since, so that this person now tells twice running.
    twice_running: bool
    may_tell: bool


@dataclass(frozen=True)
class RotaLine:
    session: Session
    turns: list[Turn]

    @property
    def tell(self) -> list[Turn]:
        return [turn for turn in self.turns if turn.leading.tells]


@dataclass(frozen=True)
class Rota:
    lines: list[RotaLine]
    at_most: int


def turns_of(session: Session) -> list[Turn]:
    """Who leads one session and who of them tells; nothing if it was cancelled."""
    lines = rota(session.cohort).lines
    return next((line.turns for line in lines if line.session.pk == session.pk), [])


def rota(cohort: Cohort) -> Rota:
    """The group's sessions in order, each with who leads it and who of them tells. Three queries."""
    rows = Session.objects.filter(cohort=cohort).exclude(state=Session.State.CANCELLED)
    meetings = list(rows.select_related("cohort").prefetch_related("facilitations__person"))
    tell = [{f.person_id for f in s.facilitations.all() if f.tells} for s in meetings]
    often = {person: sum(person in each for each in tell) for person in set[object]().union(*tell)}
    lines = []
    for place, session in enumerate(meetings):
        near = set[object]().union(*tell[max(place - 1, 0) : place], *tell[place + 1 : place + 2])
        turns = [
            Turn(
                leading=leading,
                twice_running=leading.tells and leading.person_id in near,
                may_tell=not leading.tells
                and leading.person_id not in near
                and often.get(leading.person_id, 0) < cohort.stories_at_most,
            )
            for leading in sorted(session.facilitations.all(), key=lambda f: (f.person.name, f.pk))
        ]
        lines.append(RotaLine(session, turns))
    return Rota(lines, cohort.stories_at_most)
