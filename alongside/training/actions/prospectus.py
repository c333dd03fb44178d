from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from alongside.accounts.models import Study
from alongside.audit.actions import Actor, record
from alongside.training.models import Prospectus


@transaction.atomic
def write_prospectus(
    *, by: Actor | None, study: Study, welcome: str = "", who_we_are: str = "", asking_for_help: str = ""
) -> Prospectus:
    """The study's own words about its courses. What is open to everyone keeps saying how to ask for help."""
    prospectus = _locked(study)
    if prospectus.is_open and not asking_for_help.strip():
        raise ValidationError({"asking_for_help": _how_to_ask()})
    prospectus.welcome, prospectus.who_we_are = welcome.strip(), who_we_are.strip()
    prospectus.asking_for_help = asking_for_help.strip()
    prospectus.full_clean()
    prospectus.save()
    record(by=by, verb="write_prospectus", on=prospectus, fields=["asking_for_help", "welcome", "who_we_are"])
    return prospectus


@transaction.atomic
def open_prospectus(*, by: Actor | None, study: Study) -> Prospectus:
    """From now on anybody can read it. Somebody whom the form keeps out is told another way to ask."""
    prospectus = _locked(study)
    if not prospectus.asking_for_help:
        raise ValidationError(_how_to_ask())
    return _set_open(by, prospectus, "open_prospectus", is_open=True)


@transaction.atomic
def close_prospectus(*, by: Actor | None, study: Study) -> Prospectus:
    """From now on its address is that of nothing."""
    return _set_open(by, _locked(study), "close_prospectus", is_open=False)


def _set_open(by: Actor | None, prospectus: Prospectus, verb: str, *, is_open: bool) -> Prospectus:
    if prospectus.is_open != is_open:
        prospectus.is_open = is_open
        prospectus.save(update_fields=["is_open"])
        record(by=by, verb=verb, on=prospectus, fields=["is_open"])
    return prospectus


def _locked(study: Study) -> Prospectus:
    Prospectus.objects.get_or_create(study=study)
    return Prospectus.objects.select_for_update().get(study=study)


def _how_to_ask() -> str:
    return _("Say first how people can ask by another way than the form, and for help with it.")
