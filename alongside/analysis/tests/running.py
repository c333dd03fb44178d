"""Going through Rowan's interview with a model, as the page does."""

from django.test import Client

from alongside.analysis.models import Run
from alongside.interviews.models import Transcript

ROWAN = "I am not a visitor in my own life"


def at(transcript: Transcript, *rest: object) -> str:
    return "/".join([f"/s/six-months-on/analysis/transcripts/{transcript.pk}", *map(str, rest), ""])


def suggests(turn: int, words: str, why: str = "Said so.") -> dict[str, list[dict[str, object]]]:
    return {"suggestions": [{"turn": turn, "code": 1, "words": words, "why": why}]}


def run_all(client: Client, transcript: Transcript, most: int = 12) -> Run:
    """As the page does: begin, and ask until nothing is under way."""
    assert client.post(at(transcript, "suggestions", "begin")).status_code == 302
    run = Run.objects.get()
    for _part in range(most):
        run.refresh_from_db()
        if run.state != Run.State.GOING:
            break
        assert (
            client.post(at(transcript, "runs", run.pk, "next"), headers={"HX-Request": "true"}).status_code
            == 200
        )
    return run
