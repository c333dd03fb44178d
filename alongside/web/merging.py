"""Two who change one thing at the same time: the second sees what changed, and nothing is lost.

The form carries a seal over what its writer saw, field by field. What is compared with it when they save
is read under a lock that holds until the action has written.
"""

import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from typing import Any

from django import forms
from django.contrib import messages
from django.core import signing
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.db.models import Model
from django.http import HttpRequest
from django.utils.choices import flatten_choices
from django.utils.formats import localize
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from alongside.web.forms import Asking

SEEN = "seen"
WHOLE = ""
LONGEST_COMPARED = 4000


@dataclass(frozen=True)
class Piece:
    """Some words of a text, and whether the other text has others in their place."""

    words: str
    differs: bool


@dataclass(frozen=True)
class Clash:
    """What two people wrote in one place."""

    now: list[Piece]
    mine: list[Piece]

    @classmethod
    def between(cls, now: str, mine: str) -> "Clash":
        theirs, own = (re.findall(r"\s+|\S+", text) for text in (now, mine))
        if max(len(theirs), len(own)) > LONGEST_COMPARED:
            return cls([Piece(now, False)], [Piece(mine, False)])
        steps = SequenceMatcher(a=theirs, b=own, autojunk=False).get_opcodes()
        return cls(
            [Piece("".join(theirs[a:b]), tag != "equal") for tag, a, b, _c, _d in steps if b > a],
            [Piece("".join(own[c:d]), tag != "equal") for tag, _a, _b, c, d in steps if d > c],
        )


@dataclass(frozen=True)
class Change:
    """Who changed a thing last, as far as that is known, and when."""

    by: str = ""
    at: datetime | None = None

    def __str__(self) -> str:
        if self.at is None:
            return _("Changed while you were writing.")
        told = {"who": self.by, "when": localize(localtime(self.at))}
        return _("Changed by %(who)s on %(when)s, while you were writing.") % told


