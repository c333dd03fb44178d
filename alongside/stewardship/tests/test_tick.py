"""`alongside tick`: reminders go once, to those who want them, by the clocks on the wall."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from pytest_django import Settings

from alongside.accounts.models import Study, User
from alongside.people.actions import choose_contact, make_link
from alongside.people.models import AccessGrant, ContactPoint, Person
from alongside.stewardship.tests.ticking import DAY, EARLY, MORNING, letters, to_whom
from alongside.stewardship.ticking import tick
from alongside.training.actions import (
    cancel_session,
    change_cohort,
    change_session,
    create_programme,
    decide_reminding,
    enrol_person,
    leave_cohort,
    open_cohort,
    plan_session,
)
from alongside.training.models import Cohort, Enrolment, Reminder, Session

pytestmark = pytest.mark.usefixtures("site")


def test_a_reminder_goes_two_days_before_and_on_the_morning(session: Session, place: Enrolment):
    """Not earlier, once each, and neither comes after the session began."""
    tick(EARLY - timedelta(minutes=2))
    assert to_whom() == []
    tick(EARLY)
    tick(EARLY + timedelta(hours=1))
    assert to_whom() == ["rowan@example.org"]
    tick(MORNING)
    tick(MORNING + timedelta(minutes=1))
    assert to_whom() == ["rowan@example.org"] * 2
    assert set(Reminder.objects.values_list("ordinal", "means")) == {(1, "email"), (2, "email")}
    assert Reminder.objects.filter(sent=None).count() == 0


def test_what_was_missed_is_not_made_up_for(session: Session, place: Enrolment):
    """After days without a tick, only the last of the reminders goes; after the start, none."""
    tick(MORNING)
    assert len(letters()) == 1
    assert Reminder.objects.get().ordinal == 2
    tick(session.starts + timedelta(seconds=1))
    assert len(letters()) == 1


def test_the_letter_tells_a_passer_by_nothing(session: Session, place: Enrolment, rowan: Person):
    """Neither course nor group is in it; day, time, place, the way to one’s page, and how to stop."""
    tick(EARLY)
    (letter,) = letters()
    assert letter.subject == "A reminder from Merebank Recovery College"
    words = str(letter.body)
    assert "Thursday 14 January 2027, 10:30 to 12:00" in words
    assert "Ferry Hall" in words
    assert "Please do not get in touch" in words
    for secret in ("voices", "Group 5", "Who decides"):
        assert secret not in words + letter.subject


def test_the_link_opens_the_persons_own_page(session: Session, place: Enrolment, client: Any):
    """It is a link of its own: it ends soon after the session, and no other link ends for it."""
    other = make_link(by=None, person=place.person, purpose=AccessGrant.MY_PAGE)
    tick(EARLY)
    words = str(letters()[0].body)
    address = next(line for line in words.splitlines() if line.startswith("https://") and "sessions" in line)
    assert client.get(address.removeprefix("https://alongside.example.org")).status_code == 200
    grant = AccessGrant.objects.get(object="reminder")
    assert grant.expires == session.ends + timedelta(days=2)
    assert client.get(f"/me/{other}/sessions/").status_code == 200


def test_no_link_goes_to_an_address_that_a_link_holder_may_have_put_in(
    session: Session, place: Enrolment, rowan: Person
):
    """Whoever has someone's link could write in their own address, and be sent links for ever after."""
    make_link(by=None, person=rowan, purpose=AccessGrant.MY_PAGE)
    choose_contact(
        by=rowan,
        person=rowan,
        language="en-gb",
        format="standard",
        preferred="email",
        email="new@example.org",
    )
    tick(EARLY)
    (letter,) = letters()
    assert letter.to == ["new@example.org"]
    assert "https://" not in str(letter.body)
    assert not AccessGrant.objects.filter(object="reminder").exists()


