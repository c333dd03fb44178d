from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alongside.accounts.models import Study, User
from alongside.people.models import Person
from alongside.training.actions import retire_narrative, share_narrative
from alongside.training.models import Narrative

WORDS = "  I was told what would happen.\nThen I asked. "


def told(**changed: Any) -> dict[str, Any]:
    next_month = timezone.localdate() + timedelta(days=30)
    typed = {"title": "Asking", "words": WORDS, "purpose": "To begin with me", "audience": "Group 5"}
    return {**typed, "expires": next_month, **changed}


@pytest.fixture
def story(carys: User, carys_herself: Person) -> Narrative:
    return share_narrative(by=carys, teller=carys_herself, **told())


def test_a_teller_shares_in_their_exact_words(as_carys: Client, study: Study, carys_herself: Person):
    """The words are kept as they were written, spaces and all."""
    answer = as_carys.post(reverse("training:share-narrative", args=[study.slug]), told())
    assert answer.status_code == 302
    story = Narrative.objects.get()
    assert story.words.replace("\r\n", "\n") == WORDS
    assert story.is_shared


def test_nobody_shares_for_someone_else(as_hannah: Client, hannah: User, study: Study, carys_herself: Person):
    """Neither the page nor the action lets a coordinator share a trainer's story."""
    assert as_hannah.post(reverse("training:share-narrative", args=[study.slug]), told()).status_code == 404
    with pytest.raises(ValidationError, match="belongs to its teller"):
        share_narrative(by=hannah, teller=carys_herself, **told())
    assert not Narrative.objects.exists()


def test_a_story_is_shared_for_a_time(as_carys: Client, study: Study, carys_herself: Person):
    """An expiry in the past is refused."""
    yesterday = timezone.localdate() - timedelta(days=1)
    answer = as_carys.post(reverse("training:share-narrative", args=[study.slug]), told(expires=yesterday))
    assert answer.status_code == 422
    assert not Narrative.objects.exists()


def test_a_teller_takes_it_back(as_carys: Client, study: Study, story: Narrative):
    """Taken back is not shared, at once."""
    as_carys.post(reverse("training:retire-narrative", args=[study.slug, story.pk]))
    story.refresh_from_db()
    assert not story.is_shared


def test_nobody_else_reads_or_retires_it(as_hannah: Client, hannah: User, study: Study, story: Narrative):
    """For everyone but the teller the story is not there."""
    assert "Asking" not in as_hannah.get(reverse("training:stories", args=[study.slug])).content.decode()
    url = reverse("training:retire-narrative", args=[study.slug, story.pk])
    assert as_hannah.post(url).status_code == 404
    with pytest.raises(ValidationError, match="belongs to its teller"):
        retire_narrative(by=hannah, narrative=story)
