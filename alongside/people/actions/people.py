from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from alongside.accounts.models import Study, User
from alongside.audit.actions import Actor, record
from alongside.people.actions.firewall import raise_barriers
from alongside.people.models import (
    ContactPoint,
    Person,
    Standpoint,
)
from alongside.people.queries import unlinked_members


@transaction.atomic
def add_person(
    *,
    by: Actor | None,
    study: Study,
    name: str,
    time_zone: str = "Europe/London",
    email: str = "",
    phone: str = "",
    user: User | None = None,
    standpoints: Sequence[str] = (),
    own_words: str = "",
) -> Person:
    # Whoever gives the address of a member is that member: the firewall must not wait to be told.
    known = unlinked_members(study).filter(email__iexact=email.strip()).first() if email.strip() else None
    person = Person(study=study, name=name.strip(), time_zone=time_zone, user=user or known)
    person.full_clean()
    person.save()
    given = [(ContactPoint.Kind.EMAIL, email.strip()), (ContactPoint.Kind.PHONE, phone.strip())]
    for place, (kind, value) in enumerate((kind, value) for kind, value in given if value):
        point = ContactPoint(person=person, kind=kind, value=value, preferred=place == 0)
        point.full_clean()
        point.save()
    record(by=by, verb="add_person", on=person, fields=["name", "contact_points"])
    for standpoint in standpoints:
        describe_standpoint(by=by, person=person, kind=standpoint)
    if own_words:
        describe_standpoint(by=by, person=person, kind=Standpoint.Kind.OWN_WORDS, words=own_words)
    return person


@transaction.atomic
def describe_standpoint(
    *,
    by: Actor | None,
    person: Person,
    kind: str,
    words: str = "",
    since: date | None = None,
    ended: date | None = None,
) -> Standpoint:
    """Add how the person describes themselves, or did for a time; what else they said stays."""
    standpoint = Standpoint(
        person=person, kind=kind, words=words.strip(), since=since or timezone.localdate(), ended=ended
    )
    _refuse_future(standpoint.since, ended)
    standpoint.full_clean()
    standpoint.save()
    record(by=by, verb="describe_standpoint", on=standpoint, study=person.study_id, fields=["kind"])
    return standpoint


@transaction.atomic
def end_standpoint(*, by: Actor | None, standpoint: Standpoint, ended: date) -> Standpoint:
    """From this day they don't describe themselves so any more. That they did stays."""
    Person.objects.select_for_update().get(pk=standpoint.person_id)
    standpoint.refresh_from_db()
    if standpoint.ended is not None:
        raise ValidationError(_("This description has ended already."))
    _refuse_future(ended)
    if ended < standpoint.since:
        raise ValidationError(
            {
                "ended": _("They have described themselves so since %(day)s; it can’t end before that.")
                % {"day": date_format(standpoint.since)}
            }
        )
    standpoint.ended = ended
    standpoint.save(update_fields=["ended"])
    study = standpoint.person.study_id
    record(by=by, verb="end_standpoint", on=standpoint, study=study, fields=["ended"])
    return standpoint


def _refuse_future(*days: date | None) -> None:
    if any(day and day > timezone.localdate() for day in days):
        raise ValidationError(_("This day is still to come. Write down what is so now."))


@transaction.atomic
def change_person(
    *, by: Actor | None, person: Person, name: str, language: str, time_zone: str, format: str
) -> Person:
    """What someone is called, in which language and format they get things, and by whose clocks."""
    wanted = {"name": name.strip(), "language": language, "time_zone": time_zone, "format": format}
    changed = [field for field, now in wanted.items() if getattr(person, field) != now]
    for field in changed:
        setattr(person, field, wanted[field])
    person.full_clean()
    if changed:
        person.save(update_fields=changed)
        record(by=by, verb="change_person", on=person, fields=changed)
    return person


@transaction.atomic
def link_user(*, by: Actor | None, person: Person, user: User) -> None:
    """Say that this user is this person, so that the firewall knows whom they work with.

    Said once: another account in its place would leave the first one outside the firewall.
    """
    # As it is now: two coordinators may be saying so at the same moment.
    person.user = Person.objects.select_for_update(of=("self",)).select_related("user").get(pk=person.pk).user
    if person.user_id not in (None, user.pk):
        raise ValidationError(_("This person signs in with another account already."))
    person.user = user
    person.full_clean()
    person.save(update_fields=["user"])
    raise_barriers(person)
    record(by=by, verb="link_user", on=person, fields=["user"])


def know_member(by: Actor | None, person: Person, email: str) -> None:
    """Whoever has the address of a member is that member: the firewall must not wait to be told."""
    if person.user_id is not None:
        return
    member = unlinked_members(person.study).filter(email__iexact=email).first()
    if member is not None:
        link_user(by=by, person=person, user=member)
    else:
        # Of a member who is known by another record there are barriers to raise all the same.
        raise_barriers(person)
