"""A study with machine help switched on, and the model that it asks."""

from collections.abc import Callable, Iterator

import pytest

from alongside.accounts.models import Study, User
from alongside.analysis import prompts
from alongside.analysis.actions import switch_machine_help
from alongside.analysis.models import MachineHelp
from alongside.analysis.tests.model_server import Heard, listening
from alongside.people.actions import record_consent
from alongside.people.models import ConsentText, Person


@pytest.fixture
def model() -> Iterator[Heard]:
    """A server on this machine that keeps what it gets."""
    with listening() as heard:
        yield heard


@pytest.fixture
def machine(study: Study, hannah: User, model: Heard) -> MachineHelp:
    """Machine help is switched on in the study, and asks that server."""
    return switch_machine_help(by=hannah, study=study, is_on=True, address=model.address, model="small")


@pytest.fixture
def stops_machine_help(consent_texts: dict[str, ConsentText]) -> Callable[[Person], None]:
    """Somebody no longer agrees that a machine reads what they said."""

    def stops(person: Person) -> None:
        record_consent(by=person, person=person, text=consent_texts["machine_help"], decision="stopped")

    return stops


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """A question holds so little that Rowan's interview takes several."""
    monkeypatch.setattr(prompts, "A_PART", 150)
