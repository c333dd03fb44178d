from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.contrib.auth.models import AnonymousUser
from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404

from alongside.accounts.models import Study, User
from alongside.accounts.permissions import Role
from alongside.accounts.queries import NOT_HERE
from alongside.people.models import (
    AccessGrant,
    ConsentText,
    ContactPoint,
    Person,
    Standpoint,
    WorkingRelationship,
)
from alongside.people.tokens import code_digest, digest, grant_of_pass


def person_for(study: Study, pk: UUID) -> Person:
    """The door to a person, for whoever came into `study` by a permission to see people."""
    person = Person.objects.filter(study=study, pk=pk, merged_into=None).first()
    if person is None:
        raise Http404(NOT_HERE)
    return person


def standpoint_for(person: Person, pk: int) -> Standpoint:
    """The door to one description of a person who may be seen."""
    found = person.standpoints.filter(pk=pk).first()
    if found is None:
        raise Http404(NOT_HERE)
    return found


class LinkEnded(Http404):
    """A personal link that leads nowhere: unknown, run out or taken back, and nobody learns which."""


def grant_for(raw_token: str, purpose: str) -> AccessGrant:
    """The door for a personal link. Looking never uses it up."""
    typed = grant_of_pass(raw_token)
    asked = Q(pk=typed) if typed else Q(token_hash=digest(raw_token))
    grant = AccessGrant.objects.filter(asked, purpose=purpose).select_related("person__study").first()
    if grant is None or not grant.is_live:
        raise LinkEnded(NOT_HERE)
    return grant


def grant_typed(code: str, purpose: str) -> AccessGrant | None:
    """The link whose code was typed, if it still leads somewhere."""
    grant = AccessGrant.objects.filter(code_hash=code_digest(code), purpose=purpose).first()
    return grant if grant is not None and grant.is_live else None


def languages_of(study: Study) -> list[tuple[str, str]]:
    """Languages of the pages and of the study's words, each called as its speakers call it."""
    written = ConsentText.objects.filter(study=study).values_list("language", flat=True)
    codes = dict(settings.LANGUAGES).keys() | set(written)
    names = {code: str(LANG_INFO.get(code, {}).get("name_local", code)) for code in codes}
    return sorted(names.items(), key=lambda pair: pair[1].casefold())


@dataclass(frozen=True)
class Own:
    """A person on their own pages, and what the addresses of those pages need."""

    person: Person
    where: dict[str, str]
    # When the link that they came by was made.
    linked: datetime | None = None

    @property
    def by_link(self) -> bool:
        return self.linked is not None


def own_page(user: User | AnonymousUser, *, token: str = "", study: str = "") -> Own:
    """The door to a person's own pages: by their personal link, or by being signed in as them."""
    if token:
        grant = grant_for(token, AccessGrant.MY_PAGE)
        return Own(grant.person, {"token": token}, grant.made)
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
        Person.objects.filter(study=study, merged_into=None, is_erased=False, name__icontains=named.strip())
        .prefetch_related(Prefetch("standpoints", queryset=open_standpoints), "contact_points")
        .order_by("name", "pk")
    )


def coordinators_for(person: Person) -> QuerySet[User]:
    """Whom a person can turn to in the study: never someone who works with them."""
    pairs = Q(first=person) | Q(second=person)
    colleagues = WorkingRelationship.objects.filter(pairs).values_list("first__user", "second__user")
    theirs = {user for pair in colleagues for user in pair if user}
    roles = {"memberships__study": person.study_id, "memberships__role": Role.COORDINATOR}
    return User.objects.filter(is_active=True, **roles).exclude(pk__in=theirs).order_by("name")


def people_with_address(study: Study, email: str) -> QuerySet[Person]:
    """People of the study who gave this e-mail address, and of whom nobody has said as whom they sign in."""
    return Person.objects.filter(
        study=study,
        user=None,
        merged_into=None,
        contact_points__kind=ContactPoint.Kind.EMAIL,
        contact_points__value__iexact=email,
    ).distinct()


def unlinked_members(study: Study) -> QuerySet[User]:
    """Members who sign in and of whom nobody has said which person they are, if any."""
    known = Person.objects.filter(study=study, user__isnull=False).values("user_id")
    members = User.objects.filter(memberships__study=study, is_active=True).exclude(pk__in=known)
    return members.distinct().order_by("name")
