import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from alongside.accounts.models import Study
from alongside.followup.actions import (
    draw_randomly,
    pick_purposively,
    record_refusal,
    replace_pick,
    take_frame,
)
from alongside.followup.drawing import in_drawn_order
from alongside.followup.models import Sample, SampleMember, SamplingFrame, Timepoint
from alongside.people.models import Participant, Person, Purpose
from alongside.people.tests.test_person import without_tokens


@pytest.fixture
def frame(study: Study, enrolled: list[Participant]) -> SamplingFrame:
    groups = {participant: participant.described_as for participant in enrolled}
    return take_frame(by=None, study=study, name="Six months", criteria="Everyone", groups=groups)


def test_a_frame_holds_who_agrees_to_be_asked(
    as_hannah: Client, study: Study, anchored, rowan: Person, stops
):
    """Of those with the timepoint, whoever agrees now; and it stays as it was taken."""
    stops(rowan, Purpose.INTERVIEW_CONTACT)
    six = Timepoint.objects.get(name="Six months on")
    typed = {"name": "Six months", "criteria": "Everyone who came", "timepoint": six.pk}
    answer = as_hannah.post(reverse("followup:take-frame", args=[study.slug]), typed)
    frame = SamplingFrame.objects.get()
    assert answer["Location"] == reverse("followup:frame", args=[study.slug, frame.pk])
    assert set(frame.members.values_list("participant__code", flat=True)) == {"P02", "P03"}


def test_a_frame_of_nobody_is_refused(study: Study, enrolled, rowan: Person, rowan_as_participant, stops):
    """Nobody who agrees makes no frame."""
    stops(rowan, Purpose.INTERVIEW_CONTACT)
    with pytest.raises(ValidationError, match="Nobody who is eligible agrees"):
        take_frame(by=None, study=study, name="F", criteria="C", groups={rowan_as_participant: ""})
    assert not SamplingFrame.objects.exists()


def test_a_pick_has_its_reason(as_hannah: Client, study: Study, frame: SamplingFrame, enrolled):
    """Chosen with a reason, which the database asks for too."""
    url = reverse("followup:pick-purposively", args=[study.slug, frame.pk])
    rowan, alison, _wren = enrolled
    assert as_hannah.post(url, {"participant": rowan.pk, "reason": "Missed two sessions"}).status_code == 302
    assert as_hannah.post(url, {"participant": alison.pk, "reason": " "}).status_code == 422
    assert SampleMember.objects.get().reason == "Missed two sessions"
    with pytest.raises(IntegrityError), transaction.atomic():
        SampleMember.objects.update(reason="")
    page = as_hannah.get(reverse("followup:frame", args=[study.slug, frame.pk])).content.decode()
    assert "Missed two sessions" in page


def test_picks_go_into_one_sample(frame: SamplingFrame, enrolled):
    """Purposive picks of one frame belong together, and nobody is chosen twice."""
    sample, _first = pick_purposively(by=None, frame=frame, participant=enrolled[0], reason="A")
    again, _second = pick_purposively(by=None, frame=frame, participant=enrolled[1], reason="B")
    assert again == sample
    with pytest.raises(ValidationError, match="chosen already"):
        pick_purposively(by=None, frame=frame, participant=enrolled[0], reason="C", sample=sample)


def test_whoever_stopped_is_not_chosen(
    as_hannah: Client, study: Study, frame: SamplingFrame, rowan: Person, rowan_as_participant, stops
):
    """The frame stays, and whoever no longer agrees can't be chosen from it."""
    stops(rowan, Purpose.INTERVIEW_CONTACT)
    with pytest.raises(ValidationError, match="no longer agrees"):
        pick_purposively(by=None, frame=frame, participant=rowan_as_participant, reason="A")
    url = reverse("followup:pick-purposively", args=[study.slug, frame.pk])
    assert as_hannah.post(url, {"participant": rowan_as_participant.pk, "reason": "A"}).status_code == 422


def test_someone_outside_the_frame_is_not_chosen(frame: SamplingFrame, people_with_codes):
    """Only people of the frame are chosen from it."""
    with pytest.raises(ValidationError, match="is not in this frame"):
        pick_purposively(by=None, frame=frame, participant=people_with_codes(1)[0], reason="A")


