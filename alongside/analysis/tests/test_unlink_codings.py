"""Taking a link off, from either of its ends."""

from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client

from alongside.accounts.models import User
from alongside.analysis.actions import apply_code, link_codings
from alongside.analysis.models import Act, Code, Coding, Link
from alongside.interviews.models import Transcript
from tests.support.workbench import ROOM, SCRIPT, on_text


@pytest.fixture
def far(hilary: User, waiting: Code, wren_transcript: Transcript) -> Coding:
    """A passage of Wren's."""
    revision = wren_transcript.revisions.get(is_current=True)
    return apply_code(by=hilary, revision=revision, code=waiting, start=0, end=4)


@pytest.fixture
def link(hilary: User, visitor: Coding, far: Coding) -> Link:
    return link_codings(by=hilary, one=visitor, other=far)


def unlink(client: Client, link: Link, **asked: object) -> HttpResponse:
    return client.post(
        f"{ROOM}links/{link.pk}/remove/", {"key": uuid4(), "after": 0, **asked}, headers=SCRIPT
    )


def test_from_the_far_end_it_is_an_act_of_that_text(
    as_hilary: Client, wren_transcript: Transcript, far: Coding, link: Link
):
    """What changed there is the answer; undoing it there brings the link back and touches nothing else."""
    name = uuid4()
    answer = unlink(as_hilary, link, transcript=wren_transcript.pk, key=name)
    assert answer.status_code == 200
    assert [row[0] for row in answer.json()["links"]] == [link.pk]
    link.refresh_from_db()
    assert link.removed is not None
    assert Act.objects.get(key=name).transcript == wren_transcript
    assert on_text(as_hilary, wren_transcript, "undo", of=name).status_code == 200
    link.refresh_from_db()
    far.refresh_from_db()
    assert (link.removed, far.removed) == (None, None)


def test_without_a_page_it_is_an_act_of_the_text_it_was_drawn_in(
    as_hilary: Client, rowan_transcript: Transcript, link: Link
):
    """So it is with a form that was sent without a script."""
    assert as_hilary.post(f"{ROOM}links/{link.pk}/remove/").status_code == 302
    assert Act.objects.latest("number").transcript == rowan_transcript


def test_others_links_and_odd_values_are_refused(as_dot: Client, as_hilary: Client, link: Link):
    """In a sentence, and the link stands."""
    refused = unlink(as_dot, link)
    assert refused.status_code == 422
    assert "Only the person who linked" in refused.json()["error"]
    assert unlink(as_hilary, link, transcript="no text").status_code == 422
    link.refresh_from_db()
    assert link.removed is None