def test_nothing_goes_to_a_members_address_that_nobody_vouched_for(
    session: Session, group: Cohort, study: Study, hannah: User
):
    """Someone gave the address of a member of the team: until it is said who that is, a person tells them."""
    person = Person.objects.create(study=study, name="Robin")
    ContactPoint.objects.create(person=person, kind="email", value="Hannah@example.org", preferred=True)
    enrol_person(by=None, cohort=group, person=person)
    done = tick(EARLY)
    assert letters() == []
    assert any(line.startswith("1 to be told by hand") for line in done.lines)


@pytest.mark.parametrize("ends", ["cancelled", "left", "no word wanted"])
def test_none_after(ends: str, session: Session, place: Enrolment, rowan: Person):
    """A session that was cancelled, a place that was given back, a person who wants no word."""
    if ends == "cancelled":
        cancel_session(by=None, session=session)
    elif ends == "left":
        leave_cohort(by=None, enrolment=place)
    else:
        choose_contact(
            by=rowan, person=rowan, language="en-gb", format="standard", preferred="", email="r@example.org"
        )
    tick(EARLY)
    tick(MORNING)
    assert letters() == []


@pytest.mark.parametrize("state", ["applied", "waiting", "left", "declined"])
def test_only_those_who_have_a_place(state: str, session: Session, place: Enrolment):
    """Whoever asked, waits, left or said no is reminded of nothing."""
    Enrolment.objects.update(state=state)
    tick(EARLY)
    assert letters() == []


def test_a_moved_session_is_told_anew(session: Session, place: Enrolment):
    """At once if its old time was told, however far off; and moved back to the first, a third time."""
    tick(EARLY)
    later = DAY + timedelta(days=60)
    change_session(
        by=None, session=session, title="Who decides?", on=later, starts=time(10, 30), ends=time(12)
    )
    tick(EARLY + timedelta(minutes=1))
    tick(EARLY + timedelta(minutes=2))
    assert len(letters()) == 2
    assert "The time or place of your session has changed" in str(letters()[1].body)
    assert "Monday 15 March 2027" in str(letters()[1].body)
    change_session(by=None, session=session, title="Who decides?", on=DAY, starts=time(10, 30), ends=time(12))
    tick(EARLY + timedelta(minutes=3))
    assert len(letters()) == 3
    assert "Thursday 14 January 2027" in str(letters()[2].body)
    assert "has changed" in str(letters()[2].body)


@pytest.mark.parametrize("new", [{"place": "The mill"}, {"link": "https://meet.example.org/x"}])
def test_another_place_is_told_like_another_time(session: Session, place: Enrolment, new: dict[str, str]):
    """After both reminders went, and as often as it changes; a second tick, or saving it again, adds none."""
    tick(EARLY)
    tick(MORNING)
    for minute in (1, 2):
        change_session(
            by=None, session=session, title="Who decides?", on=DAY, starts=time(10, 30), ends=time(12), **new
        )
        tick(MORNING + timedelta(minutes=minute))
    assert len(letters()) == 3
    words = str(letters()[2].body)
    assert "The time or place of your session has changed" in words
    assert new.get("place", "It is online") in words
    change_session(by=None, session=session, title="Who decides?", on=DAY, starts=time(10, 30), ends=time(12))
    tick(MORNING + timedelta(minutes=3))
    tick(MORNING + timedelta(minutes=4))
    assert len(letters()) == 4
    assert "Ferry Hall" in str(letters()[3].body)


def test_another_place_of_the_group_is_told_where_a_session_has_none_of_its_own(
    session: Session, place: Enrolment, group: Cohort
):
    """Once; of a session that meets elsewhere anyway nothing has changed."""
    tick(EARLY)
    moving = {"by": None, "cohort": group, "name": group.name, "capacity": group.capacity}
    change_cohort(**moving, place="The mill")
    for minute in (1, 2):
        tick(EARLY + timedelta(minutes=minute))
    assert len(letters()) == 2
    assert "The mill" in str(letters()[1].body)
    Session.objects.update(place="The library")
    change_cohort(**moving, place="Ferry Hall")
    tick(EARLY + timedelta(minutes=3))
    assert len(letters()) == 2


