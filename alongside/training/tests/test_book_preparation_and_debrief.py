from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from alongside.accounts.models import Study
from alongside.training.actions import book_preparation_and_debrief
from alongside.training.models import Facilitation, Session


def test_a_facilitator_is_looked_after(
    as_carys: Client, study: Study, martin_leads: Facilitation, next_week: date
):
    """A facilitator books preparation, debrief and support for one who leads."""
    url = reverse("training:book-preparation-and-debrief", args=[study.slug, martin_leads.pk])
    typed = {
        "preparation": f"{next_week - timedelta(days=2)}T14:00",
        "debrief": f"{next_week}T13:00",
        "supported_by": "Sunita",
    }
    assert as_carys.post(url, typed).status_code == 302
    martin_leads.refresh_from_db()
    assert martin_leads.is_ready
    assert f"{next_week}T13:00" in as_carys.get(url).content.decode()


def test_a_debrief_before_the_end_is_refused(martin_leads: Facilitation, session: Session):
    """Before and after are what they say."""
    with pytest.raises(ValidationError, match="A debrief comes after the session"):
        book_preparation_and_debrief(
            by=None, facilitation=martin_leads, debrief=session.ends - timedelta(minutes=1)
        )
    with pytest.raises(ValidationError, match="Preparation comes before the session"):
        book_preparation_and_debrief(by=None, facilitation=martin_leads, preparation=session.starts)


def test_a_reader_books_nothing(as_fern: Client, study: Study, martin_leads: Facilitation):
    """Without a role in training there is no such page."""
    url = reverse("training:book-preparation-and-debrief", args=[study.slug, martin_leads.pk])
    assert as_fern.get(url).status_code == 404
