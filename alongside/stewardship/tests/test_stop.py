from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone

from alongside.accounts.models import Study, User
from alongside.analysis.models import (
    Coding,
    Memo,
    PairNote,
    Passage,
    Place,
    Reading,
    Run,
    SortedCard,
    Summary,
    Workshop,
)
from alongside.audit.models import Entry
from alongside.audit.queries import faults
from alongside.followup.models import (
    Message,
    Response,
    TimepointInstance,
)
from alongside.interviews.models import Interview, Recording, Revision, Speaker, Transcript
from alongside.interviews.queries import readable_transcripts, transcripts_permitting
from alongside.people.actions import make_participant, record_consent
from alongside.people.models import (
    AccessGrant,
    Barrier,
    ConsentEvent,
    ConsentText,
    Identity,
    Pair,
    Participant,
    Person,
    Purpose,
)
from alongside.people.queries import participant_of, participant_permits, permits, permitting
from alongside.reporting.models import Quote
from alongside.stewardship.models import FileToErase, Receipt
from alongside.stewardship.tests.conftest import agrees_to_everything
from alongside.stewardship.tests.given import GIVEN
from alongside.stewardship.withdrawal import erase_files, stop
from alongside.training.models import AttendanceMark, Enrolment, Narrative
from alongside.vault import files
from tests.support.world import WORDS, World, in_analysis, in_reporting, one_of_everything, spoken


def test_stopping_everything_closes_the_gate_and_erases_what_was_given(rowan: Person, world: World):
    """Each text promised to erase: nothing Rowan gave is left in any room, and no purpose is permitted."""
    Quote.objects.update(insider_note="Many have said that about the chairs")
    assert stop(by=rowan, person=rowan)
    assert not any(permits(rowan, purpose) for purpose in Purpose)
    assert {model.__name__: model.objects.count() for model in GIVEN} == {m.__name__: 0 for m in GIVEN}
    # Somebody's journal, which is about nobody's words.
    assert [memo.words for memo in Memo.objects.all()] == ["On my own chair"]
    left = Quote.objects.values_list("revision", "attribution", "insider_note")
    assert list(left) == [(None, "", ""), (None, "", "")]


def test_an_interview_to_come_is_called_off(rowan: Person, world: World):
    """Its time is free; what was arranged in the person's words is gone; the one held went with its text."""
    stop(by=rowan, person=rowan, purposes=["interview"])
    interview = Interview.objects.get()
    assert interview == world["booked"]
    assert (interview.state, interview.if_hard) == ("cancelled", "")


def test_training_goes_on(rowan: Person, world: World):
    """A place, a mark and a story of one's own are no part of the study's questions."""
    stop(by=rowan, person=rowan)
    assert Enrolment.objects.filter(person=rowan).exists()
    assert AttendanceMark.objects.filter(person=rowan).exists()
    assert Narrative.objects.get(teller=rowan).stands


def test_the_links_for_what_stopped_end_and_the_own_page_stays(rowan: Person, world: World):
    """The receipt has to be reachable by the link that asked for it."""
    stop(by=rowan, person=rowan)
    live = AccessGrant.objects.filter(person=rowan, revoked=None)
    assert [grant.purpose for grant in live] == ["my_page"]


def test_one_purpose_stops_alone(rowan: Person, world: World):
    """Stopping the report's quotes takes them out of it, and leaves the public ones and everything else."""
    stop(by=rowan, person=rowan, purposes=["quotation_report"])
    world["quote"].refresh_from_db()
    world["public_quote"].refresh_from_db()
    assert world["quote"].revision is None
    assert world["public_quote"].revision == world["revision"]
    assert permits(rowan, "interview")
    assert Transcript.objects.filter(pk=world["transcript"].pk).exists()


def test_questions_stop_and_the_interview_stays(rowan: Person, world: World):
    """The timepoint that an interview hangs on stays for it; answers, scores and messages are gone."""
    stop(by=rowan, person=rowan, purposes=["questionnaires"])
    assert not Response.objects.exists()
    assert not Message.objects.exists()
    assert Interview.objects.get(pk=world["interview"].pk).instance == world["instance"]


def test_the_pair_parts_when_one_half_stops_being_read_beside_the_other(rowan: Person, world: World):
    """With it goes what was written about both sides."""
    stop(by=rowan, person=rowan, purposes=["pair_link"])
    assert not Pair.objects.exists()
    assert not PairNote.objects.exists()


