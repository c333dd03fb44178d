from django.test import Client
from django.urls import reverse

from alongside.accounts.models import Study
from alongside.training.models import Decision


def test_a_decision_is_logged(as_carys: Client, study: Study):
    """Who proposed it, what changed and whether lived experience was in the room are on the page."""
    typed = {
        "on": "2026-11-19",
        "about": "Chairs in a circle",
        "proposed_by": "Group 5",
        "changed": "No tables",
    }
    answer = as_carys.post(reverse("training:log-decision", args=[study.slug]), typed, follow=True)
    page = answer.content.decode()
    assert "Chairs in a circle" in page
    assert "Not in the room" in page
    assert Decision.objects.get().hours == 0


def test_a_decision_says_who_proposed_it(as_carys: Client, study: Study):
    """Without a proposer nothing is logged."""
    answer = as_carys.post(
        reverse("training:log-decision", args=[study.slug]), {"on": "2026-11-19", "about": "X"}
    )
    assert answer.status_code == 422
    assert not Decision.objects.exists()
