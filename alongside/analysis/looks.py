"""How the workbench looks to one reader, where it opens, and what it can play."""

from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from alongside.accounts.models import Study, User
from alongside.analysis.forms import TasteForm
from alongside.analysis.models import Memo, Place, Taste
from alongside.analysis.queries import memos_beside, place_of, taste_of, was_away
from alongside.interviews.listening import sound_of
from alongside.interviews.models import Revision

SHOWN = ("face", "size", "width", "scheme", "lines", "plain")


def looks(asked: QueryDict, study: Study, user: User, revision: Revision) -> dict[str, Any]:
    """What the page's template and scripts need beside the text itself."""
    taste = taste_of(user)
    place = place_of(user, revision.transcript)
    return {
        **dressed(asked, taste),
        "place": place,
        "sound": sound_of(revision.transcript),
        "reading": {
            "place": place.turn if place else None,
            "was_here": was_here(place) if place and was_away(place) else "",
            "memos": _memos(study, user, revision),
            "write": reverse("analysis:add-memo", args=[study.slug]),
            "url": reverse("analysis:keep-place", args=[study.slug, revision.transcript_id]),
            "phrases": phrases(),
        },
    }


def dressed(asked: QueryDict, taste: Taste) -> dict[str, Any]:
    """The look alone. An address may ask for plain mode, or for none, just this once."""
    plain = asked["plain"] == "1" if asked.get("plain") in ("0", "1") else taste.plain
    shown = {**{name: getattr(taste, name) for name in SHOWN}, "plain": plain}
    look: dict[str, Any] = {"taste": taste, "plain": plain, "taste_form": TasteForm(initial=shown)}
    return {**look, "scheme": taste.scheme} if taste.scheme else look


def _memos(study: Study, user: User, revision: Revision) -> dict[int | None, list[list[Any]]]:
    """By coding: who wrote, what, whether it is for themselves alone, and where one's own is changed."""
    by_coding: dict[int | None, list[list[Any]]] = {}
    for memo in memos_beside(revision, user):
        change = _change(study, memo) if memo.author_id == user.pk else ""
        row = [memo.author.name, memo.words, memo.private, change]
        by_coding.setdefault(memo.coding_id, []).append(row)
    return by_coding


def _change(study: Study, memo: Memo) -> str:
    return reverse("analysis:change-memo", args=[study.slug, memo.pk])


def phrases() -> dict[str, str]:
    """What the scripts say of reading; `{name}` stands for what they fill in."""
    return {
        "toBeginning": _("To the beginning"),
        "foundOne": _("{number} of {count}: {words}"),
        "foundNumber": _("{number} of {count}"),
        "foundNone": _("“{words}” is not said here."),
        "noneToFind": _("There is none in this transcript."),
        "searchFirst": _("Nothing is looked for yet. F opens the search."),
        "aNote": _("something that the team talks about"),
        "aMemo": _("{who} wrote: {words}"),
        "memo": _("Memo"),
        "changeMemo": _("Change this memo"),
        "onlyMine": _("Only I can see this"),
        "notKeptTaste": _("How it looks could not be kept. It stays so until you leave the page."),
        "noTime": _("Nobody noted when this was said."),
        "playing": _("Playing."),
        "stopped": _("Stopped."),
        "noSound": _("The recording can’t be played just now."),
        "chooseWords": _("Choose the words first: touch a sentence, or draw over some words."),
    }


def was_here(place: Place) -> str:
    seen = timezone.localtime(place.seen)
    if seen.date() == timezone.localdate():
        return _("You were here at %(time)s today.") % {"time": time_format(seen)}
    return _("You were here on %(day)s.") % {"day": date_format(seen, "j F")}
