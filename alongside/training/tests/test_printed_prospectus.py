from datetime import date

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from alongside.accounts.models import Study
from alongside.training import booklet
from alongside.training.actions import change_place, open_prospectus, write_prospectus
from alongside.training.models import Cohort, Session
from alongside.training.queries import offer_of, prospectus_of

AT = "https://example.org/courses/six-months-on/"


@pytest.fixture
def listed(study: Study, group: Cohort, session: Session) -> Cohort:
    write_prospectus(
        by=None, study=study, welcome='#eval("x") *Come* $in$.', asking_for_help="Ring.\n\nOr knock."
    )
    open_prospectus(by=None, study=study)
    change_place(by=None, place=group.place, name="Ferry Hall", access="No steps.")
    Cohort.objects.filter(pk=group.pk).update(listed=True)
    return group


def test_it_is_a_tagged_pdf_in_its_language(client: Client, study: Study, listed: Cohort):
    """PDF/UA-1 with headings, a title and a language; what is typed is set as text, not as markup."""
    answer = client.get(reverse("training:printed-prospectus", args=[study.slug]))
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'inline; filename="six-months-on.pdf"'
    assert answer["Cache-Control"] == "public, max-age=60"
    for mark in (b"%PDF-1.", b"/StructTreeRoot", b"/Lang", b"pdfuaid:part"):
        assert mark in answer.content


def test_it_says_what_the_page_says(study: Study, listed: Cohort, next_week: date):
    """The same terms, courses, times, places and words."""
    content = booklet.content(offer_of(prospectus_of(study)), AT)
    group = content["terms"][0]["courses"][0]["groups"][0]
    assert content["title"] == "Courses at Merebank Recovery College"
    assert content["terms"][0]["name"] == "At other times"
    day = f"{next_week.day}\N{NO-BREAK SPACE}{next_week:%B\N{NO-BREAK SPACE}%Y}"
    assert group["when"] == [f"{next_week:%A}, 10:00 to 12:30: {day}"]
    assert group["facts"][1] == {"label": "Places", "value": "There are places"}
    assert content["places"][0]["facts"] == [{"label": "What it is like", "value": "No steps."}]
    assert content["found_at"] == f"You can also ask here: {AT}"
    assert content["asking"] == "Ring.\n\nOr knock."


def test_it_is_drawn_once_for_the_same_words(study: Study, listed: Cohort, django_assert_max_num_queries):
    """Kept under what it says: another word is another drawing."""
    first = booklet.pdf(offer_of(prospectus_of(study)), AT)
    assert booklet.pdf(offer_of(prospectus_of(study)), AT) == first
    write_prospectus(by=None, study=study, welcome="Other words.", asking_for_help="Ring.")
    assert booklet.pdf(offer_of(prospectus_of(study)), AT) != first
    cache.clear()


def test_an_empty_one_can_be_printed(client: Client, study: Study):
    """With nothing to ask for, it says so."""
    write_prospectus(by=None, study=study, asking_for_help="Ring.")
    open_prospectus(by=None, study=study)
    assert client.get(reverse("training:printed-prospectus", args=[study.slug])).status_code == 200
