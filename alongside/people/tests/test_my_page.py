import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from alongside.accounts.models import User
from alongside.people.actions import (
    link_user,
    make_link,
    publish_consent_text,
    record_consent,
    record_relationship,
    revoke_links,
)
from alongside.people.models import AccessGrant, ConsentText, Person, Standpoint


def test_it_shows_every_purpose_with_its_exact_words(my: str, consent_texts: dict[str, ConsentText]):
    """What I share: each thing, my decision, and the words I was shown."""
    page = Client().get(my).content.decode()
    assert "Hello Rowan" in page
    for text in consent_texts.values():
        assert text.wording in page


def test_newer_words_are_pointed_out(my: str, study, consent_texts: dict[str, ConsentText]):
    """A yes to earlier words stands, with those words, and the page asks to read the new ones."""
    publish_consent_text(by=None, study=study, purpose="interview", wording="Newer.", on_stop="erase")
    page = Client().get(my).content.decode()
    assert "The words have changed since." in page
    assert "I agree: An interview." in page


@pytest.mark.parametrize(("said_in", "reads"), [("en-gb", "pl"), ("pl", "en-gb")])
def test_newer_words_in_another_language_are_told_by_their_day(
    said_in: str, reads: str, my: str, rowan: Person
):
    """The first words in Polish came after the third in English: who agreed to those hasn't seen them, and
    who agreed to the Polish ones has seen the newest."""
    given = {"by": None, "study": rowan.study, "purpose": "interview", "on_stop": "erase"}
    texts = {"en-gb": [publish_consent_text(**given, wording=f"English {n}.") for n in (2, 3)][-1]}
    texts["pl"] = publish_consent_text(**given, wording="Po polsku.", language="pl")
    record_consent(by=rowan, person=rowan, text=texts[said_in], decision="granted")
    Person.objects.filter(pk=rowan.pk).update(language=reads)
    page = Client().get(my, headers={"accept-language": "en"}).content.decode()
    assert ("The words have changed since." in page) is (reads == "pl")


def test_looking_changes_nothing_however_often(my: str):
    """A mail scanner or a preview that opens the link uses nothing up and writes nothing."""
    for _time in range(3):
        with CaptureQueriesContext(connection) as queries:
            assert Client().get(my).status_code == 200
        written = [q["sql"] for q in queries if re.match(r"(INSERT|UPDATE|DELETE)", q["sql"])]
        assert written == []


def test_a_link_that_leads_nowhere_says_what_to_do(my: str, rowan: Person):
    """Unknown, run out and taken back get the same plain page."""
    unknown = Client().get("/me/nobody-has-this/")
    AccessGrant.objects.update(expires=timezone.now() - timedelta(seconds=1))
    ran_out = Client().get(my)
    AccessGrant.objects.update(expires=timezone.now() + timedelta(days=1))
    revoke_links(by=None, person=rowan)
    revoked = Client().get(my)
    answers = {
        (a.status_code, a.content.decode().split("<main")[1].split("</main")[0])
        for a in (unknown, ran_out, revoked)
    }
    assert len(answers) == 1
    [(status, words)] = answers
    assert status == 404
    assert "Ask the person who gave you the link for a new one." in words


def test_a_link_for_something_else_does_not_open_it(rowan: Person):
    """A link to a questionnaire isn't a link to everything."""
    token = make_link(by=None, person=rowan, purpose="questionnaires")
    assert Client().get(f"/me/{token}/").status_code == 404


@pytest.mark.parametrize("page", ["", "history/", "choices/", "choices/less/", "stop/", "receipts/"])
def test_no_standpoint_on_any_of_their_pages(page: str, my: str, rowan: Person, alison: Person):
    """The page is the same whoever one is: no word of what anybody is to services."""
    Standpoint.objects.create(person=rowan, kind="own_words", words="A survivor of it")
    content = Client().get(my + page).content.decode()
    for words in ("uses services", "Practitioner", "A survivor of it", "Carer"):
        assert words not in content


def test_signed_in_people_get_the_same_page(as_fern: Client, fern: User, rowan: Person, my: str):
    """One who has an account needs no link, and sees the same page under another address."""
    link_user(by=None, person=rowan, user=fern)
    token = my.removeprefix("/me/").strip("/")
    by_link = Client().get(my).content.decode().replace(f"/me/{token}/", "/s/six-months-on/me/")
    signed_in = as_fern.get("/s/six-months-on/me/").content.decode()
    only_main = [page.split("<main")[1].split("</main")[0] for page in (by_link, signed_in)]
    assert only_main[0] == only_main[1]


def test_someone_who_is_nobody_there_finds_nothing(as_hannah: Client, rowan: Person):
    """A role in a study isn't a person in it, and a visitor is asked to sign in."""
    assert as_hannah.get("/s/six-months-on/me/").status_code == 404
    assert Client().get("/s/six-months-on/me/").status_code == 302


def test_whom_to_talk_to_is_never_the_one_they_work_with(my: str, hannah: User, priya: User, wren: Person):
    """Rowan can write to both coordinators; Wren, who works with Priya, to the other one."""
    assert "priya@example.org" in Client().get(my).content.decode()
    token = make_link(by=None, person=wren, purpose="my_page")
    page = Client().get(f"/me/{token}/").content.decode()
    assert "hannah@example.org" in page
    assert "priya@example.org" not in page
    assert 'href="tel:116123"' in page


def test_a_person_with_nothing_to_decide_is_told_so(study):
    """A study without texts asks nothing."""
    robin = Person.objects.create(study=study, name="Robin")
    token = make_link(by=None, person=robin, purpose="my_page")
    assert "Nothing has been asked of you yet." in Client().get(f"/me/{token}/").content.decode()


def test_the_page_does_not_say_who_works_with_whom(my: str, rowan: Person, alison: Person):
    """Nothing of the other half stands on it."""
    record_relationship(by=None, one=rowan, other=alison, started=date(2022, 5, 1))
    assert "Alison" not in Client().get(my).content.decode()
