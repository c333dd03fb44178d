import secrets
from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.accounts.models import Study, User
from alongside.audit.actions import Actor, record
from alongside.followup.drawing import in_drawn_order
from alongside.followup.models import FrameMember, Sample, SampleMember, SamplingFrame
from alongside.followup.queries import may_be_asked
from alongside.people.actions import agrees, hold_gate
from alongside.people.models import Participant, Purpose
from alongside.people.queries import (
    barred_participants,
    behind_firewall,
    is_kept_from_someone,
)


@transaction.atomic
def take_frame(
    *,
    by: Actor | None,
    study: Study,
    name: str,
    criteria: str,
    groups: Mapping[Participant, str],
    taken: datetime | None = None,
) -> SamplingFrame:
    """Who could be asked about an interview: of those eligible (`groups`), whoever agrees to be asked.

    Somebody who works with one of them is answered as if that one weren't there.
    """
    if any(participant.study_id != study.pk for participant in groups):
        raise ValidationError(_("Someone among these belongs to another study."))
    hold_gate(study.pk)
    agree = set(may_be_asked(Purpose.INTERVIEW_CONTACT))
    eligible = {participant: group for participant, group in groups.items() if participant.pk in agree}
    kept_from = set(barred_participants(by)) if isinstance(by, User) else set()
    if all(participant.pk in kept_from for participant in eligible):
        raise ValidationError(_("Nobody who is eligible agrees to being asked about an interview."))
    frame = SamplingFrame(
        study=study, name=name.strip(), criteria=criteria.strip(), taken=taken or timezone.now()
    )
    frame.full_clean()
    frame.save()
    FrameMember.objects.bulk_create(
        FrameMember(frame=frame, participant=participant, group=group)
        for participant, group in eligible.items()
    )
    record(by=by, verb="take_frame", on=frame, fields=["criteria", "members"])
    return frame


@transaction.atomic
def pick_purposively(
    *,
    by: Actor | None,
    frame: SamplingFrame,
    participant: Participant,
    reason: str,
    sample: Sample | None = None,
) -> tuple[Sample, SampleMember]:
    """Choose someone of the frame for a reason, into the frame's purposive sample unless another is named."""
    hold_gate(frame.study_id)
    frame = SamplingFrame.objects.select_for_update().get(pk=frame.pk)
    if sample is None:
        sample = Sample.objects.filter(frame=frame, kind=Sample.Kind.PURPOSIVE).order_by("pk").first()
    if sample is None:
        sample = Sample.objects.create(frame=frame, kind=Sample.Kind.PURPOSIVE)
    return sample, _choose(by, sample, participant, reason, verb="pick_purposively")


@transaction.atomic
def draw_randomly(
    *, by: Actor | None, frame: SamplingFrame, size: int, seed: int | None = None
) -> tuple[Sample, list[SampleMember]]:
    """Draw `size` people of the frame. The same frame and seed give the same order on any machine.

    Whoever no longer agrees to be asked is passed over, and the next in order comes in their place. Who works
    with somebody here would read from how many can be drawn, and from who was, if that one is among them.
    """
    if isinstance(by, User) and is_kept_from_someone(by, frame.study):
        raise ValidationError(
            _("You work with somebody in this study, or know somebody, so a colleague draws the sample.")
        )
    hold_gate(frame.study_id)
    frame = SamplingFrame.objects.select_for_update().get(pk=frame.pk)
    members = {m.participant.code: m.participant for m in frame.members.select_related("participant")}
    agree = set(may_be_asked(Purpose.INTERVIEW_CONTACT))
    seed = secrets.randbelow(2**62) if seed is None else seed
    order = [members[code] for code in in_drawn_order(members, seed) if members[code].pk in agree]
    if not 1 <= size <= len(order):
        raise ValidationError(
            _("%(size)s can’t be drawn: %(people)s people of this frame agree to be asked.")
            % {"size": size, "people": len(order)}
        )
    sample = Sample.objects.create(frame=frame, kind=Sample.Kind.RANDOM, seed=seed)
    # Without a place: of 1, 2 and 4 somebody would read that the third is one whom they may not see.
    drawn = [
        _choose(by, sample, participant, _("Drawn at random"), "draw_randomly")
        for participant in order[:size]
    ]
    return sample, drawn


@transaction.atomic
def record_refusal(*, by: Actor | None, member: SampleMember) -> SampleMember:
    """Someone who was chosen said no. No reason is asked or kept."""
    member = SampleMember.objects.select_for_update().get(pk=member.pk)
    if member.state != SampleMember.State.CHOSEN:
        raise ValidationError(_("This person is no longer among those chosen."))
    member.state = SampleMember.State.DECLINED
    member.save(update_fields=["state"])
    record(by=by, verb="record_refusal", on=member, study=member.participant.study_id, fields=["state"])
    return member


@transaction.atomic
def replace_pick(
    *, by: Actor | None, member: SampleMember, participant: Participant, reason: str
) -> SampleMember:
    """Choose someone in the place of another, with a reason. That the other said no stays to be seen."""
    hold_gate(participant.study_id)
    member = SampleMember.objects.select_for_update().get(pk=member.pk)
    others = SampleMember.objects.filter(replaces=member)
    # One whom they may not see doesn't stand in the way: the refusal would tell of that one.
    if (behind_firewall(others, by, "participant") if isinstance(by, User) else others).exists():
        raise ValidationError(_("Someone has been chosen in this place already."))
    new = _choose(by, member.sample, participant, reason, verb="replace_pick", replaces=member)
    if member.state == SampleMember.State.CHOSEN:
        member.state = SampleMember.State.REPLACED
        member.save(update_fields=["state"])
    return new


def _choose(
    by: Actor | None,
    sample: Sample,
    participant: Participant,
    reason: str,
    verb: str,
    replaces: SampleMember | None = None,
) -> SampleMember:
    if not reason.strip():
        raise ValidationError(_("Say why this person is chosen."))
    if not FrameMember.objects.filter(frame=sample.frame_id, participant=participant).exists():
        raise ValidationError(_("%(who)s is not in this frame.") % {"who": participant})
    if not agrees(participant, Purpose.INTERVIEW_CONTACT):
        raise ValidationError(_("%(who)s no longer agrees to being asked.") % {"who": participant})
    if SampleMember.objects.filter(sample=sample, participant=participant).exists():
        raise ValidationError(_("%(who)s has been chosen already.") % {"who": participant})
    member = SampleMember(sample=sample, participant=participant, reason=reason.strip(), replaces=replaces)
    member.full_clean()
    member.save()
    record(by=by, verb=verb, on=member, study=participant.study_id, fields=["reason"])
    return member
