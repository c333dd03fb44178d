import hashlib
import json
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from alongside.accounts.models import Study, User
from alongside.accounts.posting import wait_until_posted
from alongside.audit.models import Entry, Export
from alongside.interviews.actions import open_transcript
from alongside.people.actions import (
    choose_contact,
    link_user,
    make_link,
    note_identity_reads,
    record_relationship,
)
from alongside.people.models import AccessGrant, ContactPoint, Participant, Person, WorkingRelationship
from alongside.stewardship.actions import make_copy_code
from alongside.stewardship.held import KINDS, WITHHELD, WRITERS, copy_for
from alongside.stewardship.models import IdentityRequest
from alongside.stewardship.policies import leading_to_a_person
from alongside.stewardship.tests.copying import body, section, taken, unpacked, written
from alongside.training.models import AdjustmentMet
from tests.support.world import World, spoken

# Not the middle of a long identifier.
CODE = re.compile(r"(?<![-\w])[2-9B-Z]{4}-[2-9B-Z]{4}(?![-\w])")


@pytest.fixture
def my(rowan: Person) -> str:
    return f"/me/{make_link(by=None, person=rowan, purpose='my_page')}/copy/"


# What is in it ----------------------------------------------------------------------------------------


def test_every_model_that_leads_to_a_person_is_in_it_or_has_its_reason():
    """A new model can't be forgotten: it is told of by some kind, or named among what is not given."""
    covered = {model for kind in KINDS for model in kind.covers}
    leading = leading_to_a_person()
    assert {m._meta.label for m in leading - covered - set(WITHHELD)} == set()
    assert {m._meta.label for m in (covered | set(WITHHELD)) - leading} == set()
    assert not covered & set(WITHHELD)
    assert len({kind.key for kind in KINDS}) == len(KINDS)
    assert all(str(what) and str(why) for what, why in WITHHELD.values())


def test_the_reference_names_every_section_and_column():
    """docs/reference/copy.md has what is in the file, in its order."""
    page = (Path(__file__).parents[3] / "docs" / "reference" / "copy.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \| [^:]+: (.*) \|$", page, re.MULTILINE)
    assert [(key, re.findall(r"`(\w+)`", names)) for key, names in rows] == [
        (kind.key, list(kind.columns)) for kind in KINDS
    ]


def test_everything_that_there_is_one_of_is_told(
    my: str, rowan: Person, alison: Person, world: World, hilary: User
):
    """One of everything stands in every room, and no kind is empty."""
    open_transcript(by=hilary, transcript=world["transcript"])
    Export.objects.create(
        study=rowan.study_id, actor_kind="user", actor=hilary.pk, what="passages", format="csv", rows=1
    )
    IdentityRequest.objects.create(
        study=rowan.study, asked_by=hilary, participant=world["participant"], reason="To ring them"
    )
    note_identity_reads(by=hilary, study=rowan.study, persons=[rowan])
    choose_contact(by=rowan, person=rowan, language="en-gb", format="paper", preferred="post", post="Here")
    record_relationship(by=None, one=rowan, other=alison, started=date(2022, 5, 1))
    AdjustmentMet.objects.create(
        session=world["session"], adjustment=rowan.adjustments.get(), state="cant", note="Not in that room"
    )
    held = copy_for(rowan, KINDS)
    assert {each["key"] for each in held.sections if not each["rows"]} == set()


def test_the_file_for_machines_says_what_it_is(my: str, rowan: Person, world: World):
    """Its format and version, when it was made, of whom; each section with the labels of its columns."""
    content = json.loads(taken(my, rowan))
    assert (content["format"], content["version"]) == ("alongside.copy", 1)
    assert content["person"] == {"id": str(rowan.pk), "name": "Rowan"}
    assert content["made"] <= timezone.now().isoformat()
    for each in content["sections"]:
        for row in each["rows"]:
            assert row.keys() == each["columns"].keys()
    assert any("They may speak of other people." in each["why"] for each in content["not_in_it"])


def test_what_was_said_is_given_with_the_questions(my: str, rowan: Person, world: World):
    """The conversation whole: the interviewer's words without a name, the person's as theirs."""
    words = section(taken(my, rowan), "words")
    assert [(turn["who"], turn["words"]) for turn in words] == [
        ("The interviewer", "How did you two work before?"),
        ("You", "She had the chair with the arms."),
    ]


