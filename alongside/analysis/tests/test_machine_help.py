import pytest
from django.test import Client

from alongside.accounts.models import Study, User
from alongside.analysis.models import MachineHelp
from alongside.audit.models import Entry
from alongside.interviews.models import Transcript
from alongside.people.actions import record_consent
from alongside.people.models import ConsentText, Person

PAGE = "/s/six-months-on/analysis/machine/"
LOCAL = {"is_on": "on", "address": "http://127.0.0.1:11434", "model": "small"}


def filled(client: Client, **said: str) -> dict[str, str]:
    return {"seen": client.get(PAGE).context["form"]["seen"].value(), **said}


def test_it_is_off_until_somebody_switches_it_on(as_hannah: Client):
    """And the page says what it does, and where words go."""
    page = as_hannah.get(PAGE).content.decode()
    assert "It is switched off in this study. Nothing is given to a machine." in page
    assert "Nothing leaves this machine." in page
    assert not MachineHelp.objects.exists()


def test_switching_it_on_and_off(as_hannah: Client, hannah: User, study: Study):
    """On record, with who did it."""
    assert as_hannah.post(PAGE, filled(as_hannah, **LOCAL)).status_code == 302
    decided = MachineHelp.objects.get()
    assert (decided.is_on, decided.address, decided.model) == (True, LOCAL["address"], "small")
    assert decided.changed_by == hannah
    assert Entry.objects.get(verb="switch_machine_help").fields == ["address", "is_on", "model"]
    assert "It is switched on in this study." in as_hannah.get(PAGE).content.decode()
    off = filled(as_hannah, address=LOCAL["address"], model="small")
    assert as_hannah.post(PAGE, off).status_code == 302
    assert not MachineHelp.objects.get().is_on


def test_without_a_model_passages_can_still_be_likened(as_hannah: Client):
    """An address is no must."""
    assert as_hannah.post(PAGE, filled(as_hannah, is_on="on")).status_code == 302
    assert MachineHelp.objects.get().is_on


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"address": "http://192.0.2.1:11434"}, "goes nowhere else"),
        ({"address": "over there"}, "An address looks like"),
        ({"address": "http://no-such-machine.invalid"}, "was found"),
        ({"model": ""}, "Say which model is asked"),
    ],
)
def test_another_machine_is_refused(as_hannah: Client, said: dict[str, str], sentence: str):
    """With a sentence beside the box; nothing is switched on."""
    answer = as_hannah.post(PAGE, filled(as_hannah, **{**LOCAL, **said}))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not MachineHelp.objects.exists()


def test_it_says_how_many_transcripts_may_be_used(
    as_hannah: Client,
    hannah: User,
    wren: Person,
    rowan_transcript: Transcript,
    wren_transcript: Transcript,
    consent_texts: dict[str, ConsentText],
):
    """Those of people who agreed to it."""
    assert "At present 2 of 2 transcripts may be used." in as_hannah.get(PAGE).content.decode()
    record_consent(by=hannah, person=wren, text=consent_texts["machine_help"], decision="stopped")
    assert "At present 1 of 2 transcripts may be used." in as_hannah.get(PAGE).content.decode()


def test_the_number_tells_nothing_of_someone_one_works_with(
    as_priya: Client,
    hannah: User,
    wren: Person,
    rowan_transcript: Transcript,
    wren_transcript: Transcript,
    consent_texts: dict[str, ConsentText],
):
    """Priya works with Wren: to her, Wren's transcript isn't there, whatever Wren agrees to."""
    before = as_priya.get(PAGE).content.decode()
    assert "At present 1 of 1 transcripts may be used." in before
    record_consent(by=hannah, person=wren, text=consent_texts["machine_help"], decision="stopped")
    assert "At present 1 of 1 transcripts may be used." in as_priya.get(PAGE).content.decode()


@pytest.mark.parametrize("who", ["as_hilary", "as_josef", "as_sunita", "as_fern", "as_stranger"])
def test_whoever_does_not_run_the_study_finds_nothing(request: pytest.FixtureRequest, study: Study, who: str):
    """Reading and coding is not deciding where words go."""
    client: Client = request.getfixturevalue(who)
    assert client.get(PAGE).status_code == 404
    assert client.post(PAGE, LOCAL).status_code == 404
    assert not MachineHelp.objects.exists()


def test_off_there_is_no_help(as_hilary: Client, rowan_transcript: Transcript):
    """Its pages aren't there, and no page leads to them."""
    at = f"/s/six-months-on/analysis/transcripts/{rowan_transcript.pk}/"
    for page in ("alike/", "suggestions/", "askings/"):
        assert as_hilary.get(at + page).status_code == 404
    assert as_hilary.post(at + "suggestions/begin/").status_code == 404
    shown = as_hilary.get(at).content.decode()
    assert "suggestions/" not in shown
    assert "alike/" not in shown
