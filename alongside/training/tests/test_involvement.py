from datetime import date
from decimal import Decimal
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from alongside.accounts.models import Study
from alongside.training.actions import log_decision, make_next_version
from alongside.training.models import Programme
from alongside.training.queries import Involvement, involvement


@pytest.fixture
def logged(study: Study, programme: Programme) -> None:
    """Three decisions: one shaped, one without anybody of lived experience, one that changed nothing."""
    newer = make_next_version(by=None, programme=programme)
    day, everyone = date(2026, 11, 1), "Everyone"
    about = {"by": None, "study": study, "on": day, "proposed_by": everyone}
    log_decision(
        **about,
        about="Chairs",
        programme=programme,
        lived_experience_present=True,
        changed="No tables.",
        hours=Decimal("2.5"),
        paid=60,
    )
    log_decision(**about, about="Questions", programme=newer, changed="Five lines.", hours=1)
    log_decision(**about, about="A name", lived_experience_present=True, paid=10)


def test_an_empty_ledger_comes_to_nothing(study: Study):
    """Noughts, and no fault."""
    assert involvement(study) == Involvement(0, Decimal(0), Decimal(0), 0, 0, 0)


def test_the_ledger_is_summed(study: Study, logged: None, django_assert_num_queries):
    """Hours, pay, and where influence was absent; in one query."""
    with django_assert_num_queries(1):
        found = involvement(study)
    assert (found.decisions, found.hours, found.paid) == (3, Decimal("3.5"), Decimal(70))
    assert (found.with_lived_experience, found.without_lived_experience) == (2, 1)
    assert (found.changed_nothing, found.without_influence) == (1, 2)


def test_one_course_is_summed_over_its_versions(study: Study, logged: None):
    """By its title, whichever version a decision was about."""
    assert involvement(study, "Working alongside").decisions == 2


def test_the_page_shows_where_nobody_had_a_say(as_carys: Client, study: Study, logged: None):
    """In words, for all courses or for one."""
    url = reverse("training:decisions", args=[study.slug])
    page = unescape(as_carys.get(url).content.decode())
    assert "Where influence was absent" in page
    assert "1 decision was made with nobody in the room who has lived experience." in page
    assert "1 proposal changed nothing." in page
    filtered = unescape(as_carys.get(url, {"course": "Working alongside"}).content.decode())
    assert "A name" not in filtered
    assert "Questions" in filtered


def test_an_unknown_course_is_an_empty_list(as_carys: Client, study: Study, logged: None):
    """And not a fault."""
    answer = as_carys.get(reverse("training:decisions", args=[study.slug]), {"course": "Nothing"})
    assert answer.status_code == 200


def test_the_ledger_is_read_at_once(
    as_carys: Client, study: Study, logged: None, django_assert_max_num_queries
):
    """Forty decisions take as many queries as three."""
    url = reverse("training:decisions", args=[study.slug])
    with django_assert_max_num_queries(30) as few:
        as_carys.get(url)
    for number in range(37):
        log_decision(by=None, study=study, on=date(2026, 1, 1), about=f"Thing {number}", proposed_by="All")
    with django_assert_max_num_queries(len(few)):
        as_carys.get(url)