def test_what_the_team_noted_is_given_and_their_memos_are_not(
    my: str, rowan: Person, world: World, hilary: User
):
    """What words are about is about the person; free notes may be about others, and say so."""
    content = taken(my, rowan)
    noted = section(content, "codings")
    assert [(row["words"], row["about"], row["removed"]) for row in noted] == [
        ("She had the chair with the arms.", world["code"].name, None),
        ("S", world["code"].name, None),
    ]
    assert all(row["made"] for row in noted)
    for kept_back in ("Arms", "Quiet", "Both speak of chairs", "Came to every session", hilary.name):
        assert kept_back not in content.decode().replace("the arms", "")


def test_in_a_joint_conversation_the_others_words_are_blank(
    my: str, study: Study, rowan: Person, rowan_as_participant: Participant,
    alison_as_participant: Participant, hilary: User, world: World,
):  # fmt: skip
    """One's own words stand; of the other one there is a gap as long as what they said."""
    world["transcript"].speakers.update(participant=None)
    joint = spoken(study, alison_as_participant, hilary)
    joint.speakers.filter(label="Q").update(participant=rowan_as_participant)
    words = section(taken(my, rowan), "words")
    assert ("You", "How did you two work before?") in [(each["who"], each["words"]) for each in words]
    assert ("Someone else", "░" * 32) in [(each["who"], each["words"]) for each in words]


def test_nothing_in_it_depends_on_what_the_other_half_said(
    my: str, rowan: Person, alison: Person, rowan_and_alison: WorkingRelationship, world: World
):
    """The other one's name and since when, as one's own page has it; no word of whether they confirmed,
    ended it, agreed to be read beside, or still have to answer an offer."""
    before = json.loads(taken(my, rowan))
    rowan_and_alison.second_confirmed = rowan_and_alison.first_confirmed = timezone.now()
    setattr(
        rowan_and_alison, "first_confirmed" if rowan_and_alison.first == rowan else "second_confirmed", None
    )
    rowan_and_alison.ended = timezone.localdate()
    rowan_and_alison.save()
    world["pair"].delete()
    world["enrolment"].state = "accepted"
    after = json.loads(taken(my, rowan))
    for key in ("relationships", "places", "attendance", "standing", "timepoints"):
        assert [s for s in after["sections"] if s["key"] == key] == [
            s for s in before["sections"] if s["key"] == key
        ]
    assert after["not_in_it"] == before["not_in_it"]


@pytest.mark.parametrize("format", WRITERS)
def test_each_shape_holds_the_same_words(format: str, my: str, rowan: Person, world: World):
    """Whether it is for reading, printing or for software."""
    content = taken(my, rowan, format)
    if format == "pdf":
        assert content.startswith(b"%PDF-")
        assert b"/StructTreeRoot" in content
        assert b"pdfuaid" in content
        return
    if format == "zip":
        content = unpacked(content)["copy.html"]
    for words in (
        "She had the chair with the arms.",
        "I agree: An interview.",
        "rowan@example.org",
        "Ring my sister",
    ):
        assert words in content.decode()


def test_the_page_to_read_takes_no_markup_from_words(my: str, rowan: Person, world: World):
    """What somebody wrote is shown as they wrote it, in the page as in the PDF."""
    Person.objects.filter(pk=rowan.pk).update(name="<script>Rowan</script> #panic() \\ $x$")
    content = taken(my, rowan, "html").decode()
    assert "<script>" not in content
    assert taken(my, rowan, "pdf").startswith(b"%PDF-")


def test_who_reads_large_print_gets_large_print(my: str, rowan: Person, world: World):
    """The page to read is set larger, and the PDF takes more pages."""
    ordinary = taken(my, rowan, "pdf")
    Person.objects.filter(pk=rowan.pk).update(format="large_print")
    assert "font: 1.5rem" in taken(my, rowan, "html").decode()
    assert taken(my, rowan, "pdf").count(b"/Type /Page\n") >= ordinary.count(b"/Type /Page\n")


def test_someone_of_whom_little_is_known_gets_a_copy(robin: Person):
    """Without a code in research the copy holds a name and what is not held."""
    content = json.loads(written("json", robin))
    assert [each["key"] for each in content["sections"] if each["rows"]] == ["person"]
    assert written("pdf", robin).startswith(b"%PDF-")
    assert unpacked(written("zip", robin)).keys() == {"copy.html", "copy.json"}


# How it is fetched ------------------------------------------------------------------------------------


def test_by_a_link_it_takes_a_code_by_email(my: str, rowan: Person):
    """Sent to the address on record, it opens the copy; the message names nobody and no study."""
    told = Client().post(f"{my}code/", follow=True).content.decode()
    assert "We have sent you a code." in told
    wait_until_posted()
    [message] = mail.outbox
    assert message.to == ["rowan@example.org"]
    assert "Six months on" not in message.body + message.subject
    assert "Rowan" not in message.body + message.subject
    code = CODE.search(message.body)
    assert code
    assert Client().post(my, {"format": "json", "code": code[0]}).status_code == 200