def test_files_are_erased_after_the_rows(rowan: Person, world: World, django_capture_on_commit_callbacks):
    """The recording and the file of the transcript leave the disk once the transaction stands."""
    sound, source = Recording.objects.get().sha256, world["transcript"].source_sha256
    with django_capture_on_commit_callbacks(execute=True):
        stop(by=rowan, person=rowan)
        assert files.read(sound)
    for digest in (sound, source):
        with pytest.raises(files.Damaged):
            files.read(digest)
    assert not FileToErase.objects.exists()


def test_a_file_left_by_a_machine_that_died_is_erased_later(rowan: Person, world: World):
    """What the transaction gave up is on record until it is gone; doing it again does nothing."""
    sound = Recording.objects.get().sha256
    stop(by=rowan, person=rowan)
    assert files.read(sound)
    assert erase_files() == 2
    assert erase_files() == 0
    with pytest.raises(files.Damaged):
        files.read(sound)


def test_a_file_that_something_else_needs_stays(rowan: Person, world: World, other_study: Study):
    """The same file in another study isn't Rowan's to take away."""
    source = world["transcript"].source_sha256
    Transcript.objects.create(
        study=other_study, name="Theirs", source_name="t.txt", source_kind="txt", source_sha256=source
    )
    stop(by=rowan, person=rowan)
    erase_files()
    assert files.read(source)


def test_the_receipt_says_what_was_done_in_plain_words(rowan: Person, world: World):
    """One sentence for each purpose as its text promised, the interview called off, and what goes on."""
    receipt = stop(by=rowan, person=rowan)
    assert receipt
    assert receipt.purposes == list(Purpose.values)
    words = " ".join(receipt.lines)
    assert "Your answers are erased." in words
    assert "is called off." in words
    assert "cannot be called back" in words
    assert "Your place in the training stays yours." in words
    assert "Alison" not in words
    assert Entry.objects.filter(verb="stop", object=str(receipt.pk)).count() == 1
    assert not list(faults())


def test_a_second_stop_finds_nothing_to_do(rowan: Person, world: World):
    """Sent twice, it is done once: no second event, receipt or entry."""
    stop(by=rowan, person=rowan)
    counts = ConsentEvent.objects.count(), Receipt.objects.count(), Entry.objects.count()
    assert stop(by=rowan, person=rowan) is None
    assert (ConsentEvent.objects.count(), Receipt.objects.count(), Entry.objects.count()) == counts


def test_what_was_never_agreed_to_is_not_stopped(robin: Person, rowan: Person, world: World):
    """Someone without a yes gets no receipt, and an unknown purpose is no purpose."""
    assert stop(by=robin, person=robin) is None
    assert stop(by=rowan, person=rowan, purposes=["shopping"]) is None
    assert permits(rowan, "interview")


def test_someone_without_a_code_can_stop(robin: Person, study: Study):
    """There is nothing in research to reach, and the decision is recorded all the same."""
    agrees_to_everything(study, robin, "erase")
    assert stop(by=robin, person=robin)
    assert not permits(robin, "interview")


def test_others_keep_everything(
    study: Study,
    rowan: Person,
    alison: Person,
    alison_as_participant: Participant,
    hilary: User,
    world: World,
):
    """Rowan's stop touches nothing of Alison's."""
    theirs = one_of_everything(study, alison, alison_as_participant, by=hilary)
    stop(by=rowan, person=rowan)
    for name in (
        "interview",
        "booked",
        "transcript",
        "coding",
        "passage",
        "response",
        "quote",
        "public_quote",
    ):
        before = theirs[name]
        after = type(before).objects.get(pk=before.pk)
        assert {f.name: getattr(after, f.attname) for f in after._meta.concrete_fields} == {
            f.name: getattr(before, f.attname) for f in before._meta.concrete_fields
        }
    assert permits(alison, "interview")


