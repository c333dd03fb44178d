from typing import Any

import pytest

from alongside.accounts.models import Study
from alongside.audit.actions import record
from alongside.audit.models import Entry, Head
from alongside.audit.queries import faults


@pytest.fixture
def three(study: Study) -> list[Entry]:
    return [record(by=None, verb=f"deed_{n}", on=study, fields=["name"]) for n in range(3)]


def test_an_untouched_chain_has_no_fault(three: list[Entry]):
    """Entries as they were written verify."""
    assert list(faults()) == []


@pytest.mark.parametrize("altered", [{"verb": "something else"}, {"roles": ["reader"]}])
def test_an_altered_entry_is_named(three: list[Entry], altered: dict[str, Any]):
    """A changed verb breaks the chain at that entry, as does a role that nobody had."""
    Entry.objects.filter(pk=three[1].pk).update(**altered)
    assert [(fault.seq, fault.what) for fault in faults()] == [(three[1].seq, "altered")]


def test_a_missing_entry_is_named(three: list[Entry]):
    """A deleted entry breaks the chain where it stood."""
    Entry.objects.filter(pk=three[1].pk).delete()
    assert [(fault.seq, fault.what) for fault in faults()] == [(three[1].seq, "missing")]


def test_a_missing_tail_is_named(three: list[Entry]):
    """Deleting the newest entries is seen too, since the head remembers how many there were."""
    Entry.objects.filter(pk=three[2].pk).delete()
    assert [(fault.seq, fault.what) for fault in faults()] == [(three[2].seq, "missing")]


def test_a_rewritten_head_is_named(three: list[Entry]):
    """Cutting the head back to hide a deletion leaves an entry that it does not know."""
    Head.objects.filter(chain=three[0].chain).update(seq=three[1].seq, hash=three[1].hash)
    assert [fault.what for fault in faults()] == ["altered"]
