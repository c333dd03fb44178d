from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from alongside.accounts.actions import give_role, take_role
from alongside.accounts.models import Study, User
from alongside.analysis.actions import change_code, delete_memo, keep_memo
from alongside.analysis.models import Coding, Memo
from alongside.audit.models import Entry, Export
from alongside.exchange.memos import take_memos
from alongside.followup.models import Message
from alongside.interviews.actions import hear_recording, note_reads, open_transcript
from alongside.interviews.models import Recording, Transcript
from alongside.people.actions import declare, make_link
from alongside.people.models import Barrier, Declared, Participant, Person
from alongside.stewardship.actions import decide_retention
from alongside.stewardship.withdrawal import stop
from tests.support.asked import known_to_nobody
from tests.support.world import World, spoken


@pytest.fixture(autouse=True)
def nothing_left_yet(world: World) -> None:
    """The world holds a file that was taken out; here each test takes out its own."""
    Export.objects.all().delete()


@pytest.fixture
def my(rowan: Person) -> str:
    return f"/me/{make_link(by=None, person=rowan, purpose='my_page')}/uses/"


def said(my: str) -> str:
    return Client().get(my).content.decode().split("<main")[1].split("</main")[0]


def export(study: Study, user: User, **given: Any) -> Export:
    what = {"what": "passages", "format": "csv", "rows": 1, "roles": ["analyst"], **given}
    return Export.objects.create(study=study.pk, actor_kind="user", actor=user.pk, **what)


def test_it_tells_what_was_done_purpose_by_purpose(my: str, world: World):
    """Interviews held and to come, the recording, the text, the findings, the questions and messages."""
    page = said(my)
    assert "You had an interview on 3 November 2026." in page
    assert "You have an interview on" in page
    assert "There is a recording of your interview on 3 November 2026." in page
    assert "What was said was written down on" in page
    assert "You answered questions on" in page
    assert "We wrote to you on" in page
    assert "Your words stand in a draft that the team is writing. “She had the chair with the arms.”" in page
    assert "Your words stand in “For all”, which anyone can read. “She had the chair with the arms.”" in page
    assert "Your code was chosen from a list." in page
    assert "What changed" not in page, "a draft has no title for others yet"


def test_who_read_it_is_told_by_role_and_day(
    my: str, study: Study, world: World, hilary: User, dot: User, josef: User
):
    """Each day once, with the roles of those who opened it, and no name."""
    give_role(by=None, study=study, user=dot, role="interviewer")
    for user in (hilary, dot, hilary):
        open_transcript(by=user, transcript=world["transcript"])
    page = said(my)
    assert page.count("Read on") == 1
    assert "by: Analyst, Co-researcher and Interviewer." in page
    for user in (hilary, dot):
        assert user.name.split()[0] not in page


def test_the_role_is_the_one_they_had_then(my: str, study: Study, world: World, hilary: User, dot: User):
    """Who reads as an analyst and becomes a coordinator, or leaves, read, listened and took out as an
    analyst."""
    transcript = world["transcript"]
    open_transcript(by=hilary, transcript=transcript)
    hear_recording(by=hilary, transcript=transcript)
    note_reads(by=dot, study=study, transcripts=[transcript])
    take_memos(by=hilary, study=study, format="csv")
    give_role(by=None, study=study, user=hilary, role="coordinator")
    take_role(by=hilary, membership=study.memberships.get(user=hilary, role="analyst"))
    study.memberships.filter(user=dot).delete()
    page = said(my)
    assert "by: Analyst and Co-researcher." in page
    assert page.count("by: Analyst.") == 2
    assert "Coordinator" not in page


def test_a_transcript_is_noted_as_read_once_a_day(world: World, hilary: User, dot: User):
    """However often someone comes back to it, the record of changes isn't flooded."""
    for _time in range(3):
        open_transcript(by=hilary, transcript=world["transcript"])
    open_transcript(by=dot, transcript=world["transcript"])
    assert Entry.objects.filter(verb="read_transcript").count() == 2
    Entry.objects.filter(verb="read_transcript").update(at=timezone.now() - timedelta(days=1, hours=1))
    open_transcript(by=hilary, transcript=world["transcript"])
    assert Entry.objects.filter(verb="read_transcript").count() == 3


