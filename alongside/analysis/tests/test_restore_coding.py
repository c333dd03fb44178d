from django.test import Client

from alongside.accounts.models import User
from alongside.analysis.actions import apply_code, remove_coding
from alongside.analysis.models import Coding
from alongside.audit.models import Entry

SCRIPT = {"X-Workbench": "1"}


def url(coding: Coding) -> str:
    return f"/s/six-months-on/analysis/codings/{coding.pk}/restore/"


def test_a_coding_taken_off_is_put_back(as_hilary: Client, hilary: User, visitor: Coding):
    """The same row, where it was."""
    remove_coding(by=hilary, coding=visitor)
    answer = as_hilary.post(url(visitor), headers=SCRIPT)
    assert (answer.status_code, answer.json()["coding"][0]) == (200, visitor.pk)
    visitor.refresh_from_db()
    assert visitor.removed is None
    assert Entry.objects.filter(verb="restore_coding", object=str(visitor.pk)).count() == 1


def test_coded_again_meanwhile_the_newer_one_answers(as_hilary: Client, hilary: User, visitor: Coding):
    """Two of the same never stand together."""
    remove_coding(by=hilary, coding=visitor)
    newer = apply_code(
        by=hilary, revision=visitor.revision, code=visitor.code, start=visitor.start, end=visitor.end
    )
    assert as_hilary.post(url(visitor), headers=SCRIPT).json()["coding"][0] == newer.pk
    assert Coding.objects.filter(removed=None).get() == newer


def test_another_coders_is_refused(as_dot: Client, hilary: User, visitor: Coding):
    """Nobody puts back what another took off."""
    remove_coding(by=hilary, coding=visitor)
    answer = as_dot.post(url(visitor), headers=SCRIPT)
    assert answer.status_code == 422
    assert answer.json()["error"]
    visitor.refresh_from_db()
    assert visitor.removed is not None
