from collections.abc import Iterable

from django.db import transaction
from django.utils.text import slugify

from alongside.accounts.models import Membership, Study, User
from alongside.accounts.permissions import FOUNDER, Role
from alongside.audit.actions import record


@transaction.atomic
def open_study(
    *, by: User | None, name: str, slug: str = "", place: str = "", method: str = "reflexive", notice: str = ""
) -> Study:
    study = Study(name=name.strip(), slug=slug or _free_slug(name), place=place, method=method, notice=notice)
    study.full_clean()
    study.save()
    record(by=by, verb="open_study", on=study)
    return study


@transaction.atomic
def open_first_study(*, name: str, email: str, coordinator: str) -> tuple[Study, User]:
    """The first study of an empty installation, and the one person who may then let others in."""
    user = invite_user(by=None, email=email, name=coordinator)
    study = open_study(by=user, name=name)
    for role in FOUNDER:
        give_role(by=user, study=study, user=user, role=role)
    return study, user


@transaction.atomic
def invite_user(*, by: User | None, email: str, name: str) -> User:
    """The user with this address, made if there is none."""
    user = User.objects.filter(email__iexact=email.strip()).first()
    if user:
        return user
    user = User(email=email.strip().lower(), name=name.strip())
    user.set_unusable_password()
    user.full_clean()
    user.save()
    record(by=by, verb="invite_user", on=user)
    return user


@transaction.atomic
def name_coder(*, by: User | None, study: Study, name: str) -> User:
    """A coder who is only named in an imported file: one a name and study, and never able to sign in."""
    known = User.objects.filter(is_active=False, name=name, memberships__study=study).first()
    if known:
        return known
    user = User(name=name, is_active=False)
    user.set_unusable_password()
    user.full_clean()
    user.save()
    Membership.objects.create(study=study, user=user, role=Role.ANALYST)
    record(by=by, verb="name_coder", on=user, study=study.pk)
    return user


@transaction.atomic
def give_role(*, by: User | None, study: Study, user: User, role: str) -> Membership:
    membership, new = Membership.objects.get_or_create(study=study, user=user, role=Role(role))
    if new:
        record(by=by, verb="give_role", on=membership, fields=["role"])
    return membership


@transaction.atomic
def take_role(*, by: User, membership: Membership) -> None:
    record(by=by, verb="take_role", on=membership, fields=["role"])
    membership.delete()


def _free_slug(name: str) -> str:
    stem = slugify(name)[:50] or "study"
    taken: Iterable[str] = Study.objects.filter(slug__startswith=stem).values_list("slug", flat=True)
    slug, number = stem, 2
    while slug in set(taken):
        slug, number = f"{stem}-{number}", number + 1
    return slug
