import pytest
from django.core.exceptions import ValidationError

from alongside.accounts.models import User
from alongside.core.spans import Span, carry
from alongside.interviews.actions import NewTurn, revise_transcript
from alongside.interviews.models import Revision, Transcript, Turn
from alongside.interviews.queries import current_revision, edits_between, spoken
from alongside.interviews.tests.helpers import verbs


def corrected(revision: Revision, old: str, new: str) -> list[NewTurn]:
    return [
        NewTurn(said.turn.speaker, said.words.replace(old, new), said.turn.start_ms, said.turn.end_ms)
        for said in spoken(revision)
    ]


def test_revise_transcript(rowan_transcript: Transcript, hilary: User):
    """A new text stands beside the old one, with turns and line numbers of its own."""
    first = current_revision(rowan_transcript)
    before = (first.text, first.turns.count())
    second = revise_transcript(
        by=hilary, revision=first, turns=corrected(first, "cafe\u0301", "library"), reason="Place replaced"
    )
    first.refresh_from_db()
    assert (first.text, first.turns.count()) == before
    assert (first.is_current, second.is_current, second.number) == (False, True, 2)
    assert current_revision(rowan_transcript) == second
    assert "library" in second.text
    assert "".join(said.words for said in spoken(second)) == second.text.replace("\n", "")
    assert [t.start_ms for t in second.turns.all()] == [t.start_ms for t in first.turns.all()]
    assert verbs()[-1] == "revise_transcript"


def test_edits_carry_a_passage_across(rowan_transcript: Transcript):
    """What the two texts have in common tells where a passage stands now."""
    first = current_revision(rowan_transcript)
    second = revise_transcript(
        by=None,
        revision=first,
        turns=corrected(first, "the chair with the arms", "that chair"),
        reason="Typing",
    )
    at = first.text.index("Not so bad")
    carried = carry(Span(at, at + 10), edits_between(first, second))
    assert carried.span is not None
    assert second.text[carried.span.start : carried.span.end] == "Not so bad"


def test_a_text_that_has_moved_on_is_not_revised(rowan_transcript: Transcript):
    """Two people correcting at once: the second is told, and nothing of the first is lost."""
    first = current_revision(rowan_transcript)
    turns = corrected(first, "chair", "seat")
    second = revise_transcript(by=None, revision=first, turns=turns, reason="Typing")
    with pytest.raises(ValidationError, match="open it again"):
        revise_transcript(by=None, revision=first, turns=turns, reason="Typing")
    assert current_revision(rowan_transcript) == second


@pytest.mark.parametrize("broken", ["reason", "words", "speaker"])
def test_a_revision_needs(broken: str, rowan_transcript: Transcript, wren_transcript: Transcript):
    """A reason, words, and speakers of its own; without them nothing changes."""
    first = current_revision(rowan_transcript)
    turns = corrected(first, "chair", "seat")
    if broken == "words":
        turns = [NewTurn(turn.speaker, "  ") for turn in turns]
    if broken == "speaker":
        turns = [NewTurn(wren_transcript.speakers.get(label="Wren"), turn.words) for turn in turns]
    before = (verbs(), Turn.objects.count())
    with pytest.raises(ValidationError):
        revise_transcript(by=None, revision=first, turns=turns, reason="" if broken == "reason" else "Typing")
    assert (verbs(), Turn.objects.count()) == before
    assert current_revision(rowan_transcript) == first


def test_turns_are_never_changed(rowan_transcript: Transcript):
    """Saving a turn again is an error in the code that tries."""
    turn = current_revision(rowan_transcript).turns.get(number=1)
    with pytest.raises(TypeError):
        turn.save()
