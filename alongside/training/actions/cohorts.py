from collections.abc import Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.accounts.models import Study, User
from alongside.audit.actions import Actor, record
from alongside.people.queries import working_with
from alongside.training.actions.calendars import raise_sequence
from alongside.training.models import Cohort, Part, Place, Programme, Quota, Session, Term
from alongside.training.queries import places_taken


@transaction.atomic
def open_cohort(
    *,
    by: Actor | None,
    study: Study,
    programme: Programme,
    name: str,
    term: Term | None = None,
    place: Place | str | None = None,
    time_zone: str = "Europe/London",
    capacity: int = 14,
    quotas: Mapping[str, int] | None = None,
) -> Cohort:
    """A group to fill. `quotas` keeps some of its places for people who describe themselves so."""
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    kept = {kind: places for kind, places in (quotas or {}).items() if places}
    if programme.study_id != study.pk:
        raise ValidationError(_("This course belongs to another study."))
    cohort = Cohort(
        study=study,
        programme=programme,
        name=name.strip(),
        term=_of_study(study, term),
        place=_place(study, place),
        time_zone=time_zone,
        capacity=capacity,
    )
    _refuse_name(cohort)
    _refuse_more_kept(kept, capacity)
    cohort.full_clean()
    cohort.save()
    _keep(cohort, kept)
    record(by=by, verb="open_cohort", on=cohort, fields=["name", "capacity", "quotas"])
    return cohort


@transaction.atomic
def change_cohort(
    *,
    by: Actor | None,
    cohort: Cohort,
    name: str,
    capacity: int,
    term: Term | None = None,
    place: Place | str | None = None,
    quotas: Mapping[str, int] | None = None,
    listed: bool = False,
    apply_until: date | None = None,
    sessions_to_complete: int | None = None,
    stories_at_most: int = 2,
) -> Cohort:
    """What the group is called, where and when it meets, and how it is filled. Its course stays.

    Kinds that `quotas` doesn't name keep the places that were kept for them.
    """
    cohort = Cohort.objects.select_for_update(no_key=True).select_related("study").get(pk=cohort.pk)
    held = dict(cohort.quotas.values_list("standpoint", "places"))
    kept = {kind: places for kind, places in {**held, **(quotas or {})}.items() if places}
    before = {name: getattr(cohort, name) for name in CHANGEABLE}
    cohort.name, cohort.capacity = name.strip(), capacity
    cohort.term, cohort.place = _of_study(cohort.study, term), _place(cohort.study, place)
    cohort.listed, cohort.apply_until = listed, apply_until
    cohort.sessions_to_complete, cohort.stories_at_most = sessions_to_complete, stories_at_most
    _refuse_name(cohort)
    _refuse_fewer_than_taken(by, cohort, before["capacity"])
    _refuse_more_kept(kept, capacity)
    _refuse_more_than_there_are(cohort)
    cohort.full_clean()
    cohort.save()
    _keep(cohort, kept)
    changed = [name for name in CHANGEABLE if getattr(cohort, name) != before[name]]
    if "place" in changed:
        raise_sequence(cohort, elsewhere=True)
    quota_fields = [f"kept_{kind}" for kind in {*held, *kept} if held.get(kind) != kept.get(kind)]
    record(by=by, verb="change_cohort", on=cohort, fields=[*changed, *quota_fields])
    return cohort


CHANGEABLE = (
    "name",
    "term",
    "place",
    "capacity",
    "listed",
    "apply_until",
    "sessions_to_complete",
    "stories_at_most",
)


def _keep(cohort: Cohort, kept: Mapping[str, int]) -> None:
    cohort.quotas.exclude(standpoint__in=kept).delete()
    for standpoint, places in kept.items():
        quota = cohort.quotas.filter(standpoint=standpoint).first()
        quota = quota or Quota(cohort=cohort, standpoint=standpoint)
        quota.places = places
        quota.full_clean()
        quota.save()


def _of_study(study: Study, term: Term | None) -> Term | None:
    if term is not None and term.study_id != study.pk:
        raise ValidationError(_("This term belongs to another study."))
    return term


def _place(study: Study, place: Place | str | None) -> Place | None:
    """A place of the study, or the one of that name; one that nobody has told of before is noted."""
    if isinstance(place, Place):
        if place.study_id != study.pk:
            raise ValidationError(_("This place belongs to another study."))
        return place
    if not place or not place.strip():
        return None
    noted = Place.objects.filter(study=study, name=place.strip()).first()
    if noted is None:
        noted = Place(study=study, name=place.strip())
        noted.full_clean()
        noted.save()
    return noted


def _refuse_name(cohort: Cohort) -> None:
    same = Cohort.objects.filter(study=cohort.study_id, name=cohort.name)
    if same.exclude(pk=cohort.pk).exists():
        raise ValidationError(_("There is a group called “%(name)s” already.") % {"name": cohort.name})


def _refuse_more_kept(kept: Mapping[str, int], capacity: int) -> None:
    if sum(kept.values()) > capacity:
        raise ValidationError(
            _("%(kept)s places are to be kept, and the group has %(capacity)s. Keep fewer, or add places.")
            % {"kept": sum(kept.values()), "capacity": capacity}
        )


def _refuse_fewer_than_taken(by: Actor | None, cohort: Cohort, before: int) -> None:
    """To whoever works with anybody here, what is refused would tell of an offer that is hidden from them."""
    if cohort.capacity < before and isinstance(by, User) and working_with(by, cohort.study):
        raise ValidationError(
            {"capacity": _("You work with somebody in this study, so a colleague makes a group smaller.")}
        )
    taken = places_taken(cohort)
    if cohort.capacity < taken:
        told = ngettext(
            "%(taken)s place is taken or held, so the group can’t have fewer.",
            "%(taken)s places are taken or held, so the group can’t have fewer.",
            taken,
        )
        raise ValidationError({"capacity": told % {"taken": taken}})


def _refuse_more_than_there_are(cohort: Cohort) -> None:
    """Nobody could complete a course that asks for more sessions than it has."""
    held = Session.objects.filter(cohort=cohort).exclude(state=Session.State.CANCELLED).count()
    there_are = max(held, Part.objects.filter(programme=cohort.programme_id).count())
    if cohort.sessions_to_complete and there_are and cohort.sessions_to_complete > there_are:
        told = ngettext(
            "The group has %(count)s session, so nobody could come to more.",
            "The group has %(count)s sessions, so nobody could come to more.",
            there_are,
        )
        raise ValidationError({"sessions_to_complete": told % {"count": there_are}})
