from dataclasses import dataclass
from uuid import UUID

import numpy as np
from django.contrib.auth.models import AnonymousUser
from django.db.models import Max, OuterRef, QuerySet, Subquery

from alongside.accounts.models import Study, User
from alongside.core.arrays import FloatArray
from alongside.core.change import Change, paired_change
from alongside.followup.models import Answer, InstrumentVersion, Response, Score, Timepoint
from alongside.followup.queries.timeline import Stage
from alongside.people.models import Purpose
from alongside.people.queries import behind_firewall, permitting


def responses(study: Study, user: User | AnonymousUser) -> QuerySet[Response]:
    """What was answered, newest first: of each set the newest revision, as long as its use is agreed to."""
    newest = (
        Response.objects.filter(instance=OuterRef("instance"), version=OuterRef("version"))
        .order_by("-revision")
        .values("revision")[:1]
    )
    rows = Response.objects.filter(
        instance__participant__study=study,
        instance__participant__in=permitting(Purpose.QUESTIONNAIRES),
        submitted__isnull=False,
        revision=Subquery(newest),
    )
    whole = rows.select_related(
        "instance__participant", "instance__timepoint", "version__instrument", "score"
    )
    return behind_firewall(whole, user, "instance__participant").order_by("-submitted", "-pk")


@dataclass(frozen=True)
class GroupChange:
    """One set of questions, answered at two timepoints by the same people."""

    version: InstrumentVersion
    before: Timepoint
    after: Timepoint
    change: Change


def paired_scores(
    study: Study, user: User | AnonymousUser, version: InstrumentVersion, before: Timepoint, after: Timepoint
) -> tuple[FloatArray, FloatArray]:
    """Scores at two timepoints, shape (people,), the same people in the same order; NaN where none."""
    rows = responses(study, user).filter(version=version, instance__timepoint__in=[before, after])
    values = rows.filter(score__isnull=False).values_list(
        "instance__participant", "instance__timepoint", "score__value"
    )
    found: dict[UUID, dict[UUID, float]] = {}
    for participant, timepoint, value in values:
        found.setdefault(participant, {})[timepoint] = value
    pairs = [(at.get(before.pk, np.nan), at.get(after.pk, np.nan)) for _pk, at in sorted(found.items())]
    both = np.array(pairs, dtype=np.float64).reshape(-1, 2)
    return both[:, 0], both[:, 1]


def group_changes(study: Study, user: User | AnonymousUser, stages: list[Stage]) -> list[GroupChange]:
    """For each scored set: from the first timepoint at which it was answered to the last."""
    order = [stage.timepoint for stage in stages]
    scored = Score.objects.filter(response__in=responses(study, user))
    used: dict[int, set[UUID]] = {}
    for version, timepoint in scored.values_list(
        "response__version", "response__instance__timepoint"
    ).distinct():
        used.setdefault(version, set()).add(timepoint)
    versions = InstrumentVersion.objects.filter(pk__in=used).select_related("instrument")
    found = []
    for each in versions.order_by("instrument__name", "number"):
        at = [timepoint for timepoint in order if timepoint.pk in used[each.pk]]
        if len(at) > 1:
            before, after = paired_scores(study, user, each, at[0], at[-1])
            found.append(GroupChange(each, at[0], at[-1], paired_change(before, after)))
    return [twice for twice in found if twice.change.people]


def answers_of(response: Response) -> dict[int, Answer]:
    """The answers by the number of their question."""
    return {answer.item.number: answer for answer in response.answers.select_related("item")}


def latest_revision(response: Response) -> int:
    rows = Response.objects.filter(instance=response.instance_id, version=response.version_id)
    return int(rows.aggregate(latest=Max("revision"))["latest"] or 0)