def test_files_with_their_words_are_told(my: str, study: Study, world: World, hilary: User):
    """What was taken out while their words were coded, and they agreed; not what had none of theirs."""
    Coding.objects.update(made=timezone.now() - timedelta(days=3))
    export(study, hilary)
    export(study, hilary, at=timezone.now() - timedelta(days=5))
    export(study, hilary, what="codebook")
    page = said(my)
    assert page.count("A file with words of yours was taken out on") == 1
    assert "by: Analyst." in page


@pytest.mark.parametrize("memo", [True, False], ids=["memos", "a codebook"])
def test_a_passage_beside_a_memo_and_an_example_are_words_too(
    memo: bool, my: str, study: Study, world: World, hilary: User, as_hilary: Client
):
    """They leave with the memos and with the codebook, and it is told also when they are gone from there."""
    room = "/s/six-months-on/exchange/"
    Memo.objects.filter(coding__isnull=False).delete()
    for file in ("memos.csv", "codebook.csv"):
        as_hilary.post(f"{room}{file}")
    assert "A file with words" not in said(my), "neither holds any yet"
    coding = world["coding"]
    if memo:
        written = keep_memo(by=hilary, study=study, words="Whose chair?", coding=coding)
        as_hilary.post(f"{room}memos.csv")
        delete_memo(by=hilary, memo=written)
    else:
        change_code(by=hilary, code=coding.code, example="“She had the chair with the arms”, one said.")
        as_hilary.post(f"{room}codebook.csv")
        change_code(by=hilary, code=coding.code, example="")
    assert said(my).count("A file with words of yours was taken out on") == 1


@pytest.mark.parametrize("theirs", [True, False], ids=["their words", "the other one's"])
def test_in_a_joint_conversation_the_words_are_whose_turn_it_was(
    theirs: bool,
    my: str,
    study: Study,
    world: World,
    rowan_as_participant,
    alison_as_participant,
    hilary: User,
):
    """A memo's passage and an example are told to whoever said the words, not to the other one."""
    joint = spoken(study, alison_as_participant, hilary)
    joint.speakers.filter(label="Q").update(participant=rowan_as_participant)
    known_to_nobody(alison_as_participant)
    who = rowan_as_participant if theirs else alison_as_participant
    turn = joint.revisions.get().turns.get(speaker__participant=who)
    coding = world["coding"]
    Coding.objects.filter(pk=coding.pk).update(revision=turn.revision, start=turn.start, end=turn.end)
    keep_memo(by=hilary, study=study, words="Whose chair?", coding=coding)
    take_memos(by=hilary, study=study, format="csv")
    assert ("A file with words" in said(my)) is theirs


def test_a_file_of_someone_kept_out_held_none_of_it(
    my: str, study: Study, world: World, hilary: User, rowan_as_participant: Participant
):
    """Who is behind the firewall took out nothing of theirs."""
    Barrier.objects.create(user=hilary, participant=rowan_as_participant)
    export(study, hilary)
    assert "A file with words" not in said(my)


def test_a_file_of_someone_not_yet_asked_held_none_of_it(
    my: str, study: Study, world: World, hilary: User, rowan_as_participant: Participant
):
    """Until they say that they don't know Rowan, nothing of his leaves with them; nor is that said later."""
    Coding.objects.update(made=timezone.now() - timedelta(days=3))
    Declared.objects.all().delete()
    export(study, hilary, at=timezone.now() - timedelta(days=1))
    assert "A file with words" not in said(my)
    declare(by=hilary, speaking=[rowan_as_participant], known=None)
    assert "A file with words" not in said(my)
    export(study, hilary)
    assert said(my).count("A file with words of yours was taken out on") == 1


def test_a_file_taken_before_someone_was_kept_out_is_told(
    my: str, study: Study, world: World, hilary: User, rowan_as_participant: Participant
):
    """That the two work together was found out later. The file held their words all the same."""
    export(study, hilary)
    Barrier.objects.create(user=hilary, participant=rowan_as_participant)
    assert "A file with words of yours was taken out on" in Client().get(my).content.decode()


