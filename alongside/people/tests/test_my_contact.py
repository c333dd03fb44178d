import pytest
from django.test import Client, override_settings

from alongside.accounts.models import User
from alongside.audit.models import Entry
from alongside.people.actions import make_link, publish_consent_text
from alongside.people.models import Barrier, ContactPoint, Participant, Person

EVERYTHING = {
    "preferred": "post",
    "email": "rowan@example.org",
    "phone": "",
    "text": "07700 900123",
    "post": "3 Mill Lane\nMerebank",
    "language": "en-gb",
    "format": "large_print",
}


def seal(page: str) -> str:
    return page.split('name="seen" value="')[1].split('"', maxsplit=1)[0]


def sent(my: str, **changed: str):
    page = Client().get(f"{my}contact/").content.decode()
    return Client().post(f"{my}contact/", {**EVERYTHING, "seen": seal(page), **changed}, follow=True)


def points(person: Person) -> dict[str, tuple[str, bool]]:
    return {p.kind: (p.value.replace("\r", ""), p.preferred) for p in person.contact_points.all()}


def test_a_person_says_how_to_be_reached(my: str, rowan: Person, as_hannah: Client):
    """Each way with its address, the one they would rather have, and the format: the team sees it."""
    assert "Saved. You can change it on any day." in sent(my).content.decode()
    rowan.refresh_from_db()
    assert rowan.format == "large_print"
    assert points(rowan) == {
        "email": ("rowan@example.org", False),
        "text": ("07700 900123", False),
        "post": ("3 Mill Lane\nMerebank", True),
    }
    page = as_hannah.get(f"/s/six-months-on/people/{rowan.pk}/").content.decode()
    assert "In large print" in page
    assert "Post, rather this way" in page


def test_the_page_shows_what_is_on_record(my: str, rowan: Person):
    """What is written down stands in the form; a second address of a kind is shown beside it."""
    ContactPoint.objects.create(person=rowan, kind="email", value="old@example.org")
    page = Client().get(f"{my}contact/").content.decode()
    assert 'value="rowan@example.org"' in page
    assert "E-mail: old@example.org" in page


def test_a_further_address_stays_as_it_is(my: str, rowan: Person):
    """What the form didn't ask about isn't lost."""
    ContactPoint.objects.create(person=rowan, kind="email", value="old@example.org")
    sent(my, email="new@example.org", preferred="email")
    emails = rowan.contact_points.filter(kind="email").order_by("value").values_list("value", "preferred")
    assert list(emails) == [("new@example.org", True), ("old@example.org", False)]


def test_what_is_said_twice_is_written_once(my: str, rowan: Person):
    """The same answers again change nothing, and the record of changes names no value."""
    sent(my)
    sent(my)
    entry = Entry.objects.get(verb="choose_contact")
    assert entry.fields == ["format", "post", "preferred", "text"]
    assert entry.actor == rowan.pk


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"email": "rowan at example"}, "This is not an e-mail address. One looks like robin@example.org."),
        (
            {"preferred": "email", "email": ""},
            "You chose this way. Write it here, or choose another way.",
        ),
        ({"preferred": "phone"}, "You chose this way. Write it here, or choose another way."),
        ({"format": "braille"}, "Select a valid choice"),
        ({"language": "tlh"}, "Select a valid choice"),
    ],
)
def test_bad_answers_are_refused_in_a_sentence(my: str, rowan: Person, wrong: dict, sentence: str):
    """Each says what was expected, and nothing changes."""
    answer = sent(my, **wrong)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert points(rowan) == {"email": ("rowan@example.org", True)}


def test_someone_may_not_want_to_be_reached(my: str, rowan: Person):
    """No way is preferred, and the page says what that means."""
    page = sent(my, preferred="", email="", text="", post="").content.decode()
    assert "We will not get in touch." in page
    assert points(rowan) == {}


def test_the_language_of_the_page_is_theirs(my: str, rowan: Person):
    """Where the pages are translated, they are in the person's language; the words of the study may be in
    more languages, and those can be chosen as well."""
    publish_consent_text(
        by=None, study=rowan.study, purpose="interview", wording="Rozmowa.", on_stop="erase", language="pl"
    )
    with override_settings(LANGUAGES=[("en-gb", "English"), ("cy", "Welsh")]):
        sent(my, language="cy")
        page = Client().get(my)
        assert '<html lang="cy"' in page.content.decode()
        assert page.headers["Content-Language"] == "cy"
        sent(my, language="pl")
        page = Client().get(f"{my}decision/interview/")
    assert '<html lang="en-gb"' in page.content.decode()
    assert "Rozmowa." in page.content.decode()


def test_two_at_once_lose_nothing(my: str, rowan: Person, hannah: User):
    """Someone changes the phone number while the person writes: the person is shown both."""
    page = Client().get(f"{my}contact/").content.decode()
    ContactPoint.objects.create(person=rowan, kind="phone", value="01632 960001")
    answer = Client().post(
        f"{my}contact/", {**EVERYTHING, "phone": "01632 960002", "seen": seal(page)}, follow=True
    )
    assert answer.status_code == 409
    assert "960001" in answer.content.decode()
    assert not rowan.contact_points.filter(value="01632 960002").exists()


def test_the_address_of_a_member_keeps_that_member_out_and_gives_nobody_a_page(
    rowan: Person,
    alison: Person,
    hilary: User,
    rowan_as_participant: Participant,
    rowan_and_alison,
    as_hannah: Client,
):
    """Alison may be Hilary: nothing of Rowan reaches her from now on, and nothing of Alison by it."""
    hers = f"/me/{make_link(by=None, person=alison, purpose='my_page')}/"
    sent(hers, email="Hilary@example.org")
    assert Barrier.objects.filter(user=hilary, participant=rowan_as_participant).exists()
    alison.refresh_from_db()
    assert alison.user is None
    todo = as_hannah.get("/s/six-months-on/people/todo").content.decode()
    assert "Is Alison in the team?" in todo
    as_hannah.post(f"/s/six-months-on/people/{alison.pk}/account/", {"user": str(hilary.pk)})
    assert "Is Alison" not in as_hannah.get("/s/six-months-on/people/todo").content.decode()


def test_who_works_with_the_person_is_not_asked_whether_they_are_a_member(
    as_priya: Client, as_hannah: Client, wren: Person, hilary: User
):
    """Another coordinator says so."""
    ContactPoint.objects.create(person=wren, kind="email", value="hilary@example.org")
    assert "Is Wren in the team?" in as_hannah.get("/s/six-months-on/people/todo").content.decode()
    assert "Is Wren" not in as_priya.get("/s/six-months-on/people/todo").content.decode()
