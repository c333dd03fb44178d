from collections.abc import Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from alongside.accounts.models import Study, User
from alongside.audit.actions import record
from alongside.stewardship.actions.keys import check_name
from alongside.stewardship.models import RetentionErasure, RetentionPlan, RetentionRule
from alongside.stewardship.queries import holding_for
from alongside.stewardship.retaining import erase
from alongside.stewardship.withdrawal import erase_files


@transaction.atomic
def decide_retention(
    *, by: User, study: Study, ends: date | None, periods: Mapping[str, tuple[int, str]]
) -> None:
    """How long each kind is kept, counted from what. Deciding erases nothing."""
    Study.objects.select_for_update(no_key=True).get(pk=study.pk)
    plan, _new = RetentionPlan.objects.update_or_create(study=study, defaults={"ends": ends})
    for kind, (months, anchor) in periods.items():
        rule = RetentionRule.objects.filter(study=study, kind=kind).first()
        rule = rule or RetentionRule(study=study, kind=kind)
        rule.months, rule.anchor = months, anchor
        rule.full_clean()
        rule.save()
    record(by=by, verb="decide_retention", on=plan, fields=["ends", *periods])


@transaction.atomic
def erase_due(*, by: User, study: Study, kind: str, name: str, seen: str) -> RetentionErasure:
    """Erase what is due of one kind: exactly what `by` was shown, or nothing."""
    Study.objects.select_for_update(no_key=True).get(pk=study.pk)
    check_name(study, name)
    holding = holding_for(study, by, kind)
    if not holding.due_rows:
        raise ValidationError(_("Nothing of this is due. Nothing was erased."))
    if seen != holding.seen:
        raise ValidationError(
            _("What is due has changed since you looked. Nothing was erased. Please read the list again.")
        )
    done = RetentionErasure.objects.create(study=study, kind=kind, count=len(holding.due_rows), by=by)
    erase(kind, by, holding.due_rows)
    record(by=by, verb="erase_due", on=done, fields=[kind])
    transaction.on_commit(erase_files)
    return done