def test_a_file_taken_after_they_stopped_held_none_of_it(
    my: str, study: Study, rowan: Person, world: World, hilary: User
):
    """Only what they agreed to at that moment leaves."""
    stop(by=rowan, person=rowan, purposes=["quotation_report"])
    export(study, hilary)
    assert "A file with words" not in said(my)


def test_what_was_erased_is_not_told_as_there(my: str, rowan: Person, world: World):
    """After a stop that erases, nothing is said to be kept."""
    stop(by=rowan, person=rowan)
    page = said(my)
    assert "written down on" not in page
    assert "There is a recording" not in page
    assert "An interview on" in page
    assert "was called off." in page


def test_the_recording_is_kept_or_gone(my: str, study: Study, sunita: User, world: World):
    """Until when it is kept, once that is decided and its time counts; that there is none."""
    assert "There is a recording of your interview on 3 November 2026.<" in said(my)
    recording = Recording.objects.get()
    Transcript.objects.filter(pk=world["transcript"].pk).update(interview=recording.interview)
    decide_retention(by=sunita, study=study, ends=None, periods={"audio": (2, "transcript")})
    assert "It is kept until" not in said(my)
    Transcript.objects.update(checked=datetime(2026, 10, 31, 12, tzinfo=UTC))
    assert "It is kept until 31 December 2026." in said(my)
    Recording.objects.all().delete()
    assert "There is no recording of your interview on 3 November 2026." in said(my)


def test_in_a_joint_conversation_no_words_of_the_other_are_shown(
    my: str, study: Study, world: World, rowan_as_participant, alison_as_participant, hilary: User
):
    """That words of theirs alone stand in a finding is told, without them; of words of both it is said that
    nothing is said."""
    joint = spoken(study, alison_as_participant, hilary)
    joint.speakers.filter(label="Q").update(participant=rowan_as_participant)
    revision = joint.revisions.get()
    quotes = world["public_quote"].section.quotes
    quotes.update(revision=revision, start=0, end=revision.turns.get(number=1).end)
    assert "Your words stand in “For all”, which anyone can read.<" in said(my)
    quotes.update(end=revision.length)
    page = said(my)
    assert "Your words stand in “For all”" not in page
    assert "Where your words stand together with somebody else’s, we do not say it here." in page


def test_the_pair_is_not_told_of(my: str, world: World):
    """Whether it is read beside another one would tell what the other chose: the same sentence always."""
    before = said(my)
    assert "That would tell you what the other one chose." in before
    world["pair"].delete()
    assert said(my) == before


def test_a_message_that_failed_is_told(my: str, world: World):
    """It didn't reach them, and they may know."""
    Message.objects.update(state="failed")
    assert "It did not reach you." in said(my)


def test_someone_without_a_code_sees_what_was_asked(robin: Person, consent_texts: dict):
    """Nothing was done under any purpose, and each says so."""
    my = f"/me/{make_link(by=None, person=robin, purpose='my_page')}/uses/"
    assert said(my).count("Nothing was done so far.") == len(consent_texts)


def test_only_the_person_sees_it(as_hannah: Client, as_founder: Client, world: World):
    """No role opens it."""
    for client in (as_hannah, as_founder):
        assert client.get("/s/six-months-on/me/uses/").status_code == 404


def test_it_takes_as_many_queries_however_much_was_done(
    my: str, study: Study, world: World, hilary: User, rowan_as_participant: Participant
):
    """Ten conversations and exports more, and not a query more."""
    client = Client()

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            client.get(my)
        return len(seen)

    before = queries()
    Transcript.objects.update(name="The first", source_sha256="first")
    for number in range(10):
        transcript = spoken(study, rowan_as_participant, hilary)
        Transcript.objects.filter(pk=transcript.pk).update(
            name=f"Conversation {number}", source_sha256=number
        )
        open_transcript(by=hilary, transcript=transcript)
        export(study, hilary)
        Message.objects.create(person_id=world["person"].pk, template="more", ordinal=number, state="sent")
    assert queries() == before