def test_who_was_told_of_a_session_that_is_cancelled_then_is_to_be_rung(
    session: Session, place: Enrolment, group: Cohort, study: Study
):
    """No letter goes, and the run says how many to tell by hand; who joined since knows nothing of it."""
    tick(EARLY)
    later = Person.objects.create(study=study, name="Robin")
    ContactPoint.objects.create(person=later, kind="email", value="robin@example.org", preferred=True)
    enrol_person(by=None, cohort=group, person=later)
    cancel_session(by=None, session=session)
    for minute in (1, 2):
        done = tick(EARLY + timedelta(minutes=minute))
        assert any(line.startswith("1 to be told by hand") for line in done.lines)
    assert to_whom() == ["rowan@example.org"]


def test_a_session_moved_before_anybody_was_told_is_told_as_any_other(session: Session, place: Enrolment):
    """Its time alone is told."""
    change_session(
        by=None,
        session=session,
        title="Who decides?",
        on=DAY,
        starts=time(14),
        ends=time(16),
        place="The mill",
    )
    tick(EARLY)
    (letter,) = letters()
    assert "14:00 to 16:00" in str(letter.body)
    assert "has changed" not in str(letter.body)


def test_a_new_title_is_no_new_time(session: Session, place: Enrolment):
    """Nobody is told twice for it."""
    tick(EARLY)
    change_session(by=None, session=session, title="Who else?", on=DAY, starts=time(10, 30), ends=time(12))
    tick(EARLY + timedelta(hours=1))
    assert len(letters()) == 1


@pytest.mark.parametrize(
    ("day", "due"),
    [
        # Clocks in London go forward on 28 March 2027 at 1:00, and back on 31 October at 2:00.
        (date(2027, 3, 29), datetime(2027, 3, 27, 10, tzinfo=UTC)),
        (date(2027, 3, 30), datetime(2027, 3, 28, 9, tzinfo=UTC)),
        (date(2027, 11, 1), datetime(2027, 10, 30, 9, tzinfo=UTC)),
        (date(2027, 11, 2), datetime(2027, 10, 31, 10, tzinfo=UTC)),
    ],
)
def test_by_the_clocks_on_the_wall(day: date, due: datetime, group: Cohort, place: Enrolment):
    """At ten in the morning two days before, whatever the clocks did in between."""
    plan_session(by=None, cohort=group, title="Later", on=day, starts=time(13), ends=time(14))
    tick(due - timedelta(seconds=1))
    assert letters() == []
    tick(due)
    assert len(letters()) == 1


def test_a_time_that_the_clocks_skip_comes_an_hour_on(group: Cohort, place: Enrolment, hannah: User):
    """Half past one on the night the clocks go forward: it goes all the same."""
    decide_reminding(by=hannah, cohort=group, early_days=1, early_at=time(1, 30), morning_at=None)
    plan_session(by=None, cohort=group, title="Later", on=date(2027, 3, 29), starts=time(13), ends=time(14))
    tick(datetime(2027, 3, 28, 1, 29, tzinfo=UTC))
    assert letters() == []
    tick(datetime(2027, 3, 28, 1, 30, tzinfo=UTC))
    assert len(letters()) == 1


def test_in_the_zone_of_the_group(study: Study, rowan: Person):
    """A group in Auckland is reminded by its own clocks."""
    programme = create_programme(by=None, study=study, title="Far")
    far = open_cohort(by=None, study=study, programme=programme, name="Far", time_zone="Pacific/Auckland")
    enrol_person(by=None, cohort=far, person=rowan)
    plan_session(by=None, cohort=far, title="One", on=DAY, starts=time(10), ends=time(12))
    due = datetime(2027, 1, 11, 21, tzinfo=UTC)
    tick(due - timedelta(seconds=1))
    assert letters() == []
    tick(due)
    assert "10:00 to 12:00" in str(letters()[0].body)


def test_in_the_language_of_the_person(session: Session, place: Enrolment, settings: Settings):
    """Days and months are as they are called there."""
    settings.LANGUAGES = [("en-gb", "English"), ("de", "Deutsch")]
    Person.objects.filter(pk=place.person_id).update(language="de")
    tick(EARLY)
    assert "Donnerstag 14 Januar 2027" in str(letters()[0].body)
