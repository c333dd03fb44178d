"""What moves when two records of one person are made one, and what has to stay where it is.

Every foreign key to a person is named here, in words; a test fails on one that isn't.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet, UniqueConstraint
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alongside.people.models import Person, WorkingRelationship

PAIR = "people.WorkingRelationship"
CONTACT = "people.ContactPoint.person"


@dataclass(frozen=True)
class Moving:
    """Rows of one kind as the preview calls them, and how one of them is told from another."""

    label: str | Promise
    name: Callable[[Any], object] = str


MOVES: dict[str, Moving] = {
    CONTACT: Moving(_("Ways to reach them")),
    "people.Standpoint.person": Moving(_("How they describe themselves")),
    "people.Adjustment.person": Moving(_("What makes it easier to take part")),
    "people.AdjustmentReview.person": Moving(_("When they were asked what they need")),
    "people.ConsentEvent.person": Moving(_("What they decided about what they share")),
    "people.AccessGrant.person": Moving(_("Personal links, which go on working")),
    "people.Person.merged_into": Moving(_("Records merged earlier")),
    "training.Enrolment.person": Moving(_("Places in a group"), lambda row: row.cohort),
    "training.Application.person": Moving(_("Places they asked for"), lambda row: row.cohort),
    "training.Reply.person": Moving(_("Answers to a group’s questions")),
    "training.PairAsked.by": Moving(_("Whom they asked to come along"), lambda row: row.cohort),
    "training.PairAsked.other": Moving(_("Who asked them to come along"), lambda row: row.cohort),
    "training.Acknowledgement.person": Moving(_("Agreements read"), lambda row: row.agreement),
    "training.Facilitation.person": Moving(_("Sessions led"), lambda row: row.session),
    "training.DisclosurePlan.person": Moving(_("Their own plans for telling"), lambda row: row.session),
    "training.Narrative.teller": Moving(_("Their own stories")),
    "training.Preparation.person": Moving(_("Preparation for a group"), lambda row: row.cohort),
    "training.PlanEntry.person": Moving(_("Lines of their learning plan")),
    "training.PlanShown.person": Moving(_("Groups that see their plan"), lambda row: row.cohort),
    "training.Reflection.person": Moving(_("Their own notes"), lambda row: row.written),
    "training.Copy.reader": Moving(_("Copies of stories they took"), lambda row: row.at),
    "training.Completion.person": Moving(_("Courses completed"), lambda row: row.cohort),
    "training.NextStep.person": Moving(_("Where they go on to"), lambda row: row.get_kind_display()),
    "training.AttendanceMark.person": Moving(_("Attendance")),
    "training.MissedCall.person": Moving(_("Who asked after them")),
    "training.CalendarFeed.person": Moving(_("Addresses of their calendar")),
    "training.Reminder.person": Moving(_("Reminders and letters sent"), lambda row: row.get_kind_display()),
    "followup.Message.person": Moving(_("Messages sent"), lambda row: row.template),
    "stewardship.Receipt.person": Moving(_("Receipts of what was stopped")),
    "stewardship.ErasureRequest.person": Moving(_("Requests to erase")),
}
PAIRS = Moving(_("Working relationships"))
# Foreign keys that are moved as a pair, or tell of a merge itself and stay as they are.
OTHERWISE = frozenset(
    {f"{PAIR}.first", f"{PAIR}.second", "stewardship.Merge.kept", "stewardship.Merge.merged"}
)


def keys_to_people() -> Iterator[str]:
    """Every foreign key to a person, as `room.Model.field`."""
    for model in apps.get_models(include_auto_created=True):
        for each in model._meta.concrete_fields:
            if each.related_model is Person:
                yield f"{model._meta.label}.{each.name}"


@dataclass
class Planned:
    """Of one kind, which rows would move and which can't."""

    key: str
    moving: Moving
    moves: list[Any] = field(default_factory=list)
    stays: list[Any] = field(default_factory=list)

    @property
    def staying(self) -> list[str]:
        return [str(self.moving.name(row)) for row in self.stays]


def plan(*, of: Person, to: Person) -> list[Planned]:
    """What of one person's could be the other's. A row that the other has already stays where it is."""
    planned = [plan_key(key, of=of, to=to) for key in (*MOVES, PAIR)]
    return [each for each in planned if each.moves or each.stays]


def plan_key(key: str, *, of: Person, to: Person, among: list[str] | None = None) -> Planned:
    """The same of one kind, or of certain rows of it."""
    planned = Planned(key, PAIRS if key == PAIR else MOVES[key])
    rows: Iterable[Any] = _pairs(of, among) if key == PAIR else _rows(key, of, among)
    for row in rows:
        if row.pk == to.pk:
            continue
        if key == PAIR:
            replace_half(row, of, to)
        else:
            setattr(row, model_of(key)[1], to)
        if key == CONTACT:
            row.preferred = False
        (planned.moves if _fits(row) else planned.stays).append(row)
    return planned


def _rows(key: str, of: Person, among: list[str] | None) -> QuerySet[Any]:
    model, name = model_of(key)
    rows = model._base_manager.filter(**{name: of}).order_by("pk")
    return rows if among is None else rows.filter(pk__in=among)


def _pairs(of: Person, among: list[str] | None) -> QuerySet[WorkingRelationship]:
    pairs = WorkingRelationship.objects.filter(Q(first=of) | Q(second=of)).select_related("first", "second")
    return pairs if among is None else pairs.filter(pk__in=among)


def model_of(key: str) -> tuple[type[Model], str]:
    label, _dot, name = key.rpartition(".")
    return apps.get_model(label), name


def _fits(row: Model) -> bool:
    """Whether there may be this of the person that the row is now of: not if they have it already."""
    people = {each.name for each in row._meta.concrete_fields if each.related_model is Person}
    for constraint in row._meta.constraints:
        if isinstance(constraint, UniqueConstraint) and people.intersection(constraint.fields):
            try:
                constraint.validate(type(row), row)
            except ValidationError:
                return False
    return True


def move(planned: Planned) -> list[str]:
    """Move what moves, past any rule that a row is never changed: whose it is was wrong. Returns the keys."""
    if planned.key == PAIR:
        for pair in planned.moves:
            pair.save(update_fields=PAIR_FIELDS)
    elif planned.moves:
        model, name = model_of(planned.key)
        changes = {name: getattr(planned.moves[0], name)}
        if planned.key == CONTACT:
            changes["preferred"] = False
        model._base_manager.filter(pk__in=[row.pk for row in planned.moves]).update(**changes)
    return [str(row.pk) for row in planned.moves]


PAIR_FIELDS = [
    each.name
    for each in WorkingRelationship._meta.concrete_fields
    if each.name.startswith(("first", "second"))
]


def replace_half(pair: WorkingRelationship, one: Person, other: Person) -> None:
    """Put `other` in the place of `one`, with all that this half said, in the order that pairs have."""
    said = {half: _of_half(pair, half) for half in ("first", "second")}
    mine = "first" if pair.first_id == one.pk else "second"
    said[mine][""] = other
    low, high = sorted(said.values(), key=lambda half: half[""].pk)
    for half, values in (("first", low), ("second", high)):
        for suffix, value in values.items():
            setattr(pair, half + suffix, value)


def _of_half(pair: WorkingRelationship, half: str) -> dict[str, Any]:
    names = [name for name in PAIR_FIELDS if name.startswith(half)]
    return {name.removeprefix(half): getattr(pair, name) for name in names}
