"""A plan of when to ask, a group that has been, and questions of our own."""

from collections.abc import Callable
from datetime import date, time, timedelta

import pytest
from django.utils import timezone

from alongside.accounts.models import Study
from alongside.followup.actions import (
    add_instrument,
    add_timepoint,
    anchor_timepoints,
    create_protocol,
    publish_version,
)
from alongside.followup.models import InstrumentVersion, Protocol, TimepointInstance
from alongside.followup.typed import NewItem
from alongside.people.actions import add_person, make_participant, record_consent
from alongside.people.models import ConsentText, Participant, Person, Purpose
from alongside.training.actions import create_programme, enrol_person, open_cohort, plan_session
from alongside.training.models import Cohort

AGREED = timezone.now() - timedelta(days=200)


@pytest.fixture
def first_day() -> date:
    """The group began three weeks ago."""
    return timezone.localdate() - timedelta(days=21)


@pytest.fixture
def cohort(study: Study, first_day: date) -> Cohort:
    """Group 4: three weekly sessions, the last of them a week ago."""
    programme = create_programme(by=None, study=study, title="Working alongside")
    group = open_cohort(by=None, study=study, programme=programme, name="Group 4", capacity=60)
    for week in range(3):
        plan_session(
            by=None,
            cohort=group,
            title=f"Week {week + 1}",
            on=first_day + timedelta(weeks=week),
            starts=time(10),
            ends=time(12),
            may_be_past=True,
        )
    return group


@pytest.fixture
def enrolled(
    cohort: Cohort,
    rowan: Person,
    alison: Person,
    wren: Person,
    rowan_as_participant: Participant,
    alison_as_participant: Participant,
    wren_as_participant: Participant,
) -> list[Participant]:
    """Rowan, Alison and Wren have a place, a code, and agree to everything."""
    for person in (rowan, alison, wren):
        enrol_person(by=None, cohort=cohort, person=person)
    return [rowan_as_participant, alison_as_participant, wren_as_participant]


@pytest.fixture
def protocol(study: Study) -> Protocol:
    """Before the training, now, and six months on."""
    plan = create_protocol(by=None, study=study, name="Before and after")
    add_timepoint(
        by=None, protocol=plan, name="Before", anchor="first_session", opens_days=-14, closes_days=7
    )
    add_timepoint(
        by=None, protocol=plan, name="Now", anchor="first_session", days=21, opens_days=-7, closes_days=7
    )
    add_timepoint(by=None, protocol=plan, name="Six months on", anchor="last_session", months=6)
    return plan


@pytest.fixture
def anchored(protocol: Protocol, cohort: Cohort, enrolled: list[Participant]) -> list[TimepointInstance]:
    return anchor_timepoints(by=None, protocol=protocol, cohort=cohort)


@pytest.fixture
def now_of(anchored: list[TimepointInstance]) -> Callable[[Participant, str], TimepointInstance]:
    """Called with a participant and the name of a timepoint, gives their instance."""

    def find(participant: Participant, name: str = "Now") -> TimepointInstance:
        return TimepointInstance.objects.get(participant=participant, timepoint__name=name)

    return find


@pytest.fixture
def questions(study: Study) -> InstrumentVersion:
    """Three of our own: two numbers, the second turned round, and words."""
    instrument = add_instrument(by=None, study=study, name="How it is between us", licence="Our own, CC0")
    return publish_version(
        by=None,
        instrument=instrument,
        scoring="sum",
        items=[
            NewItem("I say what I think.", low_label="Never", high_label="Always"),
            NewItem("I keep things to myself.", reverse=True),
            NewItem("What would you change?", kind="words"),
        ],
    )


@pytest.fixture
def people_with_codes(study: Study, cohort: Cohort, consent_texts: dict[str, ConsentText]):
    """Called with a number, adds that many people with a place, a code, and a yes to being asked."""

    def add(count: int) -> list[Participant]:
        made = []
        for _number in range(count):
            person = add_person(by=None, study=study, name=f"Person {Person.objects.count()}")
            for purpose in (Purpose.QUESTIONNAIRES, Purpose.INTERVIEW_CONTACT):
                record_consent(
                    by=None, person=person, text=consent_texts[purpose], decision="granted", at=AGREED
                )
            enrol_person(by=None, cohort=cohort, person=person)
            made.append(make_participant(by=None, person=person))
        return made

    return add


@pytest.fixture
def stops(consent_texts: dict[str, ConsentText]) -> Callable[[Person, str], None]:
    """Called with a person and a purpose, records that they stopped agreeing to it."""

    def stop(person: Person, purpose: str) -> None:
        record_consent(by=None, person=person, text=consent_texts[purpose], decision="stopped")

    return stop
