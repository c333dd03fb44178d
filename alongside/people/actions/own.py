"""What a person says of themselves on their own page."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.audit.actions import Actor, record
from alongside.people.actions.firewall import raise_barriers
from alongside.people.models import ContactPoint, Person, WorkingRelationship
from alongside.people.queries import contact_of, relationships_between, usual_points


@transaction.atomic
def choose_contact(
    *, by: Actor | None, person: Person, language: str, format: str, preferred: str, **written: str
) -> None:
    """How the person would rather be reached, in which language and in which format.

    `written` holds one address for each kind, or nothing. A further one of a kind stays as it is.

    Anyone can type a member's address here. It keeps that member out, and a coordinator says whether the two
    are one: until then nobody gets a page by it.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    if preferred and not written.get(preferred):
        raise ValidationError({preferred: _("You chose this way. Write it here, or choose another way.")})
    wanted = {**written, "preferred": preferred, "language": language, "format": format}
    changed = [name for name, value in contact_of(person).items() if wanted.get(name, "") != value]
    if not changed:
        return
    person.language, person.format = language, format
    person.full_clean()
    person.save(update_fields=["language", "format"])
    _write_points(person, written, preferred)
    if "email" in changed:
        raise_barriers(person)
    record(by=by, verb="choose_contact", on=person, fields=changed)


def _write_points(person: Person, written: dict[str, str], preferred: str) -> None:
    points = usual_points(person)
    person.contact_points.update(preferred=False)
    for kind in ContactPoint.Kind.values:
        value, point = written.get(kind, ""), points.get(kind)
        if point is not None and point.value != value:
            point.delete()
            point = None
        if point is None and value:
            # It may be among the further ones already.
            point = person.contact_points.filter(kind=kind, value=value).first()
            point = point or ContactPoint(person=person, kind=kind, value=value)
        if point is not None:
            point.preferred = kind == preferred
            point.full_clean()
            point.save()


@transaction.atomic
def deny_relationship(*, by: Actor | None, relationship: WorkingRelationship, person: Person) -> None:
    """One half says that they don't work together, or not any more: it ends, and nobody is told.

    If the other half, or the team, ended it before, this one can't tell, and is answered the same.
    """
    if person.pk not in (relationship.first_id, relationship.second_id):
        raise ValidationError(_("Only one of the two people can say that they do not work together."))
    if relationship.denied_by(person):
        raise ValidationError(_("You have told us this already. Nothing changed."))
    for each in relationships_between(relationship.first, relationship.second).select_for_update():
        field = "first_denied" if person.pk == each.first_id else "second_denied"
        setattr(each, field, timezone.now())
        if each.is_open:
            each.ended = max(timezone.localdate(), each.started)
        each.save(update_fields=[field, "ended"])
        record(by=by, verb="deny_relationship", on=each, fields=[field, "ended"])
