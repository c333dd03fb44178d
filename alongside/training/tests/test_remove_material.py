from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from alongside.accounts.models import Study
from alongside.training.actions import make_next_version, open_cohort, remove_material
from alongside.training.models import Material, Programme


@pytest.fixture
def cards(material_for_part: Callable[..., Material]) -> Material:
    return material_for_part("Cards")


def lies(material: Material) -> Path:
    return Path(settings.ALONGSIDE_DATA) / "files" / material.stored[:2] / material.stored


def test_it_goes_when_it_is_named(
    as_hannah: Client, study: Study, cards: Material, django_capture_on_commit_callbacks
):
    """Naming it confirms it, in capitals or not; the row goes, and the file with it."""
    url = reverse("training:remove-material", args=[study.slug, cards.pk])
    with django_capture_on_commit_callbacks(execute=True):
        assert as_hannah.post(url, {"named": "cards"}).status_code == 302
    assert not Material.objects.exists()
    assert not lies(cards).exists()


def test_it_stays_when_something_else_is_named(as_hannah: Client, study: Study, cards: Material):
    """A wrong name is one sentence, and nothing goes."""
    url = reverse("training:remove-material", args=[study.slug, cards.pk])
    for named in ("Slides", ""):
        answer = as_hannah.post(url, {"named": named})
        assert answer.status_code == 422
    assert lies(cards).exists()
    said = unescape(as_hannah.post(url, {"named": "Slides"}).content.decode())
    assert "“Slides” is not its name. Write “Cards” to remove it." in said


def test_the_file_stays_while_another_version_has_it(
    cards: Material, programme: Programme, django_capture_on_commit_callbacks
):
    """It goes with the last version that holds it."""
    newer = make_next_version(by=None, programme=programme)
    with django_capture_on_commit_callbacks(execute=True):
        remove_material(by=None, material=cards, named="Cards")
    assert newer.materials.get().content()
    with django_capture_on_commit_callbacks(execute=True):
        remove_material(by=None, material=newer.materials.get(), named="Cards")
    assert not lies(cards).exists()


def test_who_loses_it_stands_on_the_page(
    as_hannah: Client, study: Study, cards: Material, programme: Programme
):
    """What has to come down comes down, also from a version that a group takes; the page says whose."""
    open_cohort(by=None, study=study, programme=programme, name="Group 5")
    url = reverse("training:remove-material", args=[study.slug, cards.pk])
    assert "Version 1 is taken by Group 5. They lose it too." in as_hannah.get(url).content.decode()
    assert as_hannah.post(url, {"named": "Cards"}).status_code == 302


def test_a_facilitator_removes_nothing(as_carys: Client, study: Study, cards: Material):
    """Planning is not a facilitator's: the page is not there for them."""
    url = reverse("training:remove-material", args=[study.slug, cards.pk])
    assert as_carys.post(url, {"named": "Cards"}).status_code == 404
    assert Material.objects.exists()
