import hashlib
import re

import pytest
from django.test import Client
from django.urls import reverse

from alongside.accounts.models import Study
from alongside.audit.models import Export
from alongside.people.actions import record_adjustment
from alongside.training.models import Enrolment, Session


@pytest.fixture
def sheet_url(study: Study, session: Session, rowan_enrolled: Enrolment, alison_enrolled: Enrolment) -> str:
    record_adjustment(by=None, person=rowan_enrolled.person, need="Large print", share_with="sessions")
    return reverse("training:sign-in-sheet", args=[study.slug, session.pk])


def test_names_and_lines_to_sign_on(as_carys: Client, sheet_url: str):
    """Group, day, place and names; five lines for others; nothing of what anybody needs or is."""
    page = as_carys.get(sheet_url).content.decode()
    for seen in ("Group 5", "Session 1: Who decides?", "10:00 to 12:30", "Ferry Hall", "Rowan", "Alison"):
        assert seen in page
    assert page.count("A name to write") == 5
    for unseen in ("Large print", "ractitioner", "services"):
        assert unseen not in page


def test_the_pdf_is_entered_in_the_register(as_carys: Client, study: Study, session: Session, sheet_url: str):
    """As it holds names, the register says who took it, how many names, and the hash of the bytes."""
    answer = as_carys.post(reverse("training:take-sign-in-sheet", args=[study.slug, session.pk]))
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    row = Export.objects.get()
    assert (row.what, row.format, row.rows) == ("sign-in sheet", "pdf", 2)
    assert row.sha256 == hashlib.sha256(answer.content).hexdigest()
    assert re.search(rb"/MediaBox\s*\[\s*0 0 595\.\d+ 841\.\d+", answer.content), "not A4"


def test_a_name_is_set_as_it_is(as_carys: Client, study: Study, session: Session, rowan_enrolled: Enrolment):
    """What would be markup in a document is a name here."""
    rowan_enrolled.person.name = '#read("/etc/passwd") *Rowan* $x$'
    rowan_enrolled.person.save()
    answer = as_carys.post(reverse("training:take-sign-in-sheet", args=[study.slug, session.pk]))
    assert answer.content.startswith(b"%PDF-")


def test_whoever_does_not_run_training_gets_none(
    as_hilary: Client, study: Study, session: Session, sheet_url: str
):
    """Neither page nor file."""
    assert as_hilary.get(sheet_url).status_code == 404
    assert as_hilary.post(sheet_url + "../sheet.pdf").status_code == 404
    assert not Export.objects.exists()