class Merging(Asking):
    """Questions about a thing that others may be changing.

    What only the writer changed is saved. What only somebody else changed stays as they left it. What both
    changed, and differently, is a clash: nothing is saved, the page shows both texts and keeps the writer's
    in its box, and saving again counts what was shown as seen.
    """

    data: Any

    def __init__(self, data: Any = None, *, thing: Model, **kwargs: Any) -> None:
        self.thing = thing
        self.clashes: dict[str, Clash] = {}
        self.meanwhile: list[str] = []
        self.clash: Clash | None = None
        self.is_gone = False
        super().__init__(data, initial=self.as_it_is(), **kwargs)
        self.fields[SEEN] = forms.CharField(widget=forms.HiddenInput, required=False, initial=self._seal)

    def as_it_is(self) -> dict[str, Any]:
        """The answers as the thing holds them now, by question; what isn't among them is never a clash."""
        return {name: getattr(self.thing, name) for name in self.base_fields}

    def newest(self) -> str:
        """The newest version in words, where a form makes the next one from rows that have no names."""
        return ""

    def written(self) -> str:
        """The version that the writer makes, in words, as `newest` puts them."""
        return ""

    def changed_by(self, name: str, by: Any) -> Change:
        """Who changed the answer to a question last; `by` is who writes now."""
        return Change()

    def do(self, action: Callable[..., object], **given: Any) -> bool:
        if not self.is_valid():
            return False
        with transaction.atomic():
            return self._settle(given.get("by")) and super().do(action, **given)

    def full_clean(self) -> None:
        super().full_clean()
        if self.is_bound:
            self.cleaned_data.pop(SEEN, None)

    @property
    def status(self) -> int:
        return 409 if self.clash or self.clashes or self.is_gone else super().status

    def tell(self, request: HttpRequest) -> None:
        """Say what somebody else changed in the meantime, which stays as they left it."""
        if self.meanwhile:
            told = _("While you were writing, somebody else changed this: %(fields)s. That stays.")
            messages.info(request, told % {"fields": ", ".join(self.meanwhile)})

    def _settle(self, by: Any) -> bool:
        """Take the lock and put together what was seen, what is there now, and what was written."""
        try:
            # Rows that name the thing may come meanwhile: no act on a transcript waits for its memo.
            held = self.thing._meta.model._base_manager.select_for_update(no_key=True)
            self.thing.refresh_from_db(from_queryset=held)
        except ObjectDoesNotExist:
            self.is_gone = True
            self.add_error(
                None,
                _(
                    "Somebody took this away while you were writing, so it can’t be saved. "
                    "Your words are still below; copy what you want to keep."
                ),
            )
            return False
        seen, newest = self._unseal(), self.newest()
        if seen.get(WHOLE, BLANK) != digest(lines(newest)) and newest != self.written():
            self.clash = Clash.between(newest, self.written())
            self.add_error(None, str(self.changed_by(WHOLE, by)))
            self.data = self.data.copy()
            self.data[self.add_prefix(SEEN)] = self._seal()
            return False
        return self._settle_answers(seen, by)

    def _settle_answers(self, seen: dict[str, str], by: Any) -> bool:
        now = self._answers(self.as_it_is())
        mine = {name: self._answers({name: self._typed(name)})[name] for name in now}
        theirs = [n for n in now if mine[n] != now[n] and seen.get(n, BLANK) != digest(now[n])]
        kept = [name for name in theirs if seen.get(name) == digest(mine[name])]
        self._put(now, kept)
        if len(kept) < len(theirs):
            self._show(now, mine, [name for name in theirs if name not in kept], by)
            return False
        self.meanwhile = [str(self.fields[name].label) for name in kept]
        if kept:
            self.full_clean()
        return not self.errors

    def _put(self, now: dict[str, list[str]], names: Iterable[str]) -> None:
        """Put into the boxes what somebody else wrote where the writer changed nothing."""
        self.data = self.data.copy()
        for name in names:
            self.data.pop(self.add_prefix(name), None)
            if now[name]:
                self.data.setlist(self.add_prefix(name), now[name])

    def _show(self, now: dict[str, list[str]], mine: dict[str, list[str]], names: list[str], by: Any) -> None:
        for name in names:
            clash = Clash.between(self._in_words(name, now[name]), self._in_words(name, mine[name]))
            self.clashes[name] = clash
            self.fields[name].clash = clash  # type: ignore[attr-defined]
            self.add_error(name, str(self.changed_by(name, by)))
        self.data[self.add_prefix(SEEN)] = self._seal()

    def _typed(self, name: str) -> Any:
        return self.fields[name].clean(self[name].data)

    def _answers(self, values: dict[str, Any]) -> dict[str, list[str]]:
        """Values as a browser would send them, so that one written in two ways is one."""
        return {name: self._sent(name, value) for name, value in values.items() if name in self.fields}

    def _sent(self, name: str, value: Any) -> list[str]:
        field = self.fields[name]
        if isinstance(field, forms.BooleanField):
            return ["on"] if value else []
        shown = field.widget.format_value(field.prepare_value(value))
        several = shown if isinstance(shown, list | tuple) else [shown]
        texts = [str(one).replace("\r\n", "\n").strip() for one in several if one is not None]
        return sorted(text for text in texts if text)

    def _in_words(self, name: str, sent: list[str]) -> str:
        field: Any = self.fields[name]
        if isinstance(field, forms.BooleanField):
            return _("Yes") if sent else _("No")
        if not sent:
            return _("Nothing")
        if hasattr(field, "choices"):
            offered: Iterable[tuple[Any, Any]] = flatten_choices(field.choices)
            called = {str(value): str(label) for value, label in offered}
            return ", ".join(called.get(one, _("something that can’t be chosen here")) for one in sent)
        return str(localize(field.to_python(sent[0])))

    @property
    def _salt(self) -> str:
        return f"{__name__}:{type(self).__name__}:{self.thing.pk}"

    def _seal(self) -> str:
        held = {name: digest(answer) for name, answer in self._answers(self.as_it_is()).items()}
        return signing.dumps({**held, WHOLE: digest(lines(self.newest()))}, salt=self._salt)

    def _unseal(self) -> dict[str, str]:
        """What the writer saw. A form that can't tell saw nothing: what stands there is shown first."""
        try:
            held: dict[str, str] = signing.loads(self[SEEN].data or "", salt=self._salt)
        except signing.BadSignature:
            return {}
        return held


def lines(text: str) -> list[str]:
    return text.splitlines()


def digest(answer: list[str]) -> str:
    return hashlib.sha256("\0".join(answer).encode()).hexdigest()[:32]


BLANK = digest([])
