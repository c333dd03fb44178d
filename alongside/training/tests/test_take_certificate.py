import re

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from alongside.audit.models import Entry, Export
from alongside.people.actions import describe_standpoint
from alongside.people.models import Person
from alongside.training.actions import complete_course, take_certificate
from alongside.training.models import Cohort, Completion, Enrolment, Session
from alongside.training.printing import on_certificate

A4 = re.compile(rb"/MediaBox ?\[0 0 595\.\d+ 841\.\d+\]")


@pytest.fixture
def completion(group: Cohort, past_session: Session, rowan_enrolled: Enrolment) -> Completion:
    return complete_course(by=None, cohort=group, people=[rowan_enrolled.person])[0]


@pytest.fixture
def url(rowans_link: str, completion: Completion) -> str:
    return reverse("training:my-certificate", kwargs={"token": rowans_link, "completion": completion.pk})


def test_a_learner_takes_their_certificate(client: Client, url: str, completion: Completion):
    """A tagged PDF on A4, one line in the register, and no name kept anywhere."""
    answer = client.post(url, {"name": "  Rowan   Ash "})
    content = b"".join(answer.streaming_content)
    assert content.startswith(b"%PDF-")
    assert A4.search(content)
    assert b"pdfuaid" in content
    assert Export.objects.get().what == "certificate"
    assert "Ash" not in str(Entry.objects.get(verb="export").__dict__)
    assert not Person.objects.filter(name__contains="Ash").exists()


def test_it_says_name_course_group_days_and_college(completion: Completion):
    """Under the name its owner chose, with a number and where to ask after it."""
    words = on_certificate(completion, "R. Ash", "https://college.example/")
    assert (words["name"], words["course"], words["group"], words["college"]) == (
        "R. Ash",
        "Working alongside",
        "Group 5",
        "Merebank Recovery College",
    )
    assert completion.number in words["number"]
    assert f"https://college.example/certificates/{completion.number}/" in words["check"]


def test_it_tells_of_no_standpoint(completion: Completion):
    """However somebody describes themselves, the same is printed."""
    before = on_certificate(completion, "R. Ash", "https://college.example/")
    describe_standpoint(by=None, person=completion.person, kind="practitioner")
    assert on_certificate(completion, "R. Ash", "https://college.example/") == before


@pytest.mark.parametrize("name", ["", "   "])
def test_a_name_is_needed(client: Client, url: str, completion: Completion, name: str):
    """Any name; nothing is no name."""
    assert client.post(url, {"name": name}).status_code == 422
    with pytest.raises(ValidationError, match="what name is printed"):
        take_certificate(by=completion.person, completion=completion, name=name, site="http://x/")
    assert not Export.objects.exists()


def test_words_are_never_markup(client: Client, url: str):
    """A name is set as it is typed."""
    answer = client.post(url, {"name": '#panic("x") *a* $b$ <c> \\ "'})
    assert b"".join(answer.streaming_content).startswith(b"%PDF-")


def test_nobody_elses_is_there(client: Client, alisons_link: str, completion: Completion):
    """It is its owner's."""
    other = reverse("training:my-certificate", kwargs={"token": alisons_link, "completion": completion.pk})
    assert client.post(other, {"name": "Alison"}).status_code == 404
    listed = client.get(reverse("training:my-certificates", kwargs={"token": alisons_link}))
    assert completion.number not in listed.content.decode()


def test_anyone_can_ask_whether_it_is_real(client: Client, completion: Completion, rowan: Person):
    """They learn the course and the month, and neither the name nor the group. Capitals are no matter."""
    page = client.get(reverse("training:certificate", args=[completion.number.lower()])).content.decode()
    assert "this certificate is real" in page
    assert "Working alongside" in page
    for unsaid in ("Rowan", "Group 5", str(completion.pk), str(rowan.pk)):
        assert unsaid not in page


def test_a_number_that_nobody_has(client: Client, completion: Completion):
    """The page says so, with status 404."""
    answer = client.get(reverse("training:certificate", args=["2222-2222-2222"]))
    assert answer.status_code == 404
    assert "No certificate has this number" in answer.content.decode()
