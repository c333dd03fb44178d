from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from alongside.accounts.models import Membership, Study, User
from alongside.accounts.permissions import FOUNDER, Role
from alongside.accounts.queries import members
from alongside.audit.actions import record


@transaction.atomic
def open_study(
    *,
    by: User | None,
    name: str,
    slug: str = "",
    place: str = "",
    method: str = "reflexive",
    notice: str = "",
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
    # Asked after the first write, which waits for any other request that is doing the same.
    if Study.objects.exists() or User.objects.filter(is_active=True).exclude(pk=user.pk).exists():
        raise ValidationError(_("Someone has opened the first study already. Please sign in instead."))
    return found_study(by=user, name=name), user


@transaction.atomic
def found_study(*, by: User, name: str, place: str = "", method: str = "reflexive") -> Study:
    """A new study, with whoever opens it in the roles that one needs to begin alone."""
    study = open_study(by=by, name=name, place=place, method=method)
    for role in FOUNDER:
        give_role(by=by, study=study, user=by, role=role)
    return study


@transaction.atomic
def rename_user(*, user: User, name: str) -> None:
    user.name = name.strip()
    user.full_clean()
    user.save(update_fields=["name"])
    record(by=user, verb="rename_user", on=user, fields=["name"])


@transaction.atomic
def sign_out_everywhere(*, user: User) -> None:
    """End every session of this user. Django ties sessions to the password hash, which nobody types here."""
    user.set_unusable_password()
    user.save(update_fields=["password"])
    record(by=user, verb="sign_out_everywhere", on=user)


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
def add_member(*, by: User, study: Study, email: str, name: str, roles: Iterable[str]) -> User:
    """Let someone into the study, in one or more roles."""
    user = invite_user(by=by, email=email, name=name)
    for role in roles:
        give_role(by=by, study=study, user=user, role=role)
    return user


@transaction.atomic
def take_role(*, by: User, membership: Membership) -> None:
    # The lock keeps two coordinators from removing each other at the same moment.
    study = Study.objects.select_for_update().get(pk=membership.study_id)
    coordinators = members(study).filter(role=Role.COORDINATOR)
    if membership.role == Role.COORDINATOR and not coordinators.exclude(pk=membership.pk).exists():
        raise ValidationError(_("A study needs a coordinator. Give someone else that role first."))
    record(by=by, verb="take_role", on=membership, fields=["role"])
    membership.delete()


def _free_slug(name: str) -> str:
    stem = slugify(name)[:50] or "study"
    taken: Iterable[str] = Study.objects.filter(slug__startswith=stem).values_list("slug", flat=True)
    slug, number = stem, 2
    while slug in set(taken):
        slug, number = f"{stem}-{number}", number + 1
    return slug
