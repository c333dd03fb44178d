from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Q, QuerySet

from alongside.accounts.models import Study, User
from alongside.followup.models import FrameMember, Sample, SampleMember, SamplingFrame, Timepoint
from alongside.followup.queries.doors import may_be_asked
from alongside.people.models import Participant, Purpose
from alongside.people.queries import barred_participants, behind_firewall


def frames(study: Study, user: User | AnonymousUser) -> QuerySet[SamplingFrame]:
    """The frames, each with how many people `user` may see in it (`people`). One in which they see nobody
    would tell of somebody, and isn't there."""
    shown = ~Q(members__participant__in=barred_participants(user))
    rows = SamplingFrame.objects.filter(study=study)
    counted = rows.annotate(people=Count("members", filter=shown, distinct=True))
    return counted.filter(people__gt=0).order_by("-taken")


def frame_members(frame: SamplingFrame, user: User | AnonymousUser) -> QuerySet[FrameMember]:
    rows = FrameMember.objects.filter(frame=frame).select_related("participant")
    return behind_firewall(rows, user, "participant").order_by("group", "participant__code")


def pickable(frame: SamplingFrame, user: User | AnonymousUser) -> QuerySet[Participant]:
    """Those of the frame who still agree to be asked, and whom `user` doesn't work with."""
    rows = Participant.objects.filter(
        pk__in=frame.members.values("participant"), id__in=may_be_asked(Purpose.INTERVIEW_CONTACT)
    )
    return behind_firewall(rows, user, "pk").order_by("code")


@dataclass(frozen=True)
class SampleShown:
    sample: Sample
    members: list[SampleMember]


def samples(frame: SamplingFrame, user: User | AnonymousUser) -> list[SampleShown]:
    """The samples of a frame and who is in them, each with its reason. One in which `user` may see nobody
    isn't there. Two queries."""
    rows = SampleMember.objects.filter(sample__frame=frame).select_related(
        "participant", "replaces__participant"
    )
    shown = list(behind_firewall(rows, user, "participant", "replaces__participant").order_by("pk"))
    known = {member.sample_id for member in shown}
    return [
        SampleShown(sample, [member for member in shown if member.sample_id == sample.pk])
        for sample in Sample.objects.filter(pk__in=known).order_by("kind", "pk")
    ]


def eligible(study: Study, timepoint: Timepoint | None) -> dict[Participant, str]:
    """Whom a frame can be taken of: everyone, or everyone with that timepoint; by how they are described."""
    rows = Participant.objects.filter(study=study)
    if timepoint is not None:
        rows = rows.filter(timepoints__timepoint=timepoint)
    return {participant: participant.described_as for participant in rows.order_by("code")}
