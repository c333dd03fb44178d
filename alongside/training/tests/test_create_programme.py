import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from alongside.accounts.models import Study
from alongside.training.actions import create_programme
from alongside.training.forms.courses import read_outline, write_outline
from alongside.training.models import Programme

OUTLINE = "How we got here\nTrainers speak first.\nNo badges.\n\n\nWho decides?\r\nCards on a table.\n\nPlans"


def test_a_course_is_added_with_its_sessions(as_hannah: Client, study: Study):
    """Title, aims, licence and outline are there, and the coordinator is led to the course."""
    typed = {"title": "Telling", "aims": "To choose", "licence": "CC BY 4.0", "parts": OUTLINE}
    answer = as_hannah.post(reverse("training:create-programme", args=[study.slug]), typed)
    made = Programme.objects.get()
    assert answer["Location"] == reverse("training:course", args=[study.slug, made.pk])
    assert (made.version, made.licence) == (1, "CC BY 4.0")
    assert [(part.number, part.title, part.about) for part in made.parts.all()] == [
        (1, "How we got here", "Trainers speak first.\nNo badges."),
        (2, "Who decides?", "Cards on a table."),
        (3, "Plans", ""),
    ]


def test_an_outline_reads_back_as_it_was_written(study: Study):
    """What the page shows of an outline is read as the same outline."""
    made = create_programme(by=None, study=study, title="Telling", parts=read_outline(OUTLINE))
    assert read_outline(write_outline(made)) == read_outline(OUTLINE)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Plans\n\nPlans", "Two sessions are called “Plans”."),
        ("A\n\n" + "x" * 201, "The title of session 2 has 201 letters: at most 200 were expected."),
    ],
)
def test_an_outline_that_cannot_be_read_is_refused(as_hannah: Client, study: Study, typed: str, said: str):
    """One sentence says which session it is, and nothing is added."""
    url = reverse("training:create-programme", args=[study.slug])
    answer = as_hannah.post(url, {"title": "Telling", "parts": typed})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Programme.objects.exists()


def test_a_second_course_of_that_title_is_refused(programme: Programme, study: Study):
    """The title is there already: its next version is made from its own page."""
    with pytest.raises(ValidationError, match="“Working alongside” already"):
        create_programme(by=None, study=study, title=" Working alongside ")


def test_another_study_may_call_a_course_the_same(programme: Programme, other_study: Study):
    """Titles are a study's own."""
    assert create_programme(by=None, study=other_study, title=programme.title).version == 1


def test_a_facilitator_adds_no_course(as_carys: Client, study: Study):
    """Planning is not a facilitator's: the page is not there for them."""
    assert as_carys.get(reverse("training:create-programme", args=[study.slug])).status_code == 404
