import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max, QuerySet
from django.http import Http404
from django.utils import timezone

from alongside.accounts.models import Study, User
from alongside.accounts.queries import NOT_HERE
from alongside.followup.windows import add_months
from alongside.interviews.models import Recording, Transcript
from alongside.people.queries import is_kept_from_someone
from alongside.stewardship.models import Anchor, Kind, RetentionErasure, RetentionPlan, RetentionRule
from alongside.stewardship.retaining import KEPT
from alongside.training.models import Session

# Suggestions until a steward says otherwise: what funders and ethics committees ask for differs.
SUGGESTED = {
    Kind.AUDIO: (1, Anchor.TRANSCRIPT),
    Kind.ARRANGEMENTS: (1, Anchor.STUDY_END),
    Kind.CONTACT: (6, Anchor.STUDY_END),
    Kind.ATTENDANCE: (12, Anchor.LAST_SESSION),
    Kind.ANSWERS: (120, Anchor.STUDY_END),
    Kind.TRANSCRIPTS: (120, Anchor.STUDY_END),
    Kind.CONSENTS: (120, Anchor.STUDY_END),
}
SHOWN_BEFORE = 50


@dataclass(frozen=True)
class Holding:
    """One kind: how long it is kept, what a user may know of it, and which of that is due now."""

    kind: Kind
    rule: RetentionRule
    rows: list[Any]
    due_rows: list[Any]
    # The day from which something is due; none while nobody has said when the study ends.
    due: date | None

    @property
    def is_decided(self) -> bool:
        return self.rule.pk is not None

    @property
    def seen(self) -> str:
        """What was listed, so that exactly that is erased and nothing that came since."""
        keys = "\n".join(sorted(str(row.pk) for row in self.due_rows))
        return hashlib.sha256(keys.encode()).hexdigest()

    @property
    def lines(self) -> list[str]:
        return [KEPT[self.kind].called(row) for row in self.due_rows]


@dataclass(frozen=True)
class Retention:
    ends: date | None
    holdings: list[Holding]
    # Whether some of what there is may be kept from the reader; said whether or not there is any.
    partial: bool


def retention(study: Study, user: User) -> Retention:
    return Retention(
        study_ends(study),
        [_holding(study, user, kind) for kind in Kind],
        is_kept_from_someone(user, study),
    )


def holding_for(study: Study, user: User, kind: str) -> Holding:
    """The door to one kind of data, as far as `user` may know of it."""
    if kind not in Kind.values:
        raise Http404(NOT_HERE)
    return _holding(study, user, Kind(kind))


def rules(study: Study) -> dict[str, RetentionRule]:
    """Each kind's rule: what was decided, or else what is suggested."""
    decided = {rule.kind: rule for rule in RetentionRule.objects.filter(study=study)}
    return {
        kind: decided.get(kind) or RetentionRule(study=study, kind=kind, months=months, anchor=anchor)
        for kind, (months, anchor) in SUGGESTED.items()
    }


def recordings_kept_until(study: Study, recordings: list[Recording]) -> list[date | None]:
    """The day from which each of them is due; none while that is not decided or not known yet."""
    rule = rules(study)[Kind.AUDIO]
    if rule.pk is None:
        return [None for _each in recordings]
    return _due_days(rule, _counted_from(study, rule), recordings)


def study_ends(study: Study) -> date | None:
    plan = RetentionPlan.objects.filter(study=study).first()
    return plan.ends if plan else None


def erased_before(study: Study, user: User) -> QuerySet[RetentionErasure]:
    """What was erased as due: to whoever is kept from someone in the study, what they erased themselves."""
    rows = RetentionErasure.objects.filter(study=study).select_related("by").order_by("-at")
    return (rows.filter(by=user) if is_kept_from_someone(user, study) else rows)[:SHOWN_BEFORE]


def _holding(study: Study, user: User, kind: Kind) -> Holding:
    rule = rules(study)[kind]
    rows = list(KEPT[kind].rows(study, user))
    whole = _counted_from(study, rule)
    days = _due_days(rule, whole, rows)
    today = timezone.localdate()
    # Nothing is due of what nobody has decided how long to keep.
    due = [row for row, day in zip(rows, days, strict=True) if rule.pk and day is not None and day <= today]
    first = min((day for day in days if day is not None), default=_after(whole, rule))
    return Holding(kind, rule, rows, due, first)


def _due_days(rule: RetentionRule, whole: date | None, rows: list[Any]) -> list[date | None]:
    return [_after(_transcript_day(row) if rule.anchor == Anchor.TRANSCRIPT else whole, rule) for row in rows]


def _after(anchor: date | None, rule: RetentionRule) -> date | None:
    return add_months(anchor, rule.months) if anchor else None


def _counted_from(study: Study, rule: RetentionRule) -> date | None:
    """The day that counts for the whole kind, if there is one."""
    if rule.anchor == Anchor.STUDY_END:
        return study_ends(study)
    if rule.anchor == Anchor.LAST_SESSION:
        held = Session.objects.filter(study=study).exclude(state=Session.State.CANCELLED)
        last = held.aggregate(last=Max("ends"))["last"]
        return timezone.localdate(last) if last else None
    return None


def _transcript_day(recording: Recording) -> date | None:
    transcript: Transcript | None = getattr(recording.interview, "transcript", None)
    return timezone.localdate(transcript.checked) if transcript and transcript.checked else None
