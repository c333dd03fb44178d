from uuid import UUID

from django.http import Http404

from alongside.accounts.models import Membership, User
from alongside.accounts.queries import NOT_HERE
from alongside.demo.merebank.content import load


def cast() -> list[tuple[User, str]]:
    """Who can be signed in as, with what they do in the invented study."""
    roles: dict[User, list[str]] = {}
    members = Membership.objects.filter(study__slug=load().study.slug, user__is_active=True)
    for membership in members.select_related("user").order_by("pk"):
        roles.setdefault(membership.user, []).append(str(membership.get_role_display()))
    return [(user, ", ".join(names)) for user, names in roles.items()]


def one_of_the_cast(pk: UUID) -> User:
    """The door to a member of the cast, and to nobody else."""
    for user, _roles in cast():
        if user.pk == pk:
            return user
    raise Http404(NOT_HERE)
