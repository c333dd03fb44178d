"""A learner's own notes: written, changed, shown, taken back, deleted."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from alongside.accounts.models import Study
from alongside.people.actions import make_link, record_relationship
from alongside.people.models import Person
from alongside.training.actions import show_reflection, write_reflection
from alongside.training.models import Cohort, Enrolment, Facilitation, Reflection
from tests.support.editing import seen


@pytest.fixture
def note(rowan: Person, rowan_enrolled: Enrolment) -> Reflection:
    return write_reflection(by=rowan, person=rowan, words="It went quiet, a good quiet.")


def of(name: str, link: str, note: Reflection) -> str:
    return reverse(f"training:{name}", kwargs={"token": link, "reflection": note.pk})


def trainers_page(client: Client, trainer: Person) -> str:
    link = make_link(by=None, person=trainer, purpose="my_page")
    return client.get(reverse("training:my-leading", kwargs={"token": link})).content.decode()


def test_a_learner_keeps_a_note(client: Client, rowans_link: str):
    """It is theirs alone, and on their page."""
    url = reverse("training:my-reflections", kwargs={"token": rowans_link})
    assert client.post(url, {"words": "It went quiet."}).status_code == 302
    assert Reflection.objects.get().shown_to is None
    assert "It went quiet." in client.get(url).content.decode()
    assert client.post(url, {"words": "  "}).status_code == 422


def test_a_note_is_put_differently(client: Client, rowans_link: str, note: Reflection):
    """The new words stand."""
    url = of("my-reflection", rowans_link, note)
    assert client.post(url, {**seen(client, url), "words": "It went still."}).status_code == 302
    note.refresh_from_db()
    assert note.words == "It went still."


def test_one_note_is_shown_and_taken_back(
    client: Client, rowans_link: str, note: Reflection, group: Cohort, martin: Person,
    martin_leads: Facilitation,
):  # fmt: skip
    """Only that one, only while it is shown, to those who lead the group."""
    write_reflection(by=note.person, person=note.person, words="This one stays mine.")
    assert "good quiet" not in trainers_page(client, martin)
    show = of("my-reflection-show", rowans_link, note)
    assert client.post(show, {"cohort": group.pk}).status_code == 302
    page = trainers_page(client, martin)
    assert "good quiet" in page
    assert "stays mine" not in page
    assert client.post(of("my-reflection-hide", rowans_link, note)).status_code == 302
    assert "good quiet" not in trainers_page(client, martin)


def test_a_trainer_who_works_with_the_learner_does_not_see_it(
    client: Client, note: Reflection, group: Cohort, martin: Person, martin_leads: Facilitation
):
    """Shown to the group's trainers is not shown to one's own practitioner."""
    record_relationship(by=None, one=martin, other=note.person, started=note.person.added.date())
    show_reflection(by=note.person, reflection=note, cohort=group)
    assert "good quiet" not in trainers_page(client, martin)
    assert "Rowan" not in trainers_page(client, martin)


def test_only_to_a_group_of_ones_own(client: Client, alisons_link: str, alison: Person, group: Cohort):
    """Another group is refused."""
    mine = write_reflection(by=alison, person=alison, words="Mine")
    answer = client.post(of("my-reflection-show", alisons_link, mine), {"cohort": group.pk})
    assert answer.status_code == 422
    with pytest.raises(ValidationError, match="in which you have a place"):
        show_reflection(by=alison, reflection=mine, cohort=group)


def test_a_note_is_deleted(client: Client, rowans_link: str, note: Reflection):
    """Nothing of it is kept."""
    assert client.post(of("my-reflection-drop", rowans_link, note)).status_code == 302
    assert not Reflection.objects.exists()


def test_nobody_else_opens_it(
    client: Client, as_hannah: Client, study: Study, alisons_link: str, note: Reflection, group: Cohort
):
    """Not by another's link, and not by signing in with a role."""
    for name in ("my-reflection", "my-reflection-show", "my-reflection-hide", "my-reflection-drop"):
        typed = {"cohort": group.pk, "words": "Theirs"}
        assert client.post(of(name, alisons_link, note), typed).status_code == 404
        signed_in = reverse(f"training:{name}", args=[study.slug, note.pk])
        assert as_hannah.post(signed_in, typed).status_code == 404
    assert Reflection.objects.get().words == "It went quiet, a good quiet."
