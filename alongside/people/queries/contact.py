from django.http import Http404

from alongside.accounts.queries import NOT_HERE
from alongside.people.models import ContactPoint, Person
from alongside.people.queries.people import Own


def point_for(person: Person, pk: int) -> ContactPoint:
    """The door to one address of a person who may be seen."""
    found = person.contact_points.filter(pk=pk).first()
    if found is None:
        raise Http404(NOT_HERE)
    return found


def usual_points(person: Person) -> dict[str, ContactPoint]:
    """By kind, the address that is used: the preferred one, else the first that was written down."""
    points = person.contact_points.order_by("preferred", "-pk")
    return {point.kind: point for point in points}


def other_points(person: Person) -> list[ContactPoint]:
    """What else is on record."""
    used = {point.pk for point in usual_points(person).values()}
    return [point for point in person.contact_points.order_by("pk") if point.pk not in used]


def contact_of(person: Person) -> dict[str, str]:
    """How someone is reached, by the names of what is asked on their own page."""
    points = usual_points(person)
    return {
        **{kind: points[kind].value if kind in points else "" for kind in ContactPoint.Kind.values},
        "preferred": next((kind for kind, point in points.items() if point.preferred), ""),
        "language": person.language,
        "format": person.format,
    }


def proven_email(own: Own) -> ContactPoint | None:
    """An address that a secret may go to: on record before the link was made, so that whoever else has the
    link can't have put in their own."""
    addresses = own.person.contact_points.filter(kind=ContactPoint.Kind.EMAIL)
    if own.linked is not None:
        addresses = addresses.filter(since__lt=own.linked)
    return addresses.order_by("-preferred", "pk").first()
