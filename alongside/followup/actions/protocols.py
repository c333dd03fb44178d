from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.accounts.models import Study
from alongside.audit.actions import Actor, record
from alongside.followup.models import Protocol, Timepoint, TimepointInstance
from alongside.followup.queries import may_be_asked
from alongside.followup.windows import window
from alongside.people.actions import hold_gate
from alongside.people.models import Participant, Purpose
from alongside.people.queries import participants_of
from alongside.training.models import Cohort, Session
from alongside.training.queries import took_part


@transaction.atomic
def create_protocol(*, by: Actor | None, study: Study, name: str) -> Protocol:
    if Protocol.objects.filter(study=study, name=name.strip()).exists():
        raise ValidationError(_("There is a plan called “%(name)s” already.") % {"name": name.strip()})
    protocol = Protocol(study=study, name=name.strip())
    protocol.full_clean()
    protocol.save()
    record(by=by, verb="create_protocol", on=protocol, fields=["name"])
    return protocol


@transaction.atomic
def add_timepoint(
    *,
    by: Actor | None,
    protocol: Protocol,
    name: str,
    anchor: str,
    months: int = 0,
    days: int = 0,
    opens_days: int = -14,
    closes_days: int = 28,
) -> Timepoint:
    """A time at which people are asked, counted from a session: months first, then days."""
    protocol = Protocol.objects.select_for_update().get(pk=protocol.pk)
    if protocol.frozen:
        raise ValidationError(_("People have their dates by this plan already, so it can’t change any more."))
    if opens_days > 0 or closes_days < 0:
        raise ValidationError(_("The window opens before its day and closes after it."))
    if protocol.timepoints.filter(name=name.strip()).exists():
        raise ValidationError(_("This plan has a time called “%(name)s” already.") % {"name": name.strip()})
    timepoint = Timepoint(
        protocol=protocol,
        name=name.strip(),
        anchor=anchor,
        months=months,
        days=days,
        opens_days=opens_days,
        closes_days=closes_days,
    )
    timepoint.full_clean()
    timepoint.save()
    record(by=by, verb="add_timepoint", on=timepoint, study=protocol.study_id, fields=["anchor", "months"])
    return timepoint


@transaction.atomic
def anchor_timepoints(*, by: Actor | None, protocol: Protocol, cohort: Cohort) -> list[TimepointInstance]:
    """Give everyone of a group who may be asked their dates, and freeze the plan. Again, it adds newcomers.

    Whoever agreed neither to questions nor to being asked about an interview gets none.
    """
    hold_gate(protocol.study_id)
    protocol = Protocol.objects.select_for_update().get(pk=protocol.pk)
    if protocol.study_id != cohort.study_id:
        raise ValidationError(_("This group belongs to another study."))
    timepoints = list(protocol.timepoints.all())
    if not timepoints:
        raise ValidationError(_("This plan has no times yet, so there is nothing to give."))
    anchors = _anchors(cohort)
    known = set(
        TimepointInstance.objects.filter(timepoint__in=timepoints).values_list(
            "timepoint_id", "participant_id"
        )
    )
    new = [
        _instance(timepoint, participant, anchors[timepoint.anchor])
        for participant in _those_who_may_be_asked(cohort)
        for timepoint in timepoints
        if (timepoint.pk, participant.pk) not in known
    ]
    TimepointInstance.objects.bulk_create(new)
    if protocol.frozen is None:
        protocol.frozen = timezone.now()
        protocol.save(update_fields=["frozen"])
    record(by=by, verb="anchor_timepoints", on=protocol, fields=["frozen", "instances"])
    return new


def _anchors(cohort: Cohort) -> dict[str, date]:
    held = (
        cohort.sessions.exclude(state=Session.State.CANCELLED)
        .order_by("starts")
        .values_list("starts", flat=True)
    )
    days = [starts.astimezone(cohort.zone).date() for starts in held]
    if not days:
        raise ValidationError(_("%(group)s has no sessions to count from yet.") % {"group": cohort.name})
    return {Timepoint.Anchor.FIRST_SESSION: days[0], Timepoint.Anchor.LAST_SESSION: days[-1]}


def _those_who_may_be_asked(cohort: Cohort) -> list[Participant]:
    here = [participant.pk for participant in participants_of(list(took_part(cohort))).values()]
    agree = Q(pk__in=may_be_asked(Purpose.QUESTIONNAIRES)) | Q(pk__in=may_be_asked(Purpose.INTERVIEW_CONTACT))
    return list(Participant.objects.filter(agree, pk__in=here).order_by("code"))


def _instance(timepoint: Timepoint, participant: Participant, anchor: date) -> TimepointInstance:
    dates = window(
        anchor,
        months=timepoint.months,
        days=timepoint.days,
        opens_days=timepoint.opens_days,
        closes_days=timepoint.closes_days,
    )
    return TimepointInstance(
        timepoint=timepoint,
        participant=participant,
        anchored=dates.anchored,
        opens=dates.opens,
        due=dates.due,
        closes=dates.closes,
    )
