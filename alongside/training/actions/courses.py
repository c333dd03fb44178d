from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from alongside.accounts.models import Study
from alongside.audit.actions import Actor, record
from alongside.training.models import Cohort, Programme, Quota


@transaction.atomic
def create_programme(*, by: Actor | None, study: Study, title: str, aims: str = "") -> Programme:
    """A course; under a title that is there already, its next version. Groups keep the one they had."""
    title = title.strip()
    latest = Programme.objects.filter(study=study, title=title).order_by("-version").first()
    programme = Programme(
        study=study, title=title, aims=aims.strip(), version=latest.version + 1 if latest else 1
    )
    programme.full_clean()
    programme.save()
    record(by=by, verb="create_programme", on=programme, fields=["title", "aims"])
    return programme


@transaction.atomic
def open_cohort(
    *,
    by: Actor | None,
    study: Study,
    programme: Programme,
    name: str,
    place: str = "",
    time_zone: str = "Europe/London",
    capacity: int = 14,
    quotas: Mapping[str, int] | None = None,
) -> Cohort:
    """A group to fill. `quotas` keeps some of its places for people who describe themselves so."""
    kept = {kind: places for kind, places in (quotas or {}).items() if places}
    if programme.study_id != study.pk:
        raise ValidationError(_("This course belongs to another study."))
    if Cohort.objects.filter(study=study, name=name.strip()).exists():
        raise ValidationError(_("There is a group called “%(name)s” already.") % {"name": name.strip()})
    if sum(kept.values()) > capacity:
        raise ValidationError(
            _("%(kept)s places are to be kept, and the group has %(capacity)s. Keep fewer, or add places.")
            % {"kept": sum(kept.values()), "capacity": capacity}
        )
    cohort = Cohort(
        study=study,
        programme=programme,
        name=name.strip(),
        place=place.strip(),
        time_zone=time_zone,
        capacity=capacity,
    )
    cohort.full_clean()
    cohort.save()
    for standpoint, places in kept.items():
        quota = Quota(cohort=cohort, standpoint=standpoint, places=places)
        quota.full_clean()
        quota.save()
    record(by=by, verb="open_cohort", on=cohort, fields=["name", "capacity", "quotas"])
    return cohort
