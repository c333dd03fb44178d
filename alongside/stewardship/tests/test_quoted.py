"""Words that a codebook quotes, when they are erased."""

from collections.abc import Callable

import pytest

from alongside.accounts.models import Study, User
from alongside.analysis.actions import add_code, apply_new_code, change_code, keep_version, undo
from alongside.analysis.models import Code, CodebookVersion, CodeChange
from alongside.audit.models import Entry
from alongside.interviews.models import Transcript
from alongside.people.models import Person
from alongside.stewardship.retaining import KEPT, erase
from alongside.stewardship.tests.conftest import agrees_to_everything
from alongside.stewardship.withdrawal import stop
from conftest import words_at

SAID = "I am not a visitor in my own life"


@pytest.fixture
def quoting(study: Study, hilary: User, waiting: Code, rowan_transcript: Transcript) -> Code:
    """An example and a name of Rowan's words; the example was another one of Rowan's before."""
    change_code(by=hilary, code=waiting, example="Like: “She asks what I think she should do.” Twice.")
    change_code(by=hilary, code=waiting, example=f"As Rowan says: “{SAID}.”")
    revision, start, end = words_at(rowan_transcript, SAID)
    apply_new_code(by=hilary, revision=revision, name=SAID, start=start, end=end)
    apply_new_code(by=hilary, revision=revision, name="Our own word for it", start=start, end=end)
    add_code(by=hilary, study=study, name="Beside", definition="What the team means by being beside someone.")
    keep_version(by=hilary, study=study)
    return waiting


def everywhere() -> str:
    """All that the codebook keeps."""
    kept = [*Code.objects.values_list("name", "definition", "example")]
    kept += [
        *CodeChange.objects.values_list("before", "after"),
        *CodebookVersion.objects.values_list("codes"),
    ]
    return str(kept)


def stops(study: Study, rowan: Person, hilary: User, transcript: Transcript) -> None:
    agrees_to_everything(study, rowan, "erase")
    stop(by=rowan, person=rowan)


def ends(study: Study, rowan: Person, hilary: User, transcript: Transcript) -> None:
    erase("transcripts", hilary, list(KEPT["transcripts"].rows(study, hilary)))


@pytest.mark.parametrize("erased", [stops, ends])
def test_the_codebook_quotes_nobody_whose_words_are_erased(
    erased: Callable[..., None],
    study: Study,
    rowan: Person,
    hilary: User,
    rowan_transcript: Transcript,
    quoting: Code,
):
    """Not as it stands, not in a version of it, not in what could be undone; what the team wrote stays."""
    assert SAID in everywhere()
    erased(study, rowan, hilary, rowan_transcript)
    held = everywhere()
    assert [words for words in (SAID, "She asks what I think") if words in held] == []
    quoting.refresh_from_db()
    assert "As Rowan says" not in quoting.example
    assert "░" not in quoting.example
    assert Code.objects.filter(name="Our own word for it").exists()
    assert "being beside someone" in held
    assert Entry.objects.filter(verb="forget_quoted", object=str(quoting.pk)).count() == 1
    undo(by=hilary, study=study, transcript=None)
    assert SAID not in everywhere()


def test_what_stays_without_a_name_stays_quoted(
    study: Study, rowan: Person, rowan_transcript: Transcript, quoting: Code
):
    """Where the text promised to keep the words without a link to the person, they stay."""
    agrees_to_everything(study, rowan, "anonymise")
    stop(by=rowan, person=rowan)
    assert SAID in everywhere()


@pytest.mark.parametrize("apart", ["\u2028", "\u2029", "\x0b", "\x0c", "\x85", "\r"])
@pytest.mark.parametrize("where", ["within the quotation", "before it"])
def test_a_line_is_what_the_team_wrote_as_one(
    where: str,
    apart: str,
    study: Study,
    rowan: Person,
    hilary: User,
    rowan_transcript: Transcript,
    waiting: Code,
):
    """What else may part lines, pasted along with the words, leaves none of the line standing."""
    words = SAID.split()
    quoted = " ".join(words[:6]) + apart + " ".join(words[6:])
    if where == "before it":
        quoted = f"As Rowan says{apart}{SAID}"
    Code.objects.filter(pk=waiting.pk).update(example=f"Before.\n{quoted}\nAfter.")
    stops(study, rowan, hilary, rowan_transcript)
    waiting.refresh_from_db()
    assert waiting.example == "Before.\nAfter."


def test_an_example_that_quotes_nobody_erased_stays_as_it_is(
    study: Study, rowan: Person, hilary: User, rowan_transcript: Transcript, waiting: Code
):
    """To the byte, with no entry: its lines may end as on another system."""
    Code.objects.filter(pk=waiting.pk).update(example="One of our own words.\r\nAnd another one of ours.\r\n")
    stops(study, rowan, hilary, rowan_transcript)
    waiting.refresh_from_db()
    assert waiting.example == "One of our own words.\r\nAnd another one of ours.\r\n"
    assert not Entry.objects.filter(verb="forget_quoted").exists()