def test_looking_sends_nothing(my: str, rowan: Person):
    """Neither the page nor a scanner's look at the address does."""
    assert Client().get(my).status_code == 200
    assert Client().get(f"{my}code/").status_code == 405
    assert Client().head(f"{my}code/").status_code == 405
    assert mail.outbox == []
    assert not Export.objects.exists()


@pytest.mark.parametrize("code", ["", "BBBB-BBBB", "expired", "someone else’s", "for the page"])
def test_without_the_right_code_nothing_leaves(code: str, my: str, rowan: Person, wren: Person):
    """None, a wrong one, one run out, another person's, the one for the page: a sentence, and no file."""
    if code == "expired":
        code = make_copy_code(by=None, person=rowan)
        AccessGrant.objects.update(expires=timezone.now() - timedelta(seconds=1))
        my = f"/me/{make_link(by=None, person=rowan, purpose='my_page')}/copy/"
    elif code.startswith("someone"):
        code = make_copy_code(by=None, person=wren)
    elif code.startswith("for"):
        code = "B7KM-42XW"
        make_link(by=None, person=rowan, purpose="my_page", code=code)
    answer = Client().post(my, {"format": "json", "code": code})
    assert answer.status_code == 422
    assert re.search("does not open your copy|Type the code that you were given", answer.content.decode())
    assert not Export.objects.exists()


def test_guessing_is_stopped(my: str, rowan: Person):
    """After ten wrong codes in an hour for one person none is looked at."""
    for _time in range(10):
        assert Client().post(my, {"format": "json", "code": "BBBB-BBBB"}).status_code == 422
    code = make_copy_code(by=None, person=rowan)
    assert Client().post(my, {"format": "json", "code": code}).status_code == 429


def test_few_codes_are_sent_in_an_hour(my: str, rowan: Person):
    """Nobody's mailbox is filled."""
    for _time in range(5):
        assert Client().post(f"{my}code/").status_code == 302
    assert Client().post(f"{my}code/").status_code == 429
    wait_until_posted()
    assert len(mail.outbox) == 5


def test_an_address_put_in_later_gets_no_code(my: str, rowan: Person, hannah: User):
    """Whoever holds a link that was passed on can't have the code sent to themselves: one asks the team."""
    ContactPoint.objects.filter(person=rowan).update(value="thief@example.org", since=timezone.now())
    page = Client().get(my).content.decode()
    assert "Send me the code by e-mail" not in page
    assert "Hannah Whitlock" in page
    Client().post(f"{my}code/")
    wait_until_posted()
    assert mail.outbox == []


def test_the_team_gives_a_code_and_sees_nothing_of_the_copy(as_hannah: Client, my: str, rowan: Person):
    """Shown once, for the person to type on their page."""
    page = as_hannah.post(f"/s/six-months-on/people/{rowan.pk}/copy-code/").content.decode()
    code = CODE.search(page)
    assert code
    assert Client().post(my, {"format": "html", "code": code[0]}).status_code == 200
    assert as_hannah.get(f"/s/six-months-on/people/{rowan.pk}/copy-code/").status_code == 405


def test_who_works_with_the_person_can_give_no_code(as_priya: Client, as_carys: Client, wren: Person):
    """Nor can a role that records no consent."""
    for client in (as_priya, as_carys):
        assert client.post(f"/s/six-months-on/people/{wren.pk}/copy-code/").status_code == 404
    assert not AccessGrant.objects.exists()


def test_signed_in_it_takes_no_code(as_fern: Client, fern: User, rowan: Person):
    """Who they are is known already."""
    link_user(by=None, person=rowan, user=fern)
    answer = as_fern.post("/s/six-months-on/me/copy/", {"format": "json"})
    assert json.loads(body(answer))["person"]["name"] == "Rowan"


def test_what_leaves_is_in_the_register_and_in_the_record(my: str, rowan: Person, world: World):
    """With the hash of its bytes, as taken by the person themselves; the register names nobody."""
    content = taken(my, rowan)
    export = Export.objects.get(actor_kind="person")
    assert (export.what, export.format, export.actor) == ("own copy", "json", rowan.pk)
    assert export.sha256 == hashlib.sha256(content).hexdigest()
    assert Entry.objects.get(verb="download_own").actor == rowan.pk
