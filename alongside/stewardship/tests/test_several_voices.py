"""One of several voices stops: what the others, and whoever works with somebody there, go on reading."""

import pytest
from django.test import Client

from alongside.accounts.models import Study, User
from alongside.analysis.models import Coding, Passage
from alongside.audit.models import Export
from alongside.interviews.models import Interview, Recording, Revision, Speaker, Transcript, Turn
from alongside.people.actions import make_link
from alongside.people.models import Barrier, Identity, Participant, Person
from alongside.people.tests.test_person import without_tokens
from alongside.reporting.models import Quote
from alongside.stewardship.held import KINDS, copy_for
from alongside.stewardship.tests.conftest import agrees_to_everything
from alongside.stewardship.withdrawal import stop
from tests.support.world import World, one_of_everything

ROOM = "/s/six-months-on/interviews/"
KEPT = "/s/six-months-on/stewardship/retention/"
PAGES = (ROOM, f"{ROOM}summary", f"{ROOM}todo", KEPT, f"{KEPT}audio/", "/s/six-months-on/followup/")
NOT_SAID = "We do not say here if there is a recording of it."


def world_of(study: Study, person: Person, participant: Participant, other: Participant, by: User) -> World:
    """One of everything about somebody, in whose interview another one speaks too."""
    world = one_of_everything(study, person, participant, by=by)
    joint: Transcript = world["transcript"]
    joint.speakers.filter(label="Q").update(participant=other, label="Another", kind="answers")
    text: Revision = world["revision"]
    first = text.turns.get(number=1)
    for number, (start, end) in enumerate([(0, text.length), (first.start, first.end)], start=7):
        span = {"revision": text, "start": start, "end": end}
        Coding.objects.create(study=study, code=world["code"], coder=by, **span)
        Passage.objects.create(theme=world["theme"], chosen_by=by, **span)
        for section in (world["section"], world["public_quote"].section):
            Quote.objects.create(section=section, number=number, attribution="A voice", **span)
    earlier = Revision.objects.create(
        transcript=joint, number=2, text=text.text, length=text.length, is_current=False
    )
    for turn in text.turns.all():
        place = {"start": turn.start, "end": turn.end, "line": turn.line}
        Turn.objects.create(revision=earlier, number=turn.number, speaker=turn.speaker, **place)
    Export.objects.create(
        study=study.pk, actor_kind="user", actor=by.pk, what="passages", format="csv", rows=1
    )
    return world


@pytest.fixture
def alisons(
    study: Study, alison: Person, alison_as_participant: Participant, wren_as_participant: Participant,
    hilary: User, priya: User,
) -> World:  # fmt: skip
    """Alison’s interview, in which Wren speaks too; Priya works with Wren."""
    return world_of(study, alison, alison_as_participant, wren_as_participant, hilary)


@pytest.fixture
def wrens(
    study: Study, wren: Person, alison_as_participant: Participant, wren_as_participant: Participant,
    hilary: User, priya: User,
) -> World:  # fmt: skip
    """Wren’s interview, in which Alison speaks too; Priya works with Wren."""
    return world_of(study, wren, wren_as_participant, alison_as_participant, hilary)


@pytest.mark.parametrize("barred", [True, False], ids=["somebody is barred", "nobody is barred"])
@pytest.mark.parametrize("promised", ["erase", "anonymise", "keep"])
@pytest.mark.parametrize("whose", ["alisons", "wrens"])
def test_the_other_voice_reads_the_same_before_and_after(
    request: pytest.FixtureRequest, study: Study, alison: Person, wren: Person, wren_as_participant,
    whose: str, promised: str, barred: bool,
):  # fmt: skip
    """On Alison’s pages and in her copy, whatever Wren’s text promised, and whoever is interviewed."""
    request.getfixturevalue(whose)
    agrees_to_everything(study, wren, promised)
    if not barred:
        Barrier.objects.filter(participant=wren_as_participant).delete()
    my = f"/me/{make_link(by=None, person=alison, purpose='my_page')}/"

    def read() -> list[object]:
        copy = copy_for(alison, KINDS)
        pages = [without_tokens(Client().get(page).content) for page in (my, f"{my}uses/")]
        return [*pages, copy.sections, copy.sounds]

    before = read()
    assert "'who': 'You'" in str(before[2])
    stop(by=wren, person=wren)
    assert read() == before


def test_of_a_recording_of_several_nothing_is_said(
    alisons: World, alison: Person, wren_as_participant: Participant
):
    """From the day on which it is known who speaks: not that there is one, nor that there is none."""
    uses = f"/me/{make_link(by=None, person=alison, purpose='my_page')}/uses/"
    told = Client().get(uses).content.decode()
    assert NOT_SAID in told
    assert "There is a recording" not in told
    assert not copy_for(alison, [kind for kind in KINDS if kind.key == "recordings"]).rows
    Speaker.objects.filter(participant=wren_as_participant).update(participant=None)
    assert "There is a recording of your interview" in Client().get(uses).content.decode()


@pytest.mark.parametrize("promised", ["erase", "anonymise"])
@pytest.mark.parametrize("whose", ["alisons", "wrens"])
def test_whoever_works_with_a_voice_reads_the_same_before_and_after(
    request: pytest.FixtureRequest, as_priya: Client, study: Study, wren: Person, whose: str, promised: str
):
    """Neither the interview, nor a count of interviews, nor the recordings that are kept tell Priya."""
    world = request.getfixturevalue(whose)
    agrees_to_everything(study, wren, promised)
    of_it = f"{ROOM}{world['interview'].pk}/"

    def read() -> list[str]:
        return [without_tokens(as_priya.get(page).content) for page in PAGES]

    before = read()
    assert as_priya.get(of_it).status_code == 404
    assert Recording.objects.filter(interview=world["interview"]).exists()
    stop(by=wren, person=wren)
    assert Interview.objects.filter(pk=world["interview"].pk).exists()
    assert not Recording.objects.filter(interview=world["interview"]).exists()
    assert read() == before
    assert as_priya.get(of_it).status_code == 404


def test_nobody_known_stands_where_the_voice_was(
    wrens: World, wren: Person, wren_as_participant: Participant
):
    """As the one interviewed, as a voice, and at the timepoint: no row leads to Wren."""
    stop(by=wren, person=wren)
    interview = Interview.objects.get(pk=wrens["interview"].pk)
    assert interview.instance is not None
    assert interview.participant == interview.instance.participant != wren_as_participant
    assert interview.transcript.speakers.filter(participant=interview.participant).exists()
    assert not Identity.objects.filter(participant=interview.participant).exists()


@pytest.mark.parametrize("barred", [True, False])
def test_when_the_last_voice_stops_all_of_it_goes(
    wrens: World, wren: Person, alison: Person, wren_as_participant: Participant, barred: bool
):
    """Whoever stands for a voice that was taken out has no words left that would be theirs to keep."""
    if not barred:
        Barrier.objects.filter(participant=wren_as_participant).delete()
    stop(by=wren, person=wren)
    stop(by=alison, person=alison)
    assert not Transcript.objects.filter(pk=wrens["transcript"].pk).exists()
    assert not Interview.objects.filter(pk=wrens["interview"].pk).exists()
