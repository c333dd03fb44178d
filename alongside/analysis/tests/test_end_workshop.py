from django.test import Client

from alongside.accounts.models import User
from alongside.analysis.actions import begin_workshop
from alongside.analysis.models import Code, Coding
from alongside.audit.models import Entry
from alongside.interviews.models import Transcript
from tests.support.workbench import on_text, span

ROOM = "/s/six-months-on/analysis/"


def test_the_room_breaks_up(
    as_hilary: Client, hilary: User, dot: User, waiting: Code, rowan_transcript: Transcript
):
    """The screen closes, once; what a slow page still had to tell arrives all the same."""
    held = begin_workshop(by=hilary, transcript=rowan_transcript, present=[dot])
    page = f"{ROOM}transcripts/{rowan_transcript.pk}/workshops/{held.pk}/"
    for _twice in range(2):
        assert as_hilary.post(f"{page}end/").status_code == 302
    held.refresh_from_db()
    assert held.ended is not None
    assert Entry.objects.filter(verb="end_workshop").count() == 1
    assert "This workshop has ended" in as_hilary.get(page, follow=True).content.decode()
    late = span(rowan_transcript, "Not so bad", workshop=held.pk, code=waiting.pk)
    assert on_text(as_hilary, rowan_transcript, "codings", **late).status_code == 200
    assert Coding.objects.get().workshop == held


def test_only_whoever_keeps_the_keyboard_ends_it(
    as_dot: Client, hilary: User, dot: User, rowan_transcript: Transcript
):
    """To others it isn’t there."""
    held = begin_workshop(by=hilary, transcript=rowan_transcript, present=[dot])
    page = f"{ROOM}transcripts/{rowan_transcript.pk}/workshops/{held.pk}/end/"
    assert as_dot.post(page).status_code == 404
    held.refresh_from_db()
    assert held.ended is None
