"""Asking the workbench's addresses as its script does."""

from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.test import Client

from alongside.analysis.models import Coding
from alongside.interviews.models import Transcript

ROOM = "/s/six-months-on/analysis/"
SCRIPT = {"X-Workbench": "1"}


def on_text(client: Client, transcript: Transcript, deed: str, /, **asked: Any) -> HttpResponse:
    """Do something on a transcript: "codings", "undo" or "redo"."""
    return _post(client, f"{ROOM}transcripts/{transcript.pk}/{deed}/", asked)


def on_coding(client: Client, coding: Coding, deed: str, /, **asked: Any) -> HttpResponse:
    """Do something to a coding: "remove", "resize", "recode", "copy", "weigh" or "link"."""
    return _post(client, f"{ROOM}codings/{coding.pk}/{deed}/", asked)


def changes(client: Client, transcript: Transcript, after: int = 0) -> dict[str, Any]:
    """What the page hears that has heard of everything up to `after`."""
    answer = client.get(f"{ROOM}transcripts/{transcript.pk}/changes/?after={after}")
    assert answer.status_code == 200
    return answer.json()


def _post(client: Client, url: str, asked: dict[str, Any]) -> HttpResponse:
    return client.post(url, {"key": uuid4(), "after": 0, **asked}, headers=SCRIPT)


def words_of(coding: Coding) -> str:
    return coding.revision.text[coding.start : coding.end]


def span(transcript: Transcript, words: str, **more: Any) -> dict[str, Any]:
    """Where `words` stand, as the script tells it."""
    revision = transcript.revisions.get(is_current=True)
    start = revision.text.index(words)
    return {"start": start, "end": start + len(words), "revision": revision.number, **more}
