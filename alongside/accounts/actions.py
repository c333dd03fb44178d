from collections.abc import Callable, Iterable
from datetime import timedelta
from secrets import token_urlsafe

from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from alongside.accounts.models import Device, Invitation, Membership, Study, User
from alongside.accounts.permissions import FOUNDER, Permission, Role
from alongside.accounts.queries import digest, members, newly_given
from alongside.accounts.telling import tell_of_invitation, tell_of_roles
from alongside.audit.actions import record

INVITED_FOR = 14
# Writes an invitation with its link, and posts it.
Posting = Callable[[Invitation, str], None]


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
def note_device(*, user: User, session_key: str, before: str, browser: str, system: str) -> None:
    """Keep in words where `user` is signed in; a session's key changes now and then, from `before`."""
    lasting = Session.objects.values("session_key")
    Device.objects.filter(user=user).exclude(session_key=before).exclude(session_key__in=lasting).delete()
    now = {"user": user, "session_key": session_key, "seen": timezone.now()}
    made = now | {"browser": browser, "system": system}
    Device.objects.update_or_create(session_key=before, defaults=now, create_defaults=made)


@transaction.atomic
def end_device(*, user: User, device: Device) -> None:
    """Sign `user` out where `device` says."""
    Session.objects.filter(session_key=device.session_key).delete()
    record(by=user, verb="end_device", on=device)
    device.delete()


@transaction.atomic
def sign_out_everywhere(*, user: User, but: str = "") -> None:
    """End every session of this user. Django ties sessions to the password hash, which nobody types here."""
    others = Device.objects.filter(user=user).exclude(session_key=but)
    Session.objects.filter(session_key__in=others.values("session_key")).delete()
    others.delete()
    user.set_unusable_password()
    user.save(update_fields=["password"])
    record(by=user, verb="sign_out_everywhere", on=user)


@transaction.atomic
def forget_second_factor(*, user: User) -> None:
    """For whoever lost everything: by the command line alone. Ends their sessions too."""
    Authenticator.objects.filter(user=user).delete()
    sign_out_everywhere(user=user)
    record(by=None, verb="forget_second_factor", on=user)


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
    given_by = by if by != user else _let_in_by(study, user)
    membership, new = Membership.objects.get_or_create(
        study=study, user=user, role=Role(role), defaults={"given_by": given_by}
    )
    if new:
        record(by=by, verb="give_role", on=membership, fields=["role"])
    return membership


def _let_in_by(study: Study, user: User) -> User | None:
    """Of a role that one gives oneself: whoever made one a coordinator less than a week ago, if anybody did.
    So a newcomer can't give themselves what their own role doesn't count for yet."""
    if newly_given(study, user, Permission.MANAGE_STUDY) is None:
        return None
    return Membership.objects.get(study=study, user=user, role=Role.COORDINATOR).given_by


@transaction.atomic
def invite_member(
    *, by: User, study: Study, email: str, name: str, roles: Iterable[str], post: Posting
) -> Invitation | None:
    """Ask someone into the study. A member gets the further roles at once; whether anyone else is known to
    this installation makes no difference, and is told to nobody."""
    email = email.strip().lower()
    member = User.objects.filter(email=email, is_active=True, memberships__study=study).first()
    if member:
        held = set(member.memberships.filter(study=study).values_list("role", flat=True))
        new = [role for role in roles if role not in held]
        for role in new:
            give_role(by=by, study=study, user=member, role=role)
        if new:
            tell_of_roles(study, member, new, by=by)
        return None
    open_one = Invitation.objects.select_for_update().filter(
        study=study, email=email, accepted=None, revoked=None
    )
    invitation = open_one.first() or Invitation(study=study, email=email)
    invitation.name, invitation.roles = name.strip(), sorted({str(Role(role)) for role in roles})
    _send(invitation, by=by, post=post)
    record(by=by, verb="invite_member", on=invitation, fields=["email", "name", "roles"])
    tell_of_invitation(invitation, by=by)
    return invitation


@transaction.atomic
def resend_invitation(*, by: User, invitation: Invitation, post: Posting) -> None:
    """A new link, for another fortnight; the one sent before stops working."""
    _send(invitation, by=by, post=post)
    record(by=by, verb="resend_invitation", on=invitation)


@transaction.atomic
def revoke_invitation(*, by: User, invitation: Invitation) -> None:
    invitation.revoked = timezone.now()
    invitation.save(update_fields=["revoked"])
    record(by=by, verb="revoke_invitation", on=invitation)


@transaction.atomic
def accept_invitation(*, invitation: Invitation) -> User:
    """Let whoever was invited into the study. Signs nobody in: that takes a code sent to the address."""
    still_open = Invitation.objects.select_for_update().filter(pk=invitation.pk, accepted=None, revoked=None)
    if not still_open.exists():
        raise ValidationError(_("This invitation has been used already."))
    user = invite_user(by=invitation.invited_by, email=invitation.email, name=invitation.name)
    for role in invitation.roles:
        give_role(by=invitation.invited_by, study=invitation.study, user=user, role=role)
    invitation.accepted = timezone.now()
    invitation.save(update_fields=["accepted"])
    record(by=user, verb="accept_invitation", on=invitation)
    if invitation.invited_by is not None:
        tell_of_roles(invitation.study, user, invitation.roles, by=invitation.invited_by)
    return user


def _send(invitation: Invitation, *, by: User, post: Posting) -> None:
    token = token_urlsafe(32)
    invitation.token_hash, invitation.invited_by = digest(token), by
    invitation.sent = timezone.now()
    invitation.expires = invitation.sent + timedelta(days=INVITED_FOR)
    invitation.full_clean()
    invitation.save()
    transaction.on_commit(lambda: post(invitation, token))


@transaction.atomic
def take_role(*, by: User, membership: Membership) -> None:
    # The lock keeps two coordinators from removing each other at the same moment.
    study = Study.objects.select_for_update(no_key=True).get(pk=membership.study_id)
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
