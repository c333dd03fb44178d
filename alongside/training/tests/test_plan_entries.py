"""A learner's own plan: lines added, changed, done, taken out."""

import pytest
from django.test import Client
from django.urls import reverse

from alongside.accounts.models import Study
from alongside.people.models import Person
from alongside.training.actions import add_to_plan
from alongside.training.models import PlanEntry
from tests.support.editing import seen


@pytest.fixture
def plan(rowans_link: str) -> str:
    return reverse("training:my-plan", kwargs={"token": rowans_link})


@pytest.fixture
def entry(rowan: Person) -> PlanEntry:
    return add_to_plan(by=rowan, person=rowan, kind="try", words="Ask for the chairs to be moved")


def of(name: str, link: str, entry: PlanEntry) -> str:
    return reverse(f"training:{name}", kwargs={"token": link, "entry": entry.pk})


def test_a_learner_writes_their_plan(client: Client, plan: str):
    """Several lines, of four kinds, in their own words."""
    for kind in PlanEntry.Kind.values:
        assert client.post(plan, {"kind": kind, "words": f"Mine, {kind}"}).status_code == 302
    page = client.get(plan).content.decode()
    assert all(f"Mine, {kind}" in page for kind in PlanEntry.Kind.values)


@pytest.mark.parametrize("typed", [{"kind": "try", "words": " "}, {"kind": "score", "words": "7"}])
def test_what_is_no_line_is_refused(client: Client, plan: str, typed: dict[str, str]):
    """Without words, or of a kind that there is not."""
    assert client.post(plan, typed).status_code == 422
    assert not PlanEntry.objects.exists()


def test_a_line_is_put_differently(client: Client, rowans_link: str, entry: PlanEntry):
    """Its words and its kind."""
    url = of("my-plan-entry", rowans_link, entry)
    typed = {**seen(client, url), "kind": "hope", "words": "To be asked"}
    assert client.post(url, typed).status_code == 302
    entry.refresh_from_db()
    assert (entry.kind, entry.words) == ("hope", "To be asked")


def test_a_line_is_done_or_not(client: Client, rowans_link: str, entry: PlanEntry):
    """Either can be said, as often as one likes; anything else is refused."""
    url = of("my-plan-done", rowans_link, entry)
    for said, done in (("yes", True), ("yes", True), ("no", False)):
        assert client.post(url, {"done": said}).status_code == 302
        entry.refresh_from_db()
        assert bool(entry.done) is done
    assert client.post(url, {"done": "half"}).status_code == 422


def test_a_line_is_taken_out(client: Client, rowans_link: str, entry: PlanEntry):
    """Nothing of it is kept."""
    assert client.post(of("my-plan-drop", rowans_link, entry)).status_code == 302
    assert not PlanEntry.objects.exists()


def test_nobody_else_reads_or_writes_it(
    client: Client, as_hannah: Client, study: Study, alisons_link: str, entry: PlanEntry
):
    """Not by another's link, and not by signing in with a role."""
    for name in ("my-plan-entry", "my-plan-done", "my-plan-drop"):
        assert client.post(of(name, alisons_link, entry), {"done": "yes"}).status_code == 404
        signed_in = reverse(f"training:{name}", args=[study.slug, entry.pk])
        assert as_hannah.post(signed_in, {"done": "yes"}).status_code == 404
    assert PlanEntry.objects.get().done is None


def test_the_page_costs_the_same_however_long_the_plan(
    client: Client, plan: str, rowan: Person, django_assert_max_num_queries
):
    """Forty lines take as many queries as none."""
    for number in range(40):
        add_to_plan(by=None, person=rowan, kind="try", words=f"Line {number}")
    with django_assert_max_num_queries(10):
        client.get(plan)
