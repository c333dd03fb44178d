from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from alongside.accounts.models import Study, User
from alongside.analysis.models import Coding, Memo, PairNote
from alongside.audit.models import Entry
from alongside.followup.models import Response
from alongside.interviews.models import Interview, Recording, Transcript
from alongside.people.models import ConsentEvent, ContactPoint, Participant, Person
from alongside.people.tests.test_person import without_tokens
from alongside.reporting.models import Quote
from alongside.stewardship.models import Kind, RetentionErasure, RetentionRule
from alongside.stewardship.queries import holding_for
from alongside.vault.files import Damaged, read
from tests.support.editing import filled
from tests.support.world import World, one_of_everything

PAGE = "/s/six-months-on/stewardship/retention/"
LEFT = {
    "audio": Recording,
    "contact": ContactPoint,
    "answers": Response,
    "transcripts": Transcript,
    "consents": ConsentEvent,
}


def periods(**changed: object) -> dict[str, object]:
    given: dict[str, object] = {"ends": (timezone.localdate() - timedelta(days=400)).isoformat()}
    for kind in Kind.values:
        given |= {f"{kind}_months": 12, f"{kind}_anchor": "study_end"}
    return given | changed


def decide(client: Client, **changed: object) -> None:
    sent = {**filled(client, PAGE + "decide/"), **periods(**changed)}
    assert client.post(PAGE + "decide/", sent).status_code == 302


@pytest.fixture
def over(as_sunita: Client, world: World) -> World:
    """The study ended over a year ago, and everything is kept for a year."""
    decide(as_sunita)
    return world


def erase(client: Client, user: User, study: Study, kind: str, name: str = "Six months on") -> int:
    seen = holding_for(study, user, kind).seen
    return client.post(f"{PAGE}{kind}/erase/", {"name": name, "seen": seen}).status_code


def test_nothing_is_due_of_what_nobody_decided(as_sunita: Client, sunita: User, study: Study, world: World):
    """Suggestions are shown as such, and make nothing due."""
    page = as_sunita.get(PAGE).content.decode()
    assert page.count("Suggested, not decided") == len(Kind)
    assert [holding_for(study, sunita, kind).due_rows for kind in Kind.values] == [[]] * len(Kind)
    assert erase(as_sunita, sunita, study, "audio") == 422
    assert Recording.objects.exists()


def test_deciding_erases_nothing(over: World, as_sunita: Client):
    """The rules are there, everything else is too, and the page says from when."""
    assert RetentionRule.objects.count() == len(Kind)
    assert all(model.objects.exists() for model in LEFT.values())
    assert Entry.objects.filter(verb="decide_retention").count() == 1
    assert "Suggested, not decided" not in as_sunita.get(PAGE).content.decode()


@pytest.mark.parametrize("kind", Kind.values)
def test_exactly_what_is_listed_is_erased(
    kind: str, over: World, as_sunita: Client, sunita: User, study: Study, django_capture_on_commit_callbacks
):
    """Each kind by itself: its rows go, the others stay, and one line says how many."""
    listed = holding_for(study, sunita, kind).lines
    assert listed
    assert listed[0].split(":")[0] in as_sunita.get(f"{PAGE}{kind}/").content.decode()
    counts = {name: model.objects.count() for name, model in LEFT.items() if name != kind}
    with django_capture_on_commit_callbacks(execute=True):
        assert erase(as_sunita, sunita, study, kind) == 302
    assert holding_for(study, sunita, kind).rows == []
    assert {name: model.objects.count() for name, model in LEFT.items() if name != kind} == counts
    done = RetentionErasure.objects.get()
    assert (done.kind, done.count, done.by) == (kind, len(listed), sunita)
    assert Entry.objects.filter(verb="erase_due", fields=[kind]).count() == 1


def test_files_go_with_their_rows(
    over: World, as_sunita: Client, sunita: User, study: Study, django_capture_on_commit_callbacks
):
    """The sound, and the file that a transcript was read from, are off the disk."""
    sound, source = Recording.objects.get().sha256, Transcript.objects.get().source_sha256
    with django_capture_on_commit_callbacks(execute=True):
        erase(as_sunita, sunita, study, "audio")
        erase(as_sunita, sunita, study, "transcripts")
    for digest in (sound, source):
        with pytest.raises(Damaged):
            read(digest)


def test_what_rests_on_a_transcript_goes_with_it(over: World, as_sunita: Client, sunita: User, study: Study):
    """Codings and notes, not somebody's own journal; a quote in a finding leaves its gap."""
    erase(as_sunita, sunita, study, "transcripts")
    assert not Coding.objects.exists()
    assert [memo.words for memo in Memo.objects.all()] == ["On my own chair"]
    assert not PairNote.objects.exists()
    assert set(Quote.objects.values_list("revision", "attribution")) == {(None, "")}
    assert Interview.objects.exists()


