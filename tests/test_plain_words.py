"""Whoever reads their own page reads short sentences of plain words: about what an eleven-year-old reads."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils.functional import Promise

from alongside.people.policy import COUNTS_STAY, FIREWALL_STAYS, PROOF_STAYS
from alongside.stewardship.erasure import WHAT_GOES
from alongside.stewardship.sentences import GIVEN, NOTHING_GIVEN

ROOT = Path(__file__).parents[1] / "alongside"
PAGES = sorted([*ROOT.glob("*/templates/*/my_*.html"), ROOT / "people/templates/people/type_code.html"])
MARKED = re.compile(r'{% translate "([^"]+)"|{% blocktranslate[^%]*%}(.*?){% endblocktranslate %}', re.DOTALL)
LONGEST, AVERAGE = 22, 12
# What offices write, and people of eleven don't read.
HARD = {
    "amend", "authorise", "authorisation", "commence", "comply", "consent", "controller", "data", "pursuant",
    "participant", "pseudonym", "process", "processing", "regarding", "request", "respective", "revoke",
    "subsequently", "terminate", "utilise", "withdraw", "withdrawal", "erasure", "transcript", "retention",
}  # fmt: skip


def sentences(text: str) -> Iterator[list[str]]:
    plain = re.sub(r"{{.*?}}|%\(\w+\)s", "Robin", re.sub(r"{% plural %}", ". ", text))
    for sentence in re.split(r"[.?!:]\s+|[.?!:]$", plain):
        words = re.findall(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*", sentence)
        if words:
            yield words


def shown(page: Path) -> list[str]:
    return [one or other for one, other in MARKED.findall(page.read_text(encoding="utf-8"))]


def said() -> list[str | Promise]:
    stays = [policy.reason for policy in (FIREWALL_STAYS, PROOF_STAYS, COUNTS_STAY)]
    return [*GIVEN.values(), *NOTHING_GIVEN.values(), *WHAT_GOES, *stays]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_own_pages_are_in_short_sentences(page: Path):
    """No sentence is long, they are short on the whole, and no word is an office's."""
    check(shown(page))


def test_what_stopping_and_erasing_do_is_said_in_short_sentences():
    """The previews and receipts keep to the same."""
    check([str(text) for text in said()])


def check(texts: list[str]) -> None:
    found = [sentence for text in texts for sentence in sentences(text)]
    assert found
    long = [" ".join(words) for words in found if len(words) > LONGEST]
    assert long == []
    assert sum(map(len, found)) / len(found) <= AVERAGE
    assert [word for words in found for word in words if word.casefold() in HARD] == []
