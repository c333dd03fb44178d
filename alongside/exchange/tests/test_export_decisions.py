import csv
import io
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from alongside.accounts.models import Study
from alongside.audit.models import Entry, Export
from alongside.training.actions import create_programme, log_decision, open_cohort


@pytest.fixture
def logged(study: Study) -> None:
    programme = create_programme(by=None, study=study, title="Working alongside")
    cohort = open_cohort(by=None, study=study, programme=programme, name="Group 5")
    log_decision(
        by=None,
        study=study,
        on=date(2026, 11, 1),
        about="=1+1",
        proposed_by="Dot Ellison",
        cohort=cohort,
        lived_experience_present=True,
        hours=6,
        paid=150,
    )
    log_decision(by=None, study=study, on=date(2026, 2, 1), about="Questions", proposed_by="Hilary")


def address(study: Study, format: str) -> str:
    return reverse("exchange:export-decisions", args=[study.slug, format])


def test_the_ledger_leaves_as_csv(as_hannah: Client, study: Study, logged: None):
    """Oldest first, no cell a formula, and a line in the register and the audit."""
    answer = as_hannah.post(address(study, "csv"))
    rows = list(csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))
    assert [row["decision"] for row in rows] == ["Questions", "'=1+1"]
    assert rows[1]["course"] == "Working alongside"
    assert (rows[1]["group"], rows[1]["lived_experience"], rows[1]["hours"]) == ("Group 5", "yes", "6.0")
    register = Export.objects.get()
    assert (register.what, register.format, register.rows) == ("decisions", "csv", 2)
    assert Entry.objects.filter(verb="export").count() == 1


def test_the_ledger_leaves_as_a_spreadsheet(as_hannah: Client, study: Study, logged: None):
    """Amounts are numbers there."""
    answer = as_hannah.post(address(study, "xlsx"))
    sheet = load_workbook(io.BytesIO(answer.getvalue())).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][:2] == ("on", "decision")
    assert rows[2][1] == "=1+1"
    assert rows[2][-2:] == (6, 150)


def test_it_is_only_posted(as_hannah: Client, study: Study):
    """A link takes nothing out."""
    assert as_hannah.get(address(study, "csv")).status_code == 405


def test_a_facilitator_and_an_analyst_take_none(
    as_carys: Client, as_hilary: Client, study: Study, logged: None
):
    """It belongs to whoever plans the training: to others, there is nothing."""
    for client in (as_carys, as_hilary):
        assert client.post(address(study, "csv")).status_code == 404
    assert not Export.objects.exists()


def test_another_format_is_not_there(as_hannah: Client, study: Study):
    """CSV and XLSX, and nothing else."""
    assert as_hannah.post(address(study, "html")).status_code == 404
