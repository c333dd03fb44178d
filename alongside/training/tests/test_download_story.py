import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from alongside.audit.models import Export
from alongside.people.models import Person
from alongside.training.actions import change_story, download_story
from alongside.training.models import Cohort, Copy, Enrolment, Narrative
from alongside.training.tests.telling import told


@pytest.fixture
def take(alisons_link: str, story: Narrative, shared: Cohort, alison_enrolled: Enrolment) -> str:
    return reverse("training:my-story-copy", kwargs={"token": alisons_link, "narrative": story.pk})


@pytest.fixture
def may_be_taken(story: Narrative) -> Narrative:
    return change_story(by=story.teller, narrative=story, **told(may_download=True))


@pytest.mark.parametrize(("format", "begins"), [("txt", b"Asking"), ("pdf", b"%PDF-")])
def test_a_reader_takes_a_copy(
    client: Client, take: str, may_be_taken: Narrative, alison: Person, format: str, begins: bytes
):
    """A file, one line in the register of what left, and one row that says who took it, when and as what."""
    answer = client.post(take, {"format": format})
    content = b"".join(answer.streaming_content)
    assert content.startswith(begins)
    assert answer.headers["Cache-Control"] == "no-store"
    copy = Copy.objects.get()
    assert (copy.narrative, copy.reader, copy.format, copy.cohort.name) == (
        may_be_taken,
        alison,
        format,
        "Group 5",
    )
    assert Export.objects.get().what == "story"
    assert "Alison" not in Export.objects.get().about


def test_words_are_never_markup(client: Client, take: str, may_be_taken: Narrative):
    """What a teller types is set as it is, whatever a typesetter would make of it."""
    Narrative.objects.update(words='#panic("no") = Heading *bold* \\ $x$ <a> @b')
    answer = client.post(take, {"format": "pdf"})
    assert b"".join(answer.streaming_content).startswith(b"%PDF-")


def test_only_if_the_teller_allows_it(client: Client, take: str, story: Narrative, alison: Person):
    """To be read is not to be taken along; nothing is noted."""
    assert "Take a copy" not in client.get(take.replace("copy/", "")).content.decode()
    answer = client.post(take, {"format": "txt"})
    assert answer.status_code == 422
    assert "not take it with them" in answer.content.decode()
    assert not Copy.objects.exists()
    assert not Export.objects.exists()


def test_only_as_one_of_two_kinds(client: Client, take: str, may_be_taken: Narrative):
    """Anything else is refused in a sentence."""
    answer = client.post(take, {"format": "docx"})
    assert answer.status_code == 422
    assert not Copy.objects.exists()


def test_nobody_takes_what_they_can_t_read(may_be_taken: Narrative, wren: Person):
    """Without a place in the group there is no copy."""
    with pytest.raises(ValidationError, match="not take it with them"):
        download_story(by=wren, reader=wren, narrative=may_be_taken, format="txt")
