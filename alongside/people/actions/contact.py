"""How someone is reached, as the team keeps it."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from alongside.audit.actions import Actor, record
from alongside.people.actions.people import know_member
from alongside.people.models import ContactPoint, Person


@transaction.atomic
def add_contact(
    *, by: Actor | None, person: Person, kind: str, value: str, preferred: bool = False
) -> ContactPoint:
    person = Person.objects.select_for_update().get(pk=person.pk)
    point = ContactPoint(person=person, kind=kind, value=value.strip())
    _refuse_twice(point)
    point.full_clean()
    point.save()
    record(by=by, verb="add_contact", on=point, study=person.study_id, fields=["kind", "value"])
    if preferred:
        prefer_contact(by=by, point=point)
    if kind == ContactPoint.Kind.EMAIL:
        know_member(by, person, point.value)
    return point


@transaction.atomic
def change_contact(*, by: Actor | None, point: ContactPoint, kind: str, value: str) -> ContactPoint:
    person = Person.objects.select_for_update().get(pk=point.person_id)
    if kind != ContactPoint.Kind.EMAIL:
        _refuse_last_email(point)
    wanted = {"kind": kind, "value": value.strip()}
    changed = [name for name, now in wanted.items() if getattr(point, name) != now]
    if not changed:
        return point
    point.kind, point.value = wanted["kind"], wanted["value"]
    _refuse_twice(point)
    point.full_clean()
    point.save(update_fields=changed)
    record(by=by, verb="change_contact", on=point, study=person.study_id, fields=changed)
    if kind == ContactPoint.Kind.EMAIL:
        know_member(by, person, point.value)
    return point


@transaction.atomic
def remove_contact(*, by: Actor | None, point: ContactPoint) -> None:
    person = Person.objects.select_for_update().get(pk=point.person_id)
    _refuse_last_email(point)
    record(by=by, verb="remove_contact", on=point, study=person.study_id, fields=["kind", "value"])
    point.delete()


@transaction.atomic
def prefer_contact(*, by: Actor | None, point: ContactPoint) -> None:
    """They would rather be reached this way than any other."""
    person = Person.objects.select_for_update().get(pk=point.person_id)
    person.contact_points.filter(preferred=True).update(preferred=False)
    point.preferred = True
    point.save(update_fields=["preferred"])
    record(by=by, verb="prefer_contact", on=point, study=person.study_id, fields=["preferred"])


def _refuse_twice(point: ContactPoint) -> None:
    same = ContactPoint.objects.filter(person=point.person, kind=point.kind, value__iexact=point.value)
    if same.exclude(pk=point.pk).exists():
        raise ValidationError({"value": _("This is on record for them already.")})


def _refuse_last_email(point: ContactPoint) -> None:
    """Whoever signs in is written to about it: the address may not go before there is another."""
    if point.kind != ContactPoint.Kind.EMAIL or point.person.user_id is None:
        return
    others = point.person.contact_points.filter(kind=ContactPoint.Kind.EMAIL).exclude(pk=point.pk)
    if not others.exists():
        raise ValidationError(
            _("%(name)s signs in, and this is the only e-mail address on record. Add another one first.")
            % {"name": point.person.name}
        )
