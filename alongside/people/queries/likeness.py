"""Who may be the same person twice: the same address, the same number, or a name that is nearly the same."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Flag, auto
from itertools import groupby
from uuid import UUID

import numpy as np
from django.db.models import Prefetch
from django.utils.translation import gettext_lazy
from rapidfuzz import fuzz, process

from alongside.accounts.models import Study
from alongside.people.models import ContactPoint, Person, Standpoint

# Of a hundred, by rapidfuzz's `ratio` of the folded names: at this a letter or two in ten differ.
ALIKE = 88
ROWS_AT_ONCE = 500
# Of a hundred people with one name, or one number, this many are told of.
MOST = 20
# A number is the same with the country's code in front as with a nought.
TELLING_DIGITS = 9
FEWEST_DIGITS = 5


class Why(Flag):
    EMAIL = auto()
    PHONE = auto()
    NAME = auto()


BECAUSE = {
    Why.EMAIL: gettext_lazy("the same e-mail"),
    Why.PHONE: gettext_lazy("the same phone"),
    Why.NAME: gettext_lazy("a name like it"),
}


@dataclass(frozen=True)
class Known:
    """What someone is recognised by; `key` is whatever the asker calls them."""

    key: str
    name: str
    emails: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Alike:
    """One of `those` who may be the same person as another, and by what."""

    one: Known
    other: Known
    why: Why

    @property
    def because(self) -> list[str]:
        """Why, in words."""
        return [str(words) for which, words in BECAUSE.items() if which in self.why]


def folded(name: str) -> str:
    """A name without accents, capitals or signs, its words in order: “Ellis, Siân” is “Sian Ellis”."""
    apart = unicodedata.normalize("NFKD", name.casefold())
    words = re.sub(r"[^\w]|_", " ", "".join(c for c in apart if not unicodedata.combining(c))).split()
    return " ".join(sorted(words))


def folded_email(value: str) -> str:
    return value.strip().casefold()


def folded_phone(value: str) -> str:
    """The digits that tell numbers apart; nothing for what is too short to be one."""
    digits = re.sub(r"\D", "", value)
    return digits[-TELLING_DIGITS:] if len(digits) >= FEWEST_DIGITS else ""


def known_people(study: Study) -> list[Known]:
    """Everyone in a study, in two queries, as the list of people shows them to whoever may see it."""
    kept = Person.objects.filter(study=study, merged_into=None).order_by("added", "pk")
    reached: defaultdict[UUID, dict[str, set[str]]] = defaultdict(lambda: {"email": set(), "phone": set()})
    points = ContactPoint.objects.filter(person__study=study, kind__in=["email", "phone"])
    for person, kind, value in points.values_list("person_id", "kind", "value"):
        reached[person][kind].add(folded_email(value) if kind == "email" else folded_phone(value))
    return [
        Known(str(pk), name, frozenset(reached[pk]["email"]), frozenset(reached[pk]["phone"] - {""}))
        for pk, name in kept.values_list("pk", "name")
    ]


def people_by(study: Study, ids: Sequence[str]) -> list[Person]:
    """Some people of a study with how to reach them and how they describe themselves now."""
    now = Standpoint.objects.filter(ended=None).order_by("since", "pk")
    found = Person.objects.filter(study=study, pk__in=ids, merged_into=None)
    return list(
        found.prefetch_related(Prefetch("standpoints", queryset=now), "contact_points", "adjustments")
    )


def alike(those: Sequence[Known], others: Sequence[Known]) -> dict[str, list[Alike]]:
    """For each of `those`, by key, whom of `others` they may be; the likeliest first."""
    return _alike(those, others, [len(others)] * len(those))


def alike_among(those: Sequence[Known]) -> dict[str, list[Alike]]:
    """For each of `those`, by key, whom of those before them they may be."""
    return _alike(those, those, range(len(those)))


def _alike(those: Sequence[Known], others: Sequence[Known], until: Sequence[int]) -> dict[str, list[Alike]]:
    """`until` says for each how many of `others` come into question."""
    found: defaultdict[tuple[int, int], Why] = defaultdict(lambda: Why(0))
    for mine, theirs, why in (*_same_contacts(those, others), *_like_names(those, others, until)):
        if theirs < until[mine]:
            found[mine, theirs] |= why
    ranked = sorted(found.items(), key=lambda item: (item[0][0], -likeliness(item[1]), item[0][1]))
    return {
        those[mine].key: [Alike(those[mine], others[theirs], why) for (_mine, theirs), why in group]
        for mine, group in groupby(ranked, key=lambda item: item[0][0])
    }


def same_people(study: Study) -> list[Alike]:
    """Pairs of people of a study who may be one and the same, the likeliest first."""
    pairs = [pair for found in alike_among(known_people(study)).values() for pair in found]
    return sorted(pairs, key=lambda pair: (-likeliness(pair.why), pair.other.name, pair.one.name))


def likeliness(why: Why) -> int:
    return (Why.EMAIL in why) * 3 + (Why.NAME in why) * 2 + (Why.PHONE in why)


def _same_contacts(those: Sequence[Known], others: Sequence[Known]) -> Iterator[tuple[int, int, Why]]:
    for why, kind in ((Why.EMAIL, "emails"), (Why.PHONE, "phones")):
        holders: defaultdict[str, list[int]] = defaultdict(list)
        for place, other in enumerate(others):
            for value in getattr(other, kind):
                holders[value].append(place)
        for mine, each in enumerate(those):
            for value in getattr(each, kind):
                yield from ((mine, theirs, why) for theirs in holders[value][:MOST])


def _like_names(
    those: Sequence[Known], others: Sequence[Known], until: Sequence[int]
) -> Iterator[tuple[int, int, Why]]:
    mine, theirs = [folded(each.name) for each in those], [folded(other.name) for other in others]
    for begin in range(0, len(mine), ROWS_AT_ONCE):
        some = mine[begin : begin + ROWS_AT_ONCE]
        scores = process.cdist(
            some, theirs, scorer=fuzz.ratio, score_cutoff=ALIKE, dtype=np.uint8, workers=-1
        )
        for row, line in enumerate(scores):
            [columns] = np.nonzero(line[: until[begin + row]])
            likeliest = columns[np.argsort(-line[columns].astype(np.int16), kind="stable")][:MOST]
            for column in likeliest:
                # “Learner 12” and “Learner 13” are two people.
                if _numbers(some[row]) == _numbers(theirs[column]):
                    yield begin + row, int(column), Why.NAME


def _numbers(name: str) -> list[str]:
    return re.findall(r"\d+", name)
