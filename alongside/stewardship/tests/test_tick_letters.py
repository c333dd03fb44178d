"""`alongside tick`: offers, pairs, text messages, and who is told by hand."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone
from pytest_django import Settings

from alongside.accounts.models import Study, User
from alongside.accounts.texting import texting
from alongside.exchange.models import PeopleFile
from alongside.exchange.people.actions import keep_people_file
from alongside.people.actions import add_contact
from alongside.people.models import Person, WorkingRelationship
from alongside.stewardship.models import ErasureRequest
from alongside.stewardship.tests.ticking import EARLY, letters
from alongside.stewardship.ticking import tick
from alongside.training.actions import (
    answer_offer,
)
from alongside.training.models import (
    Application,
    Cohort,
    Enrolment,
    OfferBundle,
    PairAsked,
    Reminder,
    Session,
)

pytestmark = pytest.mark.usefixtures("site")


def test_an_offer_is_told_once_and_once_before_it_runs_out(group: Cohort, rowan: Person):
    """And never after it was answered."""
    made = timezone.now()
    bundle = OfferBundle.objects.create(cohort=group, made=made, expires=made + timedelta(days=7))
    offer = Enrolment.objects.create(cohort=group, person=rowan, state="offered", bundle=bundle)
    tick(made + timedelta(minutes=1))
    tick(made + timedelta(days=1))
    assert [message.subject for message in letters()] == ["A letter from Merebank Recovery College"]
    assert "There is a place for you" in str(letters()[0].body)
    tick(made + timedelta(days=5, minutes=1))
    tick(made + timedelta(days=6))
    assert len(letters()) == 2
    assert "There is still a place kept for you" in str(letters()[1].body)
    assert Enrolment.objects.get(pk=offer.pk).state == "offered"


def test_an_answered_offer_is_not_spoken_of_again(group: Cohort, rowan: Person):
    """Whatever the answer was."""
    made = timezone.now()
    bundle = OfferBundle.objects.create(cohort=group, made=made, expires=made + timedelta(days=7))
    offer = Enrolment.objects.create(cohort=group, person=rowan, state="offered", bundle=bundle)
    answer_offer(by=rowan, enrolment=offer, accepts=False)
    tick(made + timedelta(days=6))
    assert letters() == []


def test_an_offer_that_ran_out_ends(group: Cohort, rowan: Person):
    """It is over, and no letter comes late."""
    made = timezone.now() - timedelta(days=9)
    bundle = OfferBundle.objects.create(cohort=group, made=made, expires=made + timedelta(days=7))
    Enrolment.objects.create(cohort=group, person=rowan, state="offered", bundle=bundle)
    done = tick()
    assert done.lines[0].startswith("1 offers ran out")
    assert Enrolment.objects.get().state == "lapsed"
    assert letters() == []


def test_the_other_half_of_a_pair_is_asked_once_without_a_name(
    group: Cohort, rowan: Person, alison: Person, rowan_and_alison: WorkingRelationship
):
    """The letter doesn't say who asked: whoever reads it over their shoulder learns of no one."""
    until = timezone.now() + timedelta(days=7)
    asked = {"by": alison, "other": rowan, "pair": rowan_and_alison, "answer_until": until}
    PairAsked.objects.create(cohort=group, **asked)
    tick()
    tick()
    (letter,) = letters()
    assert letter.to == ["rowan@example.org"]
    assert "Alison" not in str(letter.body)


@pytest.mark.parametrize("preferred", ["text", "phone"])
def test_a_text_message_goes_where_one_may(
    preferred: str, texts: list[tuple[str, str]], session: Session, place: Enrolment, rowan: Person
):
    """To those who would rather have one, or be rung and gave a number for texts, too."""
    add_contact(by=None, person=rowan, kind="text", value="07700 900123", preferred=preferred == "text")
    if preferred == "phone":
        add_contact(by=None, person=rowan, kind="phone", value="01632 960001", preferred=True)
    tick(EARLY)
    tick(EARLY)
    assert letters() == []
    ((number, words),) = texts
    assert number == "07700 900123"
    assert "Thursday 14 January, 10:30" in words


def test_without_a_way_for_texts_a_person_tells_them(session: Session, place: Enrolment, rowan: Person):
    """Nothing is sent, nothing is taken, and it is said how many wait."""
    add_contact(by=None, person=rowan, kind="text", value="07700 900123", preferred=True)
    done = tick(EARLY)
    assert any(line.startswith("1 to be told by hand") for line in done.lines)
    assert not Reminder.objects.exists()


