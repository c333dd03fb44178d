from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from alongside.accounts.models import Study, User
from alongside.audit.actions import record
from alongside.core.disclosure import RULE
from alongside.training.models import Release
from alongside.training.queries import as_told, figures, releasable
from alongside.training.queries.figures import groups_over, groups_told


@transaction.atomic
def release_figures(*, by: User, study: Study, starts: date) -> Release:
    """Tell those outside the figures of the period that began on `starts`: once, and for good."""
    Study.objects.select_for_update(no_key=True).get(pk=study.pk)
    period = next((each for each in releasable(study) if each.starts == starts), None)
    if period is None:
        raise ValidationError(
            _("This period is not over, was told of before, or overlaps one that was. Nothing was released.")
        )
    told = groups_told(study)
    release = Release(
        study=study,
        name=period.name,
        starts=period.starts,
        ends=period.ends,
        told=as_told(figures(study, period, but=told)),
        groups=sorted(str(group) for group in groups_over(study, period) - told),
        rule=RULE,
        by=by,
    )
    release.full_clean()
    release.save()
    record(by=by, verb="release_figures", on=release, fields=["ends", "starts", "told"])
    return release