def test_of_a_conversation_of_several_only_their_own_words_go(
    study: Study,
    rowan: Person,
    rowan_as_participant: Participant,
    alison_as_participant: Participant,
    hilary: User,
):
    """In a joint interview the other one's words stay where they stood, to the code point."""
    joint = spoken(study, alison_as_participant, hilary)
    Transcript.objects.filter(pk=joint.pk).update(
        not_taken=["A tracked deletion was left out: “Rowan said”."]
    )
    asks = joint.speakers.get(label="Q")
    Speaker.objects.filter(pk=asks.pk).update(participant=rowan_as_participant, label="Rowan")
    stop(by=rowan, person=rowan, purposes=["interview"])
    revision = Revision.objects.get(transcript=joint)
    first, second = (turn.words_in(revision.text) for turn in revision.turns.all())
    assert first == "░" * len(first)
    assert second == WORDS.splitlines()[1]
    assert len(revision.text) == len(WORDS)
    asks.refresh_from_db()
    assert asks.participant not in (None, rowan_as_participant)
    assert "Rowan" not in asks.label
    assert FileToErase.objects.filter(sha256=joint.source_sha256).exists()


def test_who_was_barred_for_a_voice_that_was_taken_out_stays_barred(
    study: Study,
    wren: Person,
    wren_as_participant: Participant,
    alison_as_participant: Participant,
    hilary: User,
    dot: User,
    priya: User,
):
    """Priya works with Wren: what Wren was asked is not for her. For the others the rest stays usable."""
    joint = spoken(study, alison_as_participant, hilary)
    joint.speakers.filter(label="Q").update(participant=wren_as_participant, label="Wren")
    stop(by=wren, person=wren, purposes=["interview"])
    assert not readable_transcripts(study, priya).filter(pk=joint.pk).exists()
    assert readable_transcripts(study, dot).filter(pk=joint.pk).exists()
    assert transcripts_permitting(study, "quotation_report").filter(pk=joint.pk).exists()


def test_of_a_conversation_of_several_only_the_work_on_their_words_goes(
    study: Study,
    rowan: Person,
    rowan_as_participant: Participant,
    alison_as_participant: Participant,
    hilary: User,
):
    """Codings, chosen passages, sorted cards and quotes of the other one's words stand."""
    joint = spoken(study, alison_as_participant, hilary)
    joint.speakers.filter(label="Q").update(participant=rowan_as_participant)
    revision = joint.revisions.get()
    rowans, alisons = revision.turns.all()
    works = [in_analysis(study, {"transcript": joint, "revision": revision, "turn": rowans}, hilary)]
    quotes = [in_reporting(study, {"revision": revision, "turn": rowans}, works[0])["quote"]]
    Memo.objects.filter(transcript=joint).delete()
    for once in (Summary, Run, Place, Workshop):
        once.objects.all().delete()
    Reading.objects.all().delete()
    works.append(in_analysis(study, {"transcript": joint, "revision": revision, "turn": alisons}, hilary))
    quotes.append(in_reporting(study, {"revision": revision, "turn": alisons}, works[1])["quote"])
    stop(by=rowan, person=rowan, purposes=["interview"])
    assert set(Coding.objects.values_list("start", flat=True)) == {alisons.start}
    assert list(Passage.objects.all()) == [works[1]["passage"]]
    assert SortedCard.objects.get().start == alisons.start
    assert [Quote.objects.get(pk=quote.pk).revision for quote in quotes] == [None, revision]
    assert Memo.objects.filter(coding=works[1]["coding"]).count() == 1
    assert Memo.objects.filter(transcript=joint).count() == 1
    assert Transcript.objects.get().not_taken == []


@pytest.fixture
def anonymous_world(
    study: Study, rowan: Person, rowan_as_participant: Participant, alison_as_participant: Participant,
    hilary: User, priya: User,
) -> World:  # fmt: skip
    """One of everything about Rowan, whose texts promise that it stays without a link."""
    agrees_to_everything(study, rowan, "anonymise")
    Barrier.objects.create(user=priya, participant=rowan_as_participant)
    return one_of_everything(study, rowan, rowan_as_participant, by=hilary, other=alison_as_participant)