def test_who_gets_things_read_out_is_told_by_a_person(session: Session, place: Enrolment, rowan: Person):
    """Whatever address is on record."""
    Person.objects.filter(pk=rowan.pk).update(format="aloud")
    done = tick(EARLY)
    assert letters() == []
    assert any(line.startswith("1 to be told by hand") for line in done.lines)


@pytest.fixture
def named(group: Cohort) -> Application:
    """Somebody who was named by one who asked for two places."""
    until = timezone.now() + timedelta(days=14)
    half = Application.objects.create(
        cohort=group, name="Ines", email="ines@example.org", state="asked", answer_until=until
    )
    Application.objects.create(cohort=group, name="Robin", email="robin@example.org", half=half)
    return half


def test_who_was_named_is_written_to_once(named: Application, client: Any):
    """With a link that lets them answer, and without the name of whoever named them."""
    tick()
    tick()
    (letter,) = letters()
    assert letter.to == ["ines@example.org"]
    assert "Robin" not in str(letter.body)
    address = next(line for line in str(letter.body).splitlines() if line.startswith("https://"))
    assert client.get(address.removeprefix("https://alongside.example.org")).status_code == 200


def test_two_places_that_could_not_be_made_are_told_once(named: Application):
    """To whoever had asked for them."""
    Application.objects.filter(pk=named.pk).update(state="said_no")
    Application.objects.filter(name="Robin").update(state="apart")
    tick()
    tick()
    (letter,) = letters()
    assert letter.to == ["robin@example.org"]
    assert "Two places could not be made" in str(letter.body)


def test_without_the_sites_address_no_applicant_is_written_to(named: Application, settings: Settings):
    """They couldn't answer. Nothing is taken, so that the letter goes once there is an address."""
    settings.ALONGSIDE_ADDRESS = ""
    tick()
    assert letters() == []
    settings.ALONGSIDE_ADDRESS = "https://alongside.example.org"
    tick()
    assert len(letters()) == 1


def test_a_steward_is_told_once_a_week_that_something_waits(sunita: User, hannah: User, rowan: Person):
    """Not what, nor about whom; and whoever doesn't keep the data isn't told."""
    ErasureRequest.objects.create(person=rowan)
    monday = datetime(2027, 1, 11, 9, tzinfo=UTC)
    for moment in (monday, monday + timedelta(days=1), monday + timedelta(days=6)):
        tick(moment)
    (letter,) = letters()
    assert letter.to == ["sunita@example.org"]
    assert "Rowan" not in letter.subject + str(letter.body)
    assert "/s/six-months-on/" in str(letter.body)
    tick(monday + timedelta(days=7))
    assert len(letters()) == 2


def test_a_steward_is_not_told_when_nothing_waits(sunita: User):
    """Nor in the night."""
    tick(datetime(2027, 1, 11, 9, tzinfo=UTC))
    assert letters() == []


def test_a_steward_is_not_told_of_whom_they_work_with(priya: User, wren: Person):
    """That there is a letter would tell them."""
    ErasureRequest.objects.create(person=wren)
    tick(datetime(2027, 1, 11, 9, tzinfo=UTC))
    assert letters() == []


def test_tables_of_people_whose_day_is_over_go(sunita: User, study: Study):
    """As they do when the site is visited."""
    keep_people_file(by=sunita, study=study, name="people.csv", data=b"name\nDilys\n")
    PeopleFile.objects.update(at=timezone.now() - timedelta(days=2))
    done = tick()
    assert done.lines[-1].startswith("1 tables of people thrown away")
    assert not PeopleFile.objects.exists()


def test_texts_for_trying_are_kept_in_a_file(settings: Settings, tmp_path: Path):
    """Where a deployer can read what would have gone."""
    settings.ALONGSIDE_DATA, settings.ALONGSIDE_SMS = tmp_path, "alongside.accounts.texting.File"
    texting().send("07700 900123", "A reminder.")
    assert "07700 900123:\nA reminder." in (tmp_path / "text-messages.txt").read_text()


def test_texts_for_trying_are_printed(settings: Settings, capsys: pytest.CaptureFixture[str]):
    """On the terminal, if there is one."""
    settings.ALONGSIDE_SMS = "alongside.accounts.texting.Terminal"
    texting().send("07700 900123", "A reminder.")
    assert "A reminder." in capsys.readouterr().out


def test_a_way_for_texts_that_is_not_there_is_named(settings: Settings):
    """In one sentence, with what the setting says."""
    settings.ALONGSIDE_SMS = "nowhere.Provider"
    with pytest.raises(ImproperlyConfigured, match="there is no such class"):
        texting()
