import json

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.accounts.models import Study
from alongside.interviews.actions import import_transcript
from alongside.interviews.models import Transcript
from alongside.interviews.preparing import preview
from alongside.interviews.queries import current_revision, turns
from alongside.interviews.tests.helpers import TWO_TURNS


def test_preview_is_what_import_stores(study: Study):
    """Dry run and import agree on every turn, and the dry run stores nothing."""
    ahead = preview("rowan.vtt", TWO_TURNS)
    assert not Transcript.objects.exists()
    transcript = import_transcript(by=None, study=study, name="rowan.vtt", data=TWO_TURNS)
    revision = current_revision(transcript)
    assert revision.text == ahead.text
    assert [(t.speaker.label, t.start, t.end, t.start_ms, t.end_ms, t.line) for t in turns(revision)] == [
        (t.speaker, t.start, t.end, t.start_ms, t.end_ms, t.line) for t in ahead.turns
    ]


def test_preview_as_json():
    """Speakers, turns, times and text, ready to print."""
    told = json.loads(json.dumps(preview("rowan.vtt", TWO_TURNS).as_json()))
    assert told["speakers"] == {"Josef": "asks", "Rowan": "answers"}
    assert told["turns"][1] == {
        "speaker": "Rowan",
        "start": 12,
        "end": 32,
        "start_ms": 5000,
        "end_ms": 9000,
        "line": 2,
        "text": "Quiet. A good quiet.",
    }
    assert told["not_taken"] == []


def test_preview_refuses_what_import_refuses():
    """The same sentence, before anything is touched."""
    with pytest.raises(ValidationError, match=r"“a\.vtt” is empty"):
        preview("a.vtt", b"")


words = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1).filter(str.strip)


@given(st.lists(words, min_size=1, max_size=12))
@settings(deadline=None)
def test_turns_lie_one_after_another(said: list[str]):
    """Spans are in order, one line end apart, cover the text, and count code points whatever the script."""
    data = "WEBVTT\n\n" + "\n\n".join(
        f"00:00:{n:02}.000 --> 00:00:{n:02}.500\n<v Ann>{text.replace('&', '&amp;').replace('<', '&lt;')}</v>"
        for n, text in enumerate(said)
    )
    try:
        ahead = preview("a.vtt", data.encode())
    except ValidationError:
        return
    assert ahead.turns[0].start == 0
    assert all(
        later.start == earlier.end + 1 for earlier, later in zip(ahead.turns, ahead.turns[1:], strict=False)
    )
    assert ahead.turns[-1].end == len(ahead.text)
    assert [
        later.line > earlier.line for earlier, later in zip(ahead.turns, ahead.turns[1:], strict=False)
    ].count(False) == 0