def test_anonymised_material_stays_and_leads_to_nobody(
    rowan: Person, rowan_as_participant: Participant, anonymous_world: World
):
    """Words and answers stay with their work, under a participant whom no bridge joins to anybody."""
    Transcript.objects.update(not_taken=["A page header or footer was left out: “Rowan, with Josef”."])
    stop(by=rowan, person=rowan)
    transcript = Transcript.objects.get()
    anonymous = transcript.interview.participant
    assert anonymous != rowan_as_participant
    assert not Identity.objects.filter(participant=anonymous).exists()
    assert {speaker.participant for speaker in transcript.speakers.all()} == {None, anonymous}
    assert transcript.interview.instance.participant == anonymous
    assert transcript.interview.if_hard == ""
    assert Response.objects.get().instance.participant == anonymous
    assert Coding.objects.count() == 2
    assert (transcript.source_name, "P01" in transcript.name, transcript.not_taken) == ("", False, [])
    left = Q(participant=rowan_as_participant)
    assert not TimepointInstance.objects.filter(left).exists()
    assert not Interview.objects.filter(left).exclude(state="cancelled").exists()
    assert not Recording.objects.exists()


def test_anonymised_material_may_be_used_and_nothing_new_asked(rowan: Person, anonymous_world: World):
    """What the text promised to let stay can be read and counted; nobody can be asked again."""
    stop(by=rowan, person=rowan)
    anonymous = Transcript.objects.get().interview.participant
    assert anonymous.pk in permitting("interview")
    assert not participant_permits(anonymous, "interview")
    assert anonymous.pk not in permitting("interview_contact")


def test_who_was_kept_out_stays_out_of_what_is_anonymous(rowan: Person, priya: User, anonymous_world: World):
    """The firewall outlives the bridge."""
    stop(by=rowan, person=rowan)
    anonymous = Transcript.objects.get().interview.participant
    assert Barrier.objects.filter(user=priya, participant=anonymous).exists()


def test_no_moment_or_entry_joins_the_anonymous_one_to_the_person(
    study: Study, rowan: Person, anonymous_world: World
):
    """The audit tells that somebody was made anonymous, and not who."""
    stop(by=rowan, person=rowan)
    anonymous = Transcript.objects.get().interview.participant
    assert not Entry.objects.filter(object=str(anonymous.pk)).exists()
    assert set(anonymous.standing.values_list("since", flat=True)) == {study.created}


def test_earlier_texts_are_erased_when_the_one_in_force_is_kept_anonymous(
    rowan: Person, anonymous_world: World
):
    """The text before the names were taken out would say whose words they are."""
    revision = anonymous_world["revision"]
    Revision.objects.filter(pk=revision.pk).update(is_current=False)
    Revision.objects.create(transcript=revision.transcript, number=2, text="X", length=1)
    stop(by=rowan, person=rowan)
    assert list(Revision.objects.values_list("number", flat=True)) == [2]


def test_what_was_promised_to_stay_stays_as_it_is(
    study: Study, rowan: Person, rowan_as_participant: Participant, hilary: User
):
    """Interview and answers keep their participant and may be used; a new one can't be asked for."""
    agrees_to_everything(study, rowan, "keep")
    world = one_of_everything(study, rowan, rowan_as_participant, by=hilary)
    stop(by=rowan, person=rowan)
    assert Transcript.objects.get().interview.participant == rowan_as_participant
    assert Response.objects.get() == world["response"]
    assert Recording.objects.exists()
    assert rowan_as_participant.pk in permitting("interview")
    assert not participant_permits(rowan_as_participant, "interview")
    assert not permits(rowan, "interview")
    assert rowan_as_participant.pk not in permitting("quotation_report")
    world["booked"].refresh_from_db()
    assert world["booked"].state == "cancelled"


def test_someone_may_say_yes_again(
    rowan: Person, rowan_as_participant: Participant, consent_texts: dict[str, ConsentText]
):
    """Stopping is no door that shuts for good."""
    stop(by=rowan, person=rowan)
    record_consent(by=rowan, person=rowan, text=consent_texts["interview"], decision="granted")
    assert permits(rowan, "interview")
    assert participant_permits(rowan_as_participant, "interview")
    with pytest.raises(ValidationError):
        make_participant(by=None, person=rowan)
    assert participant_of(rowan) == rowan_as_participant


def test_a_decision_dated_before_the_stop_does_not_undo_it(
    rowan: Person, rowan_as_participant: Participant, consent_texts: dict[str, ConsentText]
):
    """Paper found later, signed earlier, doesn't outweigh what was said since."""
    stop(by=rowan, person=rowan)
    earlier = timezone.now() - timedelta(days=300)
    record_consent(by=None, person=rowan, text=consent_texts["interview"], decision="granted", at=earlier)
    assert not permits(rowan, "interview")
    assert not participant_permits(rowan_as_participant, "interview")
