from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.accounts.models import Study, User
from alongside.audit.actions import Actor, record
from alongside.followup.models import Instrument, InstrumentVersion, Item
from alongside.followup.typed import NewItem


@transaction.atomic
def add_instrument(*, by: Actor | None, study: Study, name: str, licence: str) -> Instrument:
    """A set of questions. Whoever adds it attests that the licence named allows its use here."""
    if not licence.strip():
        raise ValidationError(
            _("Say under which licence these questions may be used. Easily found is not a licence.")
        )
    if Instrument.objects.filter(study=study, name=name.strip()).exists():
        raise ValidationError(_("There is a set called “%(name)s” already.") % {"name": name.strip()})
    instrument = Instrument(
        study=study,
        name=name.strip(),
        licence=licence.strip(),
        attested_by=by if isinstance(by, User) else None,
        attested=timezone.now(),
    )
    instrument.full_clean()
    instrument.save()
    record(by=by, verb="add_instrument", on=instrument, fields=["licence", "name"])
    return instrument


@transaction.atomic
def publish_version(
    *, by: Actor | None, instrument: Instrument, items: Sequence[NewItem], scoring: str = "none"
) -> InstrumentVersion:
    """The questions as they are asked from now on. Earlier versions stand as they were answered."""
    instrument = Instrument.objects.select_for_update().get(pk=instrument.pk)
    if not items:
        raise ValidationError(_("A set needs at least one question."))
    if scoring != "none" and not any(item.kind == Item.Kind.SCALE for item in items):
        raise ValidationError(_("A score is made of numbers, and none of these questions asks for one."))
    latest = instrument.versions.order_by("-number").first()
    version = InstrumentVersion(
        instrument=instrument, number=latest.number + 1 if latest else 1, scoring=scoring
    )
    version.full_clean()
    version.save()
    for number, item in enumerate(items, start=1):
        _add_item(version, number, item)
    record(by=by, verb="publish_version", on=version, study=instrument.study_id, fields=["items", "scoring"])
    return version


def _add_item(version: InstrumentVersion, number: int, new: NewItem) -> None:
    if new.kind == Item.Kind.SCALE and new.highest <= new.lowest:
        raise ValidationError(
            _("Question %(number)s can’t run from %(lowest)s to %(highest)s: the highest is to be above.")
            % {"number": number, "lowest": new.lowest, "highest": new.highest}
        )
    item = Item(
        version=version,
        number=number,
        wording=new.wording.strip(),
        kind=new.kind,
        lowest=new.lowest,
        highest=new.highest,
        low_label=new.low_label.strip(),
        high_label=new.high_label.strip(),
        reverse=new.reverse and new.kind == Item.Kind.SCALE,
    )
    item.full_clean()
    item.save()
