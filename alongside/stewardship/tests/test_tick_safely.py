"""`alongside tick`: what breaks keeps nothing else back, and nothing goes twice."""

import io
from datetime import time, timedelta
from threading import Barrier, Thread

import pytest
from django.core.management import CommandError
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from alongside.accounts.models import Study
from alongside.people.models import ContactPoint, Person
from alongside.stewardship.management.commands.tick import Command
from alongside.stewardship.tests.ticking import DAY, EARLY, Away, Broken, letters, to_whom
from alongside.stewardship.ticking import tick
from alongside.training.actions import (
    create_programme,
    enrol_person,
    open_cohort,
    plan_session,
)
from alongside.training.models import Cohort, Enrolment, OfferBundle, Reminder, Session, Tick

pytestmark = pytest.mark.usefixtures("site")


def test_one_letter_that_fails_keeps_none_back(
    session: Session, group: Cohort, place: Enrolment, wren: Person, settings: Settings
):
    """It is not sent again; the next run says that it may not have gone, once; the command fails."""
    settings.EMAIL_BACKEND = f"{Broken.__module__}.Broken"
    enrol_person(by=None, cohort=group, person=wren)
    ContactPoint.objects.filter(person=wren).update(value="refused@example.org")
    done = tick(EARLY)
    assert to_whom() == ["rowan@example.org"]
    assert done.troubles == ["1 letters could not be sent. “Messages” on the site names them."]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    again = tick(EARLY + timedelta(minutes=11))
    assert to_whom() == ["rowan@example.org"]
    assert any(line.startswith("1 letters of an earlier run may not have gone") for line in again.lines)
    assert again.troubles == []
    assert not any("may not have gone" in line for line in tick(EARLY + timedelta(minutes=12)).lines)


def test_without_a_mail_server_nothing_is_taken(session: Session, place: Enrolment, settings: Settings):
    """The next run, with one, sends it."""
    settings.EMAIL_BACKEND = f"{Away.__module__}.Away"
    assert tick(EARLY).troubles
    assert not Reminder.objects.exists()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert tick(EARLY).troubles == []
    assert to_whom() == ["rowan@example.org"]


def test_a_run_that_died_is_not_repeated(session: Session, group: Cohort, place: Enrolment, rowan: Person):
    """What it had taken may have gone: nobody is told twice."""
    Reminder.objects.create(
        person=rowan,
        kind="session",
        cohort=group,
        occasion=f"{session.pk.hex}.0",
        ordinal=1,
        means="email",
        claim="0" * 32,
        claimed=EARLY,
    )
    done = tick(EARLY + timedelta(minutes=11))
    assert letters() == []
    assert any("1 letters of an earlier run may not have gone" in line for line in done.lines)


@pytest.mark.django_db(transaction=True)
def test_two_at_once_send_once(study: Study, rowan: Person, wren: Person, alison: Person):
    """On either database: whoever comes second finds everything taken."""
    programme = create_programme(by=None, study=study, title="Course")
    group = open_cohort(by=None, study=study, programme=programme, name="Group")
    plan_session(by=None, cohort=group, title="One", on=DAY, starts=time(10, 30), ends=time(12))
    for person in (rowan, wren, alison):
        enrol_person(by=None, cohort=group, person=person)
    ready, troubles = Barrier(3), []

    def run() -> None:
        ready.wait()
        try:
            troubles.extend(tick(EARLY).troubles)
        finally:
            connections.close_all()

    threads = [Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert troubles == []
    assert to_whom() == ["alison@example.org", "rowan@example.org", "wren@example.org"]
    assert Reminder.objects.filter(sent__isnull=False).count() == 3


def test_queries_are_as_many_for_forty_as_for_four(
    study: Study, settings: Settings, session: Session, group: Cohort
):
    """For a batch, not for each person."""

    def more(count: int) -> None:
        have = Person.objects.filter(study=study).count()
        Cohort.objects.update(capacity=have + count)
        for number in range(have, have + count):
            person = Person.objects.create(study=study, name=f"Learner {number}")
            point = {"kind": "email", "value": f"learner{number}@example.org", "preferred": True}
            ContactPoint.objects.create(person=person, **point)
            Enrolment.objects.create(cohort=group, person=person, state="enrolled")

    counts = []
    for count in (1, 4, 40):
        more(count)
        with CaptureQueriesContext(connection) as queries:
            tick(EARLY)
        counts.append(len(queries))
    assert len(letters()) == 45
    # The first run makes the rows that later ones find.
    assert counts[1] == counts[2] <= 70


def test_the_command_says_what_it_did(session: Session, place: Enrolment):
    """One line a kind; and when it last ran is known."""
    out = io.StringIO()
    Command(stdout=out).handle()
    lines = out.getvalue().splitlines()
    assert "0 reminders of sessions sent." in lines
    assert len(lines) == len(set(lines)) == 9
    assert Tick.objects.get().ended is not None


def test_the_command_fails_when_something_did(session: Session, place: Enrolment, settings: Settings):
    """With a status other than 0; what else was due is done."""
    settings.EMAIL_BACKEND = f"{Away.__module__}.Away"
    bundle = OfferBundle.objects.create(cohort=session.cohort, expires=timezone.now() + timedelta(days=9))
    Enrolment.objects.filter(pk=place.pk).update(state="offered", bundle=bundle)
    with pytest.raises(CommandError, match="reminders: Connection refused"):
        Command(stdout=io.StringIO()).handle()


def test_the_demonstration_sends_nothing(session: Session, place: Enrolment, settings: Settings):
    """Its people are invented, and their addresses may not be."""
    settings.DEMONSTRATION = True
    out = io.StringIO()
    Command(stdout=out).handle()
    assert "nothing is sent" in out.getvalue()
    assert not Tick.objects.exists()
