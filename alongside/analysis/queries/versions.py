"""The codebook through time: what was kept, and what changed between two moments, in sentences."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial

from django.db.models import QuerySet
from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from alongside.accounts.models import Study, User
from alongside.accounts.queries import NOT_HERE
from alongside.analysis.models import CODE_LABELS, COLOUR_NAMES, Code, CodebookVersion, State
from alongside.analysis.queries.codebook import UNDER
from alongside.analysis.queries.codings import in_tree_order
from alongside.analysis.queries.coined import codes_seen
from alongside.analysis.queries.examples import open_words
from alongside.web.merging import Clash


def kept_form(study: Study) -> list[State]:
    """Every code that everyone may see, as a version keeps it, in the order in which the codebook is read."""
    codes = in_tree_order(codes_seen(study, None))
    return [{"id": str(code.pk), **code.state} for code, _depth in codes]


def versions(study: Study) -> QuerySet[CodebookVersion]:
    """What was kept, newest first."""
    return CodebookVersion.objects.filter(codebook__study=study).select_related("by").order_by("-number")


def version_for(study: Study, number: int) -> CodebookVersion:
    version = versions(study).filter(number=number).first()
    if version is None:
        raise Http404(NOT_HERE)
    return version


@dataclass(frozen=True)
class Rewording:
    """What one trait of a code said and says, word by word."""

    label: str
    words: Clash


@dataclass(frozen=True)
class Difference:
    """One thing that changed, as a sentence; `rewordings` show what was written anew."""

    sentence: str
    code: str
    rewordings: list[Rewording] = field(default_factory=list)


class Moment:
    """The codebook as it stood at one time."""

    def __init__(self, codes: list[State]) -> None:
        self.codes = {code["id"]: code for code in codes}

    @cached_property
    def paths(self) -> dict[str, str]:
        paths: dict[str, str] = {}
        for code in self.codes:
            waiting = [code]
            while (above := self.codes[waiting[-1]]["parent"]) in self.codes and above not in paths:
                waiting.append(above)
            for each in reversed(waiting):
                parent = self.codes[each]["parent"]
                name = self.codes[each]["name"]
                paths[each] = f"{paths[parent]}{UNDER}{name}" if parent in paths else name
        return paths

    def below(self, parent: str | None) -> list[str]:
        beside = [code for code, state in self.codes.items() if state["parent"] == parent]
        return sorted(beside, key=lambda code: (self.codes[code]["position"], self.codes[code]["name"]))

    def under(self, code: str) -> str:
        parent = self.codes[code]["parent"]
        return _("under “%(name)s”") % {"name": self.paths[parent]} if parent in self.paths else _("on top")


def what_changed(study: Study, user: User, older: list[State], newer: list[State]) -> list[Difference]:
    """What is different in the newer one, code by code. Of examples `user` hears what is open to them."""
    before, after = Moment(older), Moment(newer)
    found: list[Difference] = []
    for code in after.codes:
        if code not in before.codes:
            told = {"name": after.paths[code]}
            found.append(Difference(_("“%(name)s” was added.") % told, code))
        if code not in before.codes and not after.codes[code]["retired"]:
            continue
        found += _changes(code, before, after, partial(open_words, study, user))
    for code in before.codes:
        if code not in after.codes:
            found.append(Difference(_("“%(name)s” is gone.") % {"name": before.paths[code]}, code))
    return [*found, *_reordered(before, after)]


def _changes(code: str, before: Moment, after: Moment, opened: Callable[[str], str]) -> Iterator[Difference]:
    now = after.codes[code]
    was = before.codes.get(code, {**now, "retired": False, "merged": None})
    name = after.paths[code]
    if was["name"] != now["name"]:
        told = {"was": was["name"], "now": now["name"]}
        yield Difference(_("“%(was)s” is now called “%(now)s”.") % told, code)
    if was["parent"] != now["parent"]:
        told = {"name": now["name"], "was": before.under(code), "now": after.under(code)}
        yield Difference(_("“%(name)s” stood %(was)s and now stands %(now)s.") % told, code)
    if now["merged"] and was["merged"] != now["merged"]:
        told = {"name": name, "into": after.paths.get(now["merged"], "")}
        yield Difference(_("“%(name)s” was merged into “%(into)s”.") % told, code)
    elif now["retired"] and not was["retired"]:
        yield Difference(_("“%(name)s” was taken out of use.") % {"name": name}, code)
    elif was["retired"] and not now["retired"]:
        yield Difference(_("“%(name)s” was brought back into use.") % {"name": name}, code)
    if was["colour"] != now["colour"]:
        told = {"name": name, "was": COLOUR_NAMES[was["colour"]], "now": COLOUR_NAMES[now["colour"]]}
        yield Difference(_("“%(name)s” was %(was)s and is now %(now)s.") % told, code)
    reworded = list(_rewordings(was, now, opened))
    if reworded:
        yield Difference(_("“%(name)s” was described anew.") % {"name": name}, code, reworded)


def _rewordings(was: State, now: State, opened: Callable[[str], str]) -> Iterator[Rewording]:
    for trait, label in CODE_LABELS.items():
        old, new = was[trait], now[trait]
        if trait == "example" and old != new:
            old, new = opened(old), opened(new)
        if old != new:
            yield Rewording(str(label), Clash.between(old, new))


def _reordered(before: Moment, after: Moment) -> Iterator[Difference]:
    """Where codes that stood side by side in both stand in another order now."""
    for parent in dict.fromkeys(state["parent"] for state in after.codes.values()):
        was, now = before.below(parent), after.below(parent)
        both = set(was) & set(now)
        if [code for code in was if code in both] != [code for code in now if code in both]:
            place = _("under “%(name)s”") % {"name": after.paths[parent]} if parent else _("on top")
            yield Difference(_("The codes %(place)s stand in another order.") % {"place": place}, "")


def merged_in(study: Study, user: User, code: Code) -> QuerySet[Code]:
    """Codes that were merged into this one and are still out of use."""
    return codes_seen(study, user).filter(merged=code, retired__isnull=False).order_by("name")