def test_a_refusal_and_a_replacement_stay_to_be_seen(
    as_hannah: Client, study: Study, frame: SamplingFrame, enrolled
):
    """Who said no stays a no, without a reason; who came in their place has one."""
    _sample, picked = pick_purposively(by=None, frame=frame, participant=enrolled[0], reason="A")
    refusal = reverse("followup:record-refusal", args=[study.slug, picked.pk])
    assert as_hannah.post(refusal).status_code == 302
    assert as_hannah.post(refusal).status_code == 422
    url = reverse("followup:replace-pick", args=[study.slug, picked.pk])
    assert as_hannah.post(url, {"participant": enrolled[1].pk, "reason": "Same ward"}).status_code == 302
    picked.refresh_from_db()
    assert picked.state == "declined"
    assert SampleMember.objects.get(replaces=picked).participant == enrolled[1]
    with pytest.raises(ValidationError, match="in this place already"):
        replace_pick(by=None, member=picked, participant=enrolled[2], reason="B")


def test_someone_who_did_not_refuse_is_marked_replaced(frame: SamplingFrame, enrolled):
    """A replacement without a refusal says so."""
    _sample, picked = pick_purposively(by=None, frame=frame, participant=enrolled[0], reason="A")
    replace_pick(by=None, member=picked, participant=enrolled[1], reason="Moved away")
    picked.refresh_from_db()
    assert picked.state == "replaced"
    with pytest.raises(ValidationError, match="no longer among those chosen"):
        record_refusal(by=None, member=picked)


def test_the_same_seed_draws_the_same(as_hannah: Client, study: Study, frame: SamplingFrame, enrolled):
    """A draw can be made again by anybody who has the seed."""
    url = reverse("followup:draw-randomly", args=[study.slug, frame.pk])
    assert as_hannah.post(url, {"size": 2}).status_code == 302
    drawn = Sample.objects.get()
    assert drawn.seed is not None
    first = list(drawn.members.order_by("pk").values_list("participant__code", flat=True))
    _again, members = draw_randomly(by=None, frame=frame, size=2, seed=drawn.seed)
    assert [member.participant.code for member in members] == first
    assert in_drawn_order(["P01", "P02", "P03"], drawn.seed)[:2] == first


def test_a_draw_passes_over_whoever_stopped(
    frame: SamplingFrame, rowan: Person, rowan_as_participant: Participant, stops
):
    """Whoever no longer agrees is never drawn, and more than are left can't be."""
    stops(rowan, Purpose.INTERVIEW_CONTACT)
    _sample, members = draw_randomly(by=None, frame=frame, size=2)
    assert rowan_as_participant not in {member.participant for member in members}
    with pytest.raises(ValidationError, match="3 can’t be drawn: 2 people"):
        draw_randomly(by=None, frame=frame, size=3)


def test_a_seed_is_no_larger_than_what_can_be_kept(as_hannah: Client, study: Study, frame: SamplingFrame):
    """The form says so, and nobody is drawn."""
    url = reverse("followup:draw-randomly", args=[study.slug, frame.pk])
    assert as_hannah.post(url, {"size": 1, "seed": 2**63}).status_code == 422
    assert not Sample.objects.exists()


def test_the_database_asks_for_a_seed(frame: SamplingFrame):
    """A random sample without its seed is refused by the database."""
    with pytest.raises(IntegrityError), transaction.atomic():
        Sample.objects.create(frame=frame, kind="random")


def test_whoever_works_with_someone_sees_nothing_of_them(
    as_priya: Client, study: Study, frame: SamplingFrame, wren_as_participant: Participant
):
    """Neither in the frame, nor among those chosen, nor in the counts."""
    _sample, picked = pick_purposively(by=None, frame=frame, participant=wren_as_participant, reason="Secret")
    page = as_priya.get(reverse("followup:frame", args=[study.slug, frame.pk])).content.decode()
    assert "Secret" not in page
    assert wren_as_participant.code not in page
    assert as_priya.post(reverse("followup:record-refusal", args=[study.slug, picked.pk])).status_code == 404
    listed = as_priya.get(reverse("followup:frames", args=[study.slug])).content.decode()
    assert '<td data-label="People">2</td>' in listed


def shown(client: Client, study: Study, frame: SamplingFrame) -> str:
    return without_tokens(client.get(reverse("followup:frame", args=[study.slug, frame.pk])).content)


