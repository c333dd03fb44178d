from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from alongside.accounts.models import Study
from alongside.training.actions import add_place, add_term, open_cohort
from alongside.training.models import Programme, Term


def test_a_term_is_added(as_hannah: Client, study: Study):
    """It stands on the page of terms and places."""
    typed = {"name": "Autumn 2026", "starts": "2026-09-14", "ends": "2026-12-18"}
    page = as_hannah.post(
        reverse("training:add-term", args=[study.slug]), typed, follow=True
    ).content.decode()
    assert "14 September 2026 to 18 December 2026" in page
    assert Term.objects.get().starts == date(2026, 9, 14)


def test_a_term_that_ends_before_it_starts_is_refused(as_hannah: Client, study: Study):
    """By the action in one sentence, and by the database too."""
    typed = {"name": "Autumn", "starts": "2026-12-18", "ends": "2026-09-14"}
    answer = as_hannah.post(reverse("training:add-term", args=[study.slug]), typed)
    assert answer.status_code == 422
    said = "The term would end on 14 September 2026, before it starts on 18 December 2026."
    assert said in answer.content.decode()
    with pytest.raises(IntegrityError), transaction.atomic():
        Term.objects.create(study=study, name="A", starts=date(2026, 12, 18), ends=date(2026, 9, 14))


def test_a_second_of_that_name_is_refused(as_hannah: Client, study: Study):
    """Two terms of one study can't bear one name."""
    add_term(by=None, study=study, name="Autumn", starts=date(2026, 9, 1), ends=date(2026, 9, 2))
    typed = {"name": "Autumn", "starts": "2027-09-14", "ends": "2027-12-18"}
    answer = as_hannah.post(reverse("training:add-term", args=[study.slug]), typed)
    assert "There is a term called “Autumn”." in answer.content.decode()


def test_the_page_reads_all_terms_and_places_at_once(
    as_carys: Client, study: Study, programme: Programme, django_assert_max_num_queries
):
    """Twenty terms and places with groups take as many queries as one of each."""
    url = reverse("training:terms", args=[study.slug])

    def more(numbers: range) -> None:
        for number in numbers:
            term = add_term(
                by=None, study=study, name=f"T{number}", starts=date(2026, 9, 1), ends=date(2026, 9, 2)
            )
            place = add_place(by=None, study=study, name=f"P{number}")
            open_cohort(by=None, study=study, programme=programme, name=f"G{number}", term=term, place=place)

    more(range(1))
    with django_assert_max_num_queries(30) as few:
        as_carys.get(url)
    more(range(1, 20))
    with django_assert_max_num_queries(len(few)):
        as_carys.get(url)


def test_a_facilitator_adds_no_term(as_carys: Client, study: Study):
    """Planning is not a facilitator's: the page is not there for them."""
    assert as_carys.get(reverse("training:add-term", args=[study.slug])).status_code == 404
