from django.test import Client

from alongside.accounts.models import Membership, Study, User
from alongside.accounts.permissions import FOUNDER
from alongside.audit.models import Entry

TYPED = {"name": "Second study", "place": "Ferry Lane", "method": "codebook"}


def test_a_coordinator_opens_a_further_study(as_hannah: Client, hannah: User):
    """It opens with the coordinator in the founder's roles, and is on the record."""
    assert as_hannah.get("/studies/new/").status_code == 200
    answer = as_hannah.post("/studies/new/", TYPED)
    study = Study.objects.get(name="Second study")
    assert answer.headers["Location"] == f"/s/{study.slug}/"
    assert (study.place, study.method) == ("Ferry Lane", "codebook")
    assert set(Membership.objects.filter(study=study, user=hannah).values_list("role", flat=True)) == set(
        FOUNDER
    )
    assert Entry.objects.filter(verb="open_study", actor=hannah.pk).count() == 1


def test_a_study_of_the_same_name_has_an_address_of_its_own(as_hannah: Client, study: Study):
    """Two studies may share a name, never an address."""
    as_hannah.post("/studies/new/", TYPED | {"name": study.name})
    assert sorted(Study.objects.values_list("slug", flat=True)) == ["six-months-on", "six-months-on-2"]


def test_a_study_without_a_name_is_refused(as_hannah: Client):
    """One sentence, and nothing is made."""
    answer = as_hannah.post("/studies/new/", TYPED | {"name": " "})
    assert answer.status_code == 422
    assert "Give the study a name" in answer.content.decode()
    assert Study.objects.count() == 1


def test_only_coordinators_open_studies(as_hilary: Client):
    """To anyone else the page does not exist."""
    assert as_hilary.get("/studies/new/").status_code == 404
    assert as_hilary.post("/studies/new/", TYPED).status_code == 404
    assert Study.objects.count() == 1
