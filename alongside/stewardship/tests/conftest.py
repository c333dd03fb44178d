from collections.abc import Iterator
from datetime import time

import pytest
from pytest_django import Settings

from alongside.accounts.models import Study, User
from alongside.people.actions import add_person, publish_consent_text, record_consent
from alongside.people.models import Participant, Person, Purpose, WorkingRelationship
from alongside.stewardship.moving import MOVES, model_of
from alongside.stewardship.tests.ticking import DAY, Noted
from alongside.training.actions import create_programme, enrol_person, open_cohort, plan_session
from alongside.training.models import Cohort, Enrolment, Session
from tests.support.world import World, one_of_everything


@pytest.fixture
def robin(study: Study) -> Person:
    """Has said nothing yet."""
    return Person.objects.create(study=study, name="Robin")


@pytest.fixture
def twice(rowan: Person) -> Person:
    """A second record of Rowan's, by another address."""
    return add_person(
        by=None, study=rowan.study, name="Rowan Ellis", email="r.ellis@example.org", phone="01632 960 144"
    )


def everything() -> dict[str, list]:
    """Every row that leads to a person by itself, whoever it is of."""
    models = {Person, WorkingRelationship}
    models |= {model_of(key)[0] for key in MOVES}
    return {m._meta.label: sorted(map(str, m._base_manager.values_list())) for m in models}


def agrees_to_everything(study: Study, person: Person, on_stop: str) -> None:
    for purpose in Purpose:
        text = publish_consent_text(
            by=None, study=study, purpose=purpose, wording=f"{purpose.label}: {on_stop}.", on_stop=on_stop
        )
        record_consent(by=None, person=person, text=text, decision="granted")


@pytest.fixture
def world(
    study: Study,
    hilary: User,
    rowan: Person,
    rowan_as_participant: Participant,
    alison_as_participant: Participant,
) -> World:
    """One of everything about Rowan, whose texts promise to erase."""
    return one_of_everything(study, rowan, rowan_as_participant, by=hilary, other=alison_as_participant)


@pytest.fixture
def site(settings: Settings) -> None:
    settings.ALONGSIDE_ADDRESS = "https://alongside.example.org"


@pytest.fixture
def group(study: Study) -> Cohort:
    """A group whose course says in its title what nobody else is to read."""
    programme = create_programme(by=None, study=study, title="Hearing voices")
    return open_cohort(by=None, study=study, programme=programme, name="Group 5", place="Ferry Hall")


@pytest.fixture
def session(group: Cohort) -> Session:
    return plan_session(
        by=None, cohort=group, title="Who decides?", on=DAY, starts=time(10, 30), ends=time(12)
    )


@pytest.fixture
def place(group: Cohort, rowan: Person) -> Enrolment:
    return enrol_person(by=None, cohort=group, person=rowan)


@pytest.fixture
def texts(settings: Settings) -> Iterator[list[tuple[str, str]]]:
    """Text messages that went, to a provider that is set up."""
    settings.ALONGSIDE_SMS = f"{Noted.__module__}.Noted"
    Noted.sent.clear()
    yield Noted.sent
    Noted.sent.clear()
