from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from alongside.accounts.models import Study
from alongside.training.actions import change_programme, create_programme, make_next_version
from alongside.training.models import Cohort, Material, Programme
from alongside.training.typed import Outlined
from tests.support.editing import filled


def test_a_version_without_a_group_is_changed_in_place(as_hannah: Client, study: Study, programme: Programme):
    """It stays version 1, with the words that were typed."""
    url = reverse("training:change-programme", args=[study.slug, programme.pk])
    typed = {**filled(as_hannah, url), "aims": "To decide together", "parts": "Who decides?\nCards."}
    assert as_hannah.post(url, typed).status_code == 302
    programme.refresh_from_db()
    assert (programme.version, programme.aims) == (1, "To decide together")
    assert [str(part) for part in programme.parts.all()] == ["1. Who decides?"]


def test_a_version_with_a_group_stays_as_it_is(as_hannah: Client, study: Study, group: Cohort):
    """It is refused in one sentence, and the page offers no way to it."""
    programme = group.programme
    url = reverse("training:change-programme", args=[study.slug, programme.pk])
    refused = as_hannah.post(url, {**filled(as_hannah, url), "aims": "Other aims"})
    assert refused.status_code == 422
    assert "A group has opened on version 1, so it stays as it is." in refused.content.decode()
    programme.refresh_from_db()
    assert programme.aims == "Recovery, learned together."
    assert (
        url not in as_hannah.get(reverse("training:course", args=[study.slug, programme.pk])).content.decode()
    )


def test_a_new_title_is_that_of_every_version(programme: Programme):
    """A course is renamed whole: its versions stay versions of one course."""
    newer = make_next_version(by=None, programme=programme)
    change_programme(by=None, programme=newer, title="Side by side")
    assert set(Programme.objects.values_list("title", "version")) == {
        ("Side by side", 1),
        ("Side by side", 2),
    }


def test_the_title_of_another_course_is_refused(programme: Programme, study: Study):
    """Two courses don't become one by their names."""
    other = create_programme(by=None, study=study, title="Telling")
    with pytest.raises(ValidationError, match="“Telling” already"):
        change_programme(by=None, programme=programme, title=other.title)


def test_materials_stay_with_their_session(programme: Programme, material_for_part: Callable[..., Material]):
    """A session that is moved keeps what belongs to it; of one that goes, it belongs to the whole course."""
    change_programme(by=None, programme=programme, title="X", parts=[Outlined("Plans"), Outlined("Who?")])
    cards = material_for_part("Cards", part=programme.parts.get(title="Who?"))
    change_programme(by=None, programme=programme, title="X", parts=[Outlined("Who?"), Outlined("Plans")])
    cards.refresh_from_db()
    assert (cards.part.number, cards.part.title) == (1, "Who?")
    change_programme(by=None, programme=programme, title="X", parts=[Outlined("Plans")])
    cards.refresh_from_db()
    assert cards.part is None