@pytest.mark.parametrize("size", [2, 999])
def test_whoever_works_with_somebody_leaves_the_draw_to_a_colleague(
    as_priya: Client, study: Study, frame: SamplingFrame, wren: Person, wren_as_participant, stops, size: int
):
    """Neither who was drawn nor how many could be tells Priya whether Wren agrees, or is in the frame."""
    url = reverse("followup:draw-randomly", args=[study.slug, frame.pk])

    def asked() -> str:
        answer = as_priya.post(url, {"size": size})
        assert answer.status_code == 422
        return without_tokens(answer.content)

    agreed = asked()
    assert "so a colleague draws the sample" in agreed
    stops(wren, Purpose.INTERVIEW_CONTACT)
    assert asked() == agreed
    frame.members.filter(participant=wren_as_participant).delete()
    assert asked() == agreed
    assert not Sample.objects.exists()


def test_a_draw_by_a_colleague_leaves_no_gap(
    as_priya: Client, as_hannah: Client, study: Study, frame: SamplingFrame, wren_as_participant: Participant
):
    """Of three drawn, Priya sees two rows without a gap; a sample of Wren alone she doesn’t see at all."""
    before = shown(as_priya, study, frame)
    pick_purposively(by=None, frame=frame, participant=wren_as_participant, reason="Secret")
    assert shown(as_priya, study, frame) == before
    draw_randomly(by=None, frame=frame, size=3, seed=7)
    with_wren = shown(as_priya, study, frame)
    assert with_wren.count('"Reason">Drawn at random<') == 2
    assert shown(as_hannah, study, frame).count('"Reason">Drawn at random<') == 3
    SampleMember.objects.filter(participant=wren_as_participant).delete()
    assert shown(as_priya, study, frame) == with_wren


def test_a_frame_of_one_whom_the_asker_works_with_is_refused_as_an_empty_one(
    as_priya: Client, study: Study, enrolled, rowan: Person, alison: Person, wren: Person, stops
):
    """Where nobody else agrees, Priya reads the same whether Wren does or not."""
    for person in (rowan, alison):
        stops(person, Purpose.INTERVIEW_CONTACT)
    url = reverse("followup:take-frame", args=[study.slug])

    def asked() -> str:
        answer = as_priya.post(url, {"name": "F", "criteria": "C"})
        assert answer.status_code == 422
        return without_tokens(answer.content)

    agreed = asked()
    stops(wren, Purpose.INTERVIEW_CONTACT)
    assert asked() == agreed
    assert not SamplingFrame.objects.exists()


def test_a_frame_of_one_whom_the_reader_works_with_is_not_listed(
    as_priya: Client, as_hannah: Client, study: Study, frame: SamplingFrame, wren_as_participant: Participant
):
    """A colleague took it of Wren alone: Priya’s list is as before."""
    url = reverse("followup:frames", args=[study.slug])
    before = without_tokens(as_priya.get(url).content)
    take_frame(by=None, study=study, name="Second", criteria="C", groups={wren_as_participant: ""})
    assert without_tokens(as_priya.get(url).content) == before
    assert "Second" in as_hannah.get(url).content.decode()


def test_a_replacement_whom_the_asker_works_with_is_in_nobodys_way(
    as_priya: Client, study: Study, frame: SamplingFrame, enrolled
):
    """Wren came in Rowan’s place: Priya isn’t told so by a refusal, and chooses Alison."""
    rowan, alison, wren = enrolled
    _sample, picked = pick_purposively(by=None, frame=frame, participant=rowan, reason="A")
    record_refusal(by=None, member=picked)
    replace_pick(by=None, member=picked, participant=wren, reason="B")
    url = reverse("followup:replace-pick", args=[study.slug, picked.pk])
    assert as_priya.post(url, {"participant": alison.pk, "reason": "C"}).status_code == 302
    assert as_priya.post(url, {"participant": alison.pk, "reason": "C"}).status_code == 422


@given(st.sets(st.from_regex(r"P\d{2,4}", fullmatch=True), min_size=1, max_size=40), st.integers(0, 2**62))
def test_an_order_is_everyone_once_however_they_are_listed(codes: set[str], seed: int):
    """The order depends on who is in the frame and the seed, and not on how they were listed."""
    order = in_drawn_order(codes, seed)
    assert sorted(order) == sorted(codes)
    assert order == in_drawn_order(sorted(codes, reverse=True), seed)
