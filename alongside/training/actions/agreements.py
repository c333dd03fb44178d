"""What a group writes for itself: its agreement, and coming back to it."""

from collections.abc import Sequence
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.audit.actions import Actor, record
from alongside.people.models import Person
from alongside.training.models import (
    MAY_PASS,
    NOT_PRIVATE,
    Acknowledgement,
    Clause,
    Cohort,
    LearningAgreement,
    Revisit,
)
from alongside.training.queries import current_agreement, has_place


@transaction.atomic
def write_agreement(
    *,
    by: Actor | None,
    cohort: Cohort,
    clauses: Sequence[str],
    may_pass: str | None = None,
    not_private: str | None = None,
    note: str = "",
    written: datetime | None = None,
) -> LearningAgreement:
    """The group's next version, in its own words. Sessions that start after it cite it.

    The right to pass and what cannot be kept private stay as they were, unless they are said anew here.
    Writing a next version is coming back to the one before.
    """
    cohort = Cohort.objects.select_for_update(no_key=True).get(pk=cohort.pk)
    words = [clause.strip() for clause in clauses if clause.strip()]
    latest = current_agreement(cohort)
    if not words:
        raise ValidationError(_("An agreement needs at least one line."))
    agreement = LearningAgreement(
        cohort=cohort,
        version=latest.version + 1 if latest else 1,
        note=note.strip(),
        written=written or timezone.now(),
        own_may_pass=_said("may_pass", may_pass, latest.own_may_pass if latest else "", str(MAY_PASS)),
        own_not_private=_said(
            "not_private", not_private, latest.own_not_private if latest else "", str(NOT_PRIVATE)
        ),
    )
    if latest and _whole(latest, [clause.words for clause in latest.clauses.all()]) == _whole(
        agreement, words
    ):
        raise ValidationError(
            _("These are the words of version %(v)s; nothing has changed.") % {"v": latest.version}
        )
    agreement.full_clean()
    agreement.save()
    Clause.objects.bulk_create(
        Clause(agreement=agreement, number=number, words=line) for number, line in enumerate(words, start=1)
    )
    if latest:
        day = timezone.localdate(agreement.written, cohort.zone)
        Revisit.objects.get_or_create(agreement=latest, on=day, defaults={"note": agreement.note})
    cohort.sessions.filter(starts__gte=agreement.written).update(agreement=agreement)
    record(
        by=by,
        verb="write_agreement",
        on=agreement,
        study=cohort.study_id,
        fields=["clauses", "may_pass", "not_private", "note", "version"],
    )
    return agreement


def _said(part: str, words: str | None, before: str, ours: str) -> str:
    """The group's own words for a part that every agreement has; blank where they are ours."""
    if words is None:
        return before
    words = words.strip()
    if not words:
        raise ValidationError(
            {part: _("Every agreement says this. Say it in the group’s own words, or keep ours.")}
        )
    return "" if words == ours else words


def _whole(agreement: LearningAgreement, clauses: list[str]) -> tuple[list[str], str, str]:
    return clauses, agreement.own_may_pass, agreement.own_not_private


@transaction.atomic
def revisit_agreement(*, by: Actor | None, cohort: Cohort, note: str = "", on: date | None = None) -> Revisit:
    """The group came back to its agreement and left it as it is."""
    cohort = Cohort.objects.select_for_update(no_key=True).get(pk=cohort.pk)
    agreement = current_agreement(cohort)
    if agreement is None:
        raise ValidationError(_("There is no agreement yet to come back to. Write the first with the group."))
    day = on or timezone.localdate(timezone=cohort.zone)
    if day > timezone.localdate(timezone=cohort.zone):
        raise ValidationError(
            _("That day is still to come. Write it down when the group has come back to it.")
        )
    if day < timezone.localdate(agreement.written, cohort.zone):
        raise ValidationError(_("Version %(v)s was not written yet on that day.") % {"v": agreement.version})
    if Revisit.objects.filter(agreement=agreement, on=day).exists():
        raise ValidationError(_("It is written down already that the group came back to it on that day."))
    revisit = Revisit(agreement=agreement, on=day, note=note.strip())
    revisit.full_clean()
    revisit.save()
    record(by=by, verb="revisit_agreement", on=revisit, study=cohort.study_id, fields=["note", "on"])
    return revisit


@transaction.atomic
def acknowledge_agreement(
    *, by: Actor | None, agreement: LearningAgreement, person: Person
) -> Acknowledgement:
    """A learner has read a version. Not a consent, and nothing depends on it."""
    if not has_place(person, agreement.cohort_id):
        raise ValidationError(_("Only people in the group acknowledge its agreement."))
    acknowledgement, new = Acknowledgement.objects.get_or_create(agreement=agreement, person=person)
    if new:
        record(by=by, verb="acknowledge_agreement", on=acknowledgement, study=agreement.cohort.study_id)
    return acknowledgement
