"""The doors of the room. Rows that lead to a participant are closed to whoever works with them."""

from typing import TypeVar
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, QuerySet
from django.http import Http404

from alongside.accounts.models import Study, User
from alongside.accounts.queries import NOT_HERE
from alongside.followup.models import (
    Instrument,
    InstrumentVersion,
    Protocol,
    Response,
    SampleMember,
    SamplingFrame,
    TimepointInstance,
)
from alongside.people.models import Purpose, StandingConsent
from alongside.people.queries import behind_firewall, permitting

M = TypeVar("M", bound=Model)


def _found(rows: QuerySet[M]) -> M:
    row = rows.first()
    if row is None:
        raise Http404(NOT_HERE)
    return row


def may_be_asked(purpose: str) -> QuerySet[StandingConsent, UUID]:
    """Ids of the participants of whom something new may be asked for `purpose`, as a subquery."""
    rows = StandingConsent.objects.filter(purpose=purpose, kept=False)
    return rows.values_list("participant_id", flat=True)


def protocol_for(study: Study, pk: UUID) -> Protocol:
    return _found(Protocol.objects.filter(study=study, pk=pk))


def instrument_for(study: Study, pk: UUID) -> Instrument:
    return _found(Instrument.objects.filter(study=study, pk=pk))


def version_for(study: Study, pk: int) -> InstrumentVersion:
    rows = InstrumentVersion.objects.filter(instrument__study=study, pk=pk)
    return _found(rows.select_related("instrument").prefetch_related("items"))


def instance_for(study: Study, user: User | AnonymousUser, pk: UUID) -> TimepointInstance:
    rows = TimepointInstance.objects.filter(participant__study=study, pk=pk)
    shown = behind_firewall(rows, user, "participant")
    return _found(shown.select_related("participant", "timepoint__protocol"))


def response_for(study: Study, user: User | AnonymousUser, pk: int) -> Response:
    rows = Response.objects.filter(instance__participant__study=study, pk=pk)
    agreed = rows.filter(instance__participant__in=permitting(Purpose.QUESTIONNAIRES))
    shown = behind_firewall(agreed, user, "instance__participant")
    whole = shown.select_related("instance__participant", "instance__timepoint", "version__instrument")
    return _found(whole.prefetch_related("version__items", "answers"))


def frame_for(study: Study, pk: UUID) -> SamplingFrame:
    return _found(SamplingFrame.objects.filter(study=study, pk=pk))


def member_for(study: Study, user: User | AnonymousUser, pk: int) -> SampleMember:
    rows = SampleMember.objects.filter(participant__study=study, pk=pk)
    return _found(behind_firewall(rows, user, "participant").select_related("participant", "sample__frame"))
