import pytest
from django.test import Client

from alongside.accounts.models import Study
from alongside.audit.models import Entry
from alongside.people.models import ContactPoint, Person, Standpoint

PAGE = "/s/six-months-on/people/add/"
DILYS = {
    "name": " Dilys ",
    "email": "dilys@example.org",
    "phone": "01632 960 144",
    "time_zone": "Europe/London",
    "standpoints": ["carer", "uses_services"],
    "own_words": "A survivor",
}


def test_it_adds_a_person_with_everything_they_said(as_hannah: Client, study: Study):
    """Name, contact and any number of descriptions are stored in one go, with entries in the audit."""
    assert as_hannah.post(PAGE, DILYS).status_code == 302
    person = Person.objects.get()
    assert person.name == "Dilys"
    assert {str(standpoint) for standpoint in person.standpoints.all()} == {
        "Carer, family or friend",
        "Person who uses services",
        "A survivor",
    }
    preferred = ContactPoint.objects.get(preferred=True)
    assert preferred.value == "dilys@example.org"
    assert Entry.objects.filter(verb="add_person", object=str(person.pk)).count() == 1


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"name": " "}, "This field is required."),
        ({"email": "dilys"}, "Enter a valid email address."),
        ({"time_zone": "Merebank"}, "“Merebank” is not a time zone such as Europe/London."),
        ({"standpoints": ["boss"]}, "Select a valid choice."),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(
    change: dict, sentence: str, as_hannah: Client, study: Study
):
    """One clear sentence beside the field, and nothing is stored."""
    answer = as_hannah.post(PAGE, {**DILYS, **change})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Person.objects.exists()
    assert not Standpoint.objects.exists()


def test_a_data_steward_cannot_add(as_sunita: Client, study: Study):
    """Seeing people isn't keeping them."""
    assert as_sunita.get(PAGE).status_code == 404
    assert as_sunita.post(PAGE, DILYS).status_code == 404
    assert not Person.objects.exists()
