"""From a table that was weighed to rows of the study; called inside the transaction of the import."""

from collections import defaultdict
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.accounts.models import Study, User
from alongside.audit.actions import record
from alongside.exchange.formats.people import Field
from alongside.exchange.models import Import
from alongside.exchange.people.weighing import OUT, ROW, Look, Tie, root
from alongside.people.actions import NewPerson, add_people, complete_person, record_relationships
from alongside.people.models import Person
from alongside.people.queries import people_by, working_with

T = TypeVar("T")
MOST_TOLD, AT_ONCE = 20, 500
COLUMNS = {"name": Field.NAME, "email": Field.EMAIL, "phone": Field.PHONE, "post": Field.POST}
# Sentences of what is not taken, and the rows that each is true of.
Left = defaultdict[str, list[int]]


def refuse_unclear(looked: Look) -> None:
    told = [str(fault) for fault in looked.faults[:MOST_TOLD]]
    if len(looked.faults) > MOST_TOLD:
        more = len(looked.faults) - MOST_TOLD
        word = ngettext("And %(count)s more fault.", "And %(count)s more faults.", more)
        told.append(word % {"count": more})
    if looked.undecided:
        told.append(
            ngettext(
                "Row %(rows)s may be someone who is known already: say whether it is.",
                "Rows %(rows)s may be people who are known already: say of each whether they are.",
                len(looked.undecided),
            )
            % {"rows": ranges(looked.undecided)}
        )
    if not looked.drafts and not looked.faults:
        told.append(_("No row with a person in it came."))
    if told:
        raise ValidationError(told)


@dataclass(frozen=True)
class Progress:
    """How many rows of a table are dealt with so far, of people and of who works with whom."""

    done: int
    of: int


def bring(by: User, study: Study, looked: Look, format: str) -> Generator[Progress, None, Import]:
    """Some rows at a time, telling after each how far it has come."""
    left: Left = defaultdict(list)
    given, rows = _given(looked, left)
    new = [key for key in given if key.startswith(ROW)]
    whole = len(new) + len(looked.ties)
    persons: dict[str, Person] = {}
    for some in batched(new):
        added = add_people(by=by, study=study, people=[given[key] for key in some])
        persons |= dict(zip(some, added, strict=True))
        yield Progress(len(persons), whole)
    persons |= _complete(by, study, {key: given[key] for key in given if key not in persons}, rows, left)
    paired: set[frozenset[UUID]] = set()
    for place, ties in enumerate(batched(looked.ties), start=1):
        _relate(by, study, looked, ties, persons, paired, left)
        yield Progress(min(len(new) + place * AT_ONCE, whole), whole)
    left[_("Left out: %(rows)s.")] = looked.out
    brought = Import.objects.create(
        study=study,
        user=by,
        format=format,
        added=len(new),
        known=len(given) - len(new),
        left_out=len(looked.out),
        relationships=len(paired),
        not_taken=[*looked.not_taken, *(text % {"rows": ranges(at)} for text, at in left.items() if at)],
    )
    record(by=by, verb="import_people", on=brought, fields=["people", "working_relationships"])
    return brought


def _given(looked: Look, left: Left) -> tuple[dict[str, NewPerson], dict[str, list[int]]]:
    """What the file says of each person, and in which rows; several rows of one person are laid together."""
    given: dict[str, NewPerson] = {}
    rows: defaultdict[str, list[int]] = defaultdict(list)
    for row, draft in looked.drafts.items():
        key = root(looked.becomes, row)
        if key == OUT:
            continue
        rows[key].append(row)
        if key in given:
            given[key], missed = with_missing(given[key], draft.person)
            _tell(left, missed, [row])
        else:
            given[key] = draft.person
    return given, rows


def with_missing(one: NewPerson, other: NewPerson) -> tuple[NewPerson, list[str]]:
    """The first with what only the second has; and what the second says otherwise."""
    both = replace(
        one,
        email=one.email or other.email,
        phone=one.phone or other.phone,
        post=one.post or other.post,
        own_words=one.own_words or other.own_words,
        standpoints=tuple(dict.fromkeys((*one.standpoints, *other.standpoints))),
        adjustments=tuple(dict.fromkeys((*one.adjustments, *other.adjustments))),
    )
    names = ("name", "email", "phone", "post", "own_words", "language", "time_zone")
    return both, [name for name in names if getattr(other, name) not in ("", getattr(both, name))]


def _complete(
    by: User, study: Study, given: dict[str, NewPerson], rows: dict[str, list[int]], left: Left
) -> dict[str, Person]:
    persons = {str(person.pk): person for person in people_by(study, list(given))}
    barred = working_with(by, study)
    for key, person in persons.items():
        new = given[key]
        if person.pk in barred and new.contacts:
            # As on the person's page: what is sent to them alone must not go where a colleague says.
            new = replace(new, email="", phone="", post="")
            left[_("Ways to reach somebody whom you work with: %(rows)s.")] += rows[key]
        _added, not_taken = complete_person(by=by, person=person, given=new)
        _tell(left, not_taken, rows[key])
    return persons


def _tell(left: Left, fields: Iterable[str], rows: list[int]) -> None:
    for field in fields:
        column = COLUMNS.get(field, field.replace("_", " "))
        left[_("“%(column)s”, since something else is on record: %%(rows)s.") % {"column": column}] += rows


def _relate(
    by: User,
    study: Study,
    looked: Look,
    ties: Sequence[Tie],
    persons: dict[str, Person],
    paired: set[frozenset[UUID]],
    left: Left,
) -> None:
    """Some of the ties; the pairs that are made are put with those made before them."""
    others = [tie.other for tie in ties if tie.other not in persons]
    everyone = persons | {str(person.pk): person for person in people_by(study, others)}
    pairs = [(everyone[root(looked.becomes, tie.row)], everyone[tie.other], tie.since) for tie in ties]
    made = record_relationships(by=by, study=study, pairs=pairs)
    paired |= {frozenset((each.first_id, each.second_id)) for each in made}
    for tie, (one, other, _since) in zip(ties, pairs, strict=True):
        if frozenset((one.pk, other.pk)) not in paired:
            left[_("“works with”, since it is on record already: %(rows)s.")].append(tie.row)


def batched(things: Sequence[T]) -> Iterator[Sequence[T]]:
    return (things[begin : begin + AT_ONCE] for begin in range(0, len(things), AT_ONCE))


def ranges(rows: Iterable[int]) -> str:
    """Rows as they are told: 2–5, 9."""
    numbered = enumerate(sorted(rows))
    runs = [
        [row for _place, row in run] for _key, run in groupby(numbered, key=lambda each: each[1] - each[0])
    ]
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)
