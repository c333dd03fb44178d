from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404
from django.utils import timezone

from alongside.accounts.models import Study, User
from alongside.accounts.permissions import Role
from alongside.accounts.queries import NOT_HERE
from alongside.people.models import (
    AccessGrant,
    Adjustment,
    Person,
    Standpoint,
    WorkingRelationship,
)
from alongside.people.tokens import digest


def person_for(study: Study, pk: UUID) -> Person:
    """The door to a person, for whoever came into `study` by a permission to see people."""
    person = Person.objects.filter(study=study, pk=pk, merged_into=None).first()
    if person is None:
        raise Http404(NOT_HERE)
    return person


class LinkEnded(Http404):
    """A personal link that leads nowhere: unknown, run out or taken back, and nobody learns which."""


def grant_for(raw_token: str, purpose: str) -> AccessGrant:
    """The door for a personal link. Looking never uses it up."""
    grant = (
        AccessGrant.objects.filter(token_hash=digest(raw_token), purpose=purpose)
        .select_related("person__study")
        .first()
    )
    if grant is None or not grant.is_live:
        raise LinkEnded(NOT_HERE)
    return grant


@dataclass(frozen=True)
class Own:
    """A person on their own pages, and what the addresses of those pages need."""

    person: Person
    where: dict[str, str]


def own_page(user: User | AnonymousUser, *, token: str = "", study: str = "") -> Own:
    """The door to a person's own pages: by their personal link, or by being signed in as them."""
    if token:
        return Own(grant_for(token, AccessGrant.MY_PAGE).person, {"token": token})
    person = None
    if user.is_authenticated:
        mine = Person.objects.filter(user_id=user.pk, study__slug=study, merged_into=None)
        person = mine.select_related("study").first()
    if person is None:
        raise Http404(NOT_HERE)
    return Own(person, {"study": study})


def people(study: Study, named: str = "") -> QuerySet[Person]:
    open_standpoints = Standpoint.objects.filter(ended=None).order_by("since")
    return (
        Person.objects.filter(study=study, merged_into=None, name__icontains=named.strip())
        .prefetch_related(Prefetch("standpoints", queryset=open_standpoints), "contact_points")
        .order_by("name", "pk")
    )


ASKED_LATELY = timedelta(days=14)


def asking_for_adjustments(study: Study) -> QuerySet[Person]:
    """People for whom something was recorded lately that would make it easier to take part."""
    lately = Adjustment.objects.filter(recorded__gte=timezone.now() - ASKED_LATELY, ended=None)
    return Person.objects.filter(study=study, pk__in=lately.values("person_id")).order_by("name")


def coordinators_for(person: Person) -> QuerySet[User]:
    """Whom a person can turn to in the study: never someone who works with them."""
    pairs = Q(first=person) | Q(second=person)
    colleagues = WorkingRelationship.objects.filter(pairs).values_list("first__user", "second__user")
    theirs = {user for pair in colleagues for user in pair if user}
    roles = {"memberships__study": person.study_id, "memberships__role": Role.COORDINATOR}
    return User.objects.filter(is_active=True, **roles).exclude(pk__in=theirs).order_by("name")


def counts(study: Study) -> dict[str, int]:
    return {
        "people": Person.objects.filter(study=study, merged_into=None).count(),
        "pairs": WorkingRelationship.objects.filter(study=study, ended=None).count(),
    }


def unlinked_members(study: Study) -> QuerySet[User]:
    """Members who sign in and of whom nobody has said which person they are, if any."""
    known = Person.objects.filter(study=study, user__isnull=False).values("user_id")
    members = User.objects.filter(memberships__study=study, is_active=True).exclude(pk__in=known)
    return members.distinct().order_by("name")
