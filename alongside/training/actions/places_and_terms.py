from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from alongside.accounts.models import Study
from alongside.audit.actions import Actor, record
from alongside.training.actions.calendars import raise_sequence
from alongside.training.actions.far_ahead import refuse_far_ahead
from alongside.training.models import Place, Term

PLACE_FIELDS = ("name", "address", "getting_there", "access")
TERM_FIELDS = ("name", "starts", "ends")


@transaction.atomic
def add_place(
    *,
    by: Actor | None,
    study: Study,
    name: str,
    address: str = "",
    getting_there: str = "",
    access: str = "",
) -> Place:
    return _write_place(by, "add_place", Place(study=study), name, address, getting_there, access)


@transaction.atomic
def change_place(
    *,
    by: Actor | None,
    place: Place,
    name: str,
    address: str = "",
    getting_there: str = "",
    access: str = "",
) -> Place:
    place = Place.objects.select_for_update().get(pk=place.pk)
    called = place.name
    place = _write_place(by, "change_place", place, name, address, getting_there, access)
    if place.name != called:
        for cohort in place.cohorts.all():
            raise_sequence(cohort)
    return place


@transaction.atomic
def add_term(*, by: Actor | None, study: Study, name: str, starts: date, ends: date) -> Term:
    return _write_term(by, "add_term", Term(study=study), name, starts, ends)


@transaction.atomic
def change_term(*, by: Actor | None, term: Term, name: str, starts: date, ends: date) -> Term:
    term = Term.objects.select_for_update().get(pk=term.pk)
    return _write_term(by, "change_term", term, name, starts, ends)


def _write_place(by: Actor | None, verb: str, place: Place, *words: str) -> Place:
    for field, said in zip(PLACE_FIELDS, words, strict=True):
        setattr(place, field, said.strip())
    if Place.objects.filter(study=place.study_id, name=place.name).exclude(pk=place.pk).exists():
        raise ValidationError({"name": _("There is a place called “%(name)s”.") % {"name": place.name}})
    place.full_clean()
    place.save()
    record(by=by, verb=verb, on=place, fields=PLACE_FIELDS)
    return place


def _write_term(by: Actor | None, verb: str, term: Term, name: str, starts: date, ends: date) -> Term:
    term.name, term.starts, term.ends = name.strip(), starts, ends
    if ends < starts:
        told = {"starts": date_format(starts, "j F Y"), "ends": date_format(ends, "j F Y")}
        raise ValidationError(
            {"ends": _("The term would end on %(ends)s, before it starts on %(starts)s.") % told}
        )
    refuse_far_ahead(starts=starts, ends=ends)
    if Term.objects.filter(study=term.study_id, name=term.name).exclude(pk=term.pk).exists():
        raise ValidationError({"name": _("There is a term called “%(name)s”.") % {"name": term.name}})
    term.full_clean()
    term.save()
    record(by=by, verb=verb, on=term, fields=TERM_FIELDS)
    return term
