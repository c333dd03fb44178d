from alongside.accounts.models import Study, User
from alongside.analysis.models import Memo
from alongside.audit.models import Entry
from alongside.interviews.models import Revision, Transcript
from alongside.people.actions import record_consent
from alongside.people.models import ConsentText, Participant, Person
from alongside.people.queries import participant_permits, permitting
from alongside.stewardship.tests.conftest import agrees_to_everything
from alongside.stewardship.withdrawal import stop
from tests.support.world import World, spoken


def test_what_was_asked_of_both_goes_when_both_have_stopped(
    study: Study,
    wren: Person,
    rowan: Person,
    wren_as_participant: Participant,
    rowan_as_participant: Participant,
    hilary: User,
    priya: User,
):
    """Wren's silent stand-in, for whom Priya stays barred, says nothing: no word is left of the two."""
    joint = spoken(study, rowan_as_participant, hilary)
    joint.speakers.filter(label="Q").update(participant=wren_as_participant, label="Wren")
    Memo.objects.create(study=study, author=hilary, transcript=joint, words="Both spoke of chairs")
    stop(by=wren, person=wren, purposes=["interview"])
    assert Revision.objects.filter(transcript=joint).exists()
    stop(by=rowan, person=rowan, purposes=["interview"])
    assert not Transcript.objects.filter(pk=joint.pk).exists()
    assert not Memo.objects.filter(words="Both spoke of chairs").exists()


def test_no_entry_of_a_research_room_names_who_stopped(rowan: Person, world: World):
    """An interview that was called off, and what was erased, would lead from the person to their words."""
    stop(by=rowan, person=rowan)
    called_off = Entry.objects.get(verb="cancel_interview")
    assert (called_off.actor_kind, called_off.object) == ("software", str(world["booked"].pk))
    theirs = Entry.objects.filter(actor=rowan.pk).values_list("noun", flat=True)
    assert {noun.split(".")[0] for noun in theirs} <= {"people", "stewardship"}


def test_a_no_after_a_stop_takes_nothing_from_what_was_promised_to_stay(
    study: Study, rowan: Person, rowan_as_participant: Participant
):
    """Their page offers “No” when they look again; what the text let stay may still be used, and is erased
    by an erasure."""
    agrees_to_everything(study, rowan, "keep")
    stop(by=rowan, person=rowan)
    text = ConsentText.objects.filter(study=study, purpose="interview").latest("version")
    record_consent(by=rowan, person=rowan, text=text, decision="declined")
    assert rowan_as_participant.pk in permitting("interview")
    assert not participant_permits(rowan_as_participant, "interview")