def test_a_list_that_has_changed_is_read_again(over: World, as_sunita: Client, sunita: User, study: Study):
    """What was added between looking and erasing isn't erased unseen, and nothing else is then either."""
    seen = holding_for(study, sunita, "contact").seen
    ContactPoint.objects.create(person=over["person"], kind="phone", value="01632 960001")
    page = as_sunita.post(f"{PAGE}contact/erase/", {"name": "Six months on", "seen": seen})
    assert page.status_code == 422
    assert "What is due has changed since you looked." in page.content.decode()
    assert ContactPoint.objects.filter(value="01632 960001").exists()
    assert holding_for(study, sunita, "contact").seen in page.content.decode()


@pytest.mark.parametrize("name", ["", "six months on"])
def test_the_name_has_to_be_typed(name: str, over: World, as_sunita: Client, sunita: User, study: Study):
    """As it is; else nothing is erased."""
    assert erase(as_sunita, sunita, study, "contact", name) == 422
    assert ContactPoint.objects.exists()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"audio_months": "-1"}, "greater than or equal to 0"),
        ({"audio_months": "many"}, "whole number"),
        ({"contact_anchor": "transcript"}, "not one of the available choices"),
    ],
)
def test_periods_that_make_no_sense_are_refused(
    changed: dict[str, str], said: str, as_sunita: Client, study: Study
):
    """One sentence beside the field, and nothing decided."""
    page = as_sunita.post(PAGE + "decide/", periods(**changed))
    assert page.status_code == 422
    assert said in page.content.decode()
    assert not RetentionRule.objects.exists()


def test_sound_is_counted_from_its_own_transcript(over: World, as_sunita: Client, sunita: User, study: Study):
    """A month after the transcript was checked, whether the study has ended or not; before that, never."""
    decide(as_sunita, ends="", audio_months=1, audio_anchor="transcript")
    assert holding_for(study, sunita, "audio").due_rows == []
    Transcript.objects.update(imported=timezone.now() - timedelta(days=400))
    assert holding_for(study, sunita, "audio").due_rows == []
    Transcript.objects.update(checked=timezone.now() - timedelta(days=40))
    assert len(holding_for(study, sunita, "audio").due_rows) == 1
    Transcript.objects.update(interview=None)
    assert holding_for(study, sunita, "audio").due_rows == []


def test_what_belongs_to_whom_one_works_with_is_not_counted_listed_or_erased(
    as_priya: Client,
    priya: User,
    as_sunita: Client,
    study: Study,
    hilary: User,
    wren: Person,
    wren_as_participant: Participant,
    alison_as_participant: Participant,
    django_capture_on_commit_callbacks,
):
    """To Priya, who works with Wren, the pages are the same before and after there is all of it."""
    decide(as_sunita)
    pages = [PAGE, *(f"{PAGE}{kind}/" for kind in Kind.values)]
    before = [without_tokens(as_priya.get(page).content) for page in pages]
    one_of_everything(study, wren, wren_as_participant, by=hilary, other=alison_as_participant)
    assert [without_tokens(as_priya.get(page).content) for page in pages] == before
    for kind in Kind.values:
        erase(as_priya, priya, study, kind)
    assert Recording.objects.exists()
    assert Transcript.objects.exists()
    assert ConsentEvent.objects.filter(person=wren).exists()


def test_other_roles_find_nothing(as_hannah: Client, as_hilary: Client, study: Study):
    """Keeping and erasing is the data steward's."""
    for client in (as_hannah, as_hilary):
        assert client.get(PAGE).status_code == 404
        assert client.get(PAGE + "decide/").status_code == 404
        assert client.post(PAGE + "audio/erase/", {"name": "Six months on", "seen": ""}).status_code == 404
    assert not RetentionRule.objects.exists()


def test_a_kind_that_there_is_none_of_is_not_here(as_sunita: Client, study: Study):
    """The record of changes, for one, is no kind that can be erased."""
    assert as_sunita.get(PAGE + "audit/").status_code == 404


@pytest.mark.parametrize("many", [1, 30])
def test_rows_do_not_cost_questions(
    many: int, as_sunita: Client, study: Study, rowan: Person, django_assert_max_num_queries
):
    """However much there is, the page is the same number of queries."""
    for number in range(many):
        ContactPoint.objects.create(person=rowan, kind="phone", value=f"{number}")
    with django_assert_max_num_queries(55):
        as_sunita.get(PAGE)
