import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.models import Session
from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alongside.accounts.models import STAND_IN, Device, Invitation, Membership, Study, User
from alongside.accounts.permissions import ROLES_WITH_SECOND_FACTOR, Permission, Role
from alongside.audit.models import NOBODY

NOT_HERE = _("There is nothing here that you can open.")
# How long a role that was given waits before it counts for what needs two people.
SETTLES = timedelta(days=7)
# Recovery codes only stand in for one of these.
SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def _entered(user: User | AnonymousUser, slug: str) -> Study | None:
    memberships = list(_memberships(user).filter(study__slug=slug).select_related("study"))
    if not memberships:
        return None
    study = memberships[0].study
    study.may = frozenset[Permission]().union(*(membership.permissions() for membership in memberships))
    return study


def _memberships(user: User | AnonymousUser) -> QuerySet[Membership]:
    return Membership.objects.filter(user_id=user.pk or NOBODY)


def study_for(user: User | AnonymousUser, slug: str, *, to: Permission) -> Study:
    """The door to a study: the study with what `user` may do in it, or 404 whatever the reason."""
    study = _entered(user, slug)
    if study is None or to not in study.may:
        raise Http404(NOT_HERE)
    return study


def any_study_for(user: User | AnonymousUser, slug: str) -> Study:
    """The study for whoever has some role in it."""
    study = _entered(user, slug)
    if study is None:
        raise Http404(NOT_HERE)
    return study


def membership_for(study: Study, pk: int) -> Membership:
    """The door to one role of one member, for whoever came into `study` by managing it."""
    found = members(study).filter(pk=pk).first()
    if found is None:
        raise Http404(NOT_HERE)
    return found


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def invitations(study: Study) -> QuerySet[Invitation]:
    """Who was asked into the study and has neither said yes nor been taken off again."""
    return study.invitations.filter(accepted=None, revoked=None).order_by("-sent")


def invitation_for(study: Study, pk: int) -> Invitation:
    """The door to one invitation, for whoever came into `study` by managing it."""
    found = invitations(study).filter(pk=pk).first()
    if found is None:
        raise Http404(NOT_HERE)
    return found


def invited_by_link(token: str) -> Invitation | None:
    """The invitation behind a link; nothing if it is unknown, used, revoked or expired alike."""
    waiting = Invitation.objects.filter(accepted=None, revoked=None, expires__gt=timezone.now())
    return waiting.filter(token_hash=digest(token)).select_related("study", "invited_by").first()


def coordinates_somewhere(user: User | AnonymousUser) -> bool:
    """Whether `user` may open a further study: coordinators of any study may."""
    return _memberships(user).filter(role=Role.COORDINATOR).exists()


def needs_second_factor(user: User | AnonymousUser) -> bool:
    """Whether `user` has, in any study, a role that is only opened by a second step."""
    return _memberships(user).filter(role__in=ROLES_WITH_SECOND_FACTOR).exists()


def has_second_factor(user: User | AnonymousUser) -> bool:
    return bool(is_mfa_enabled(user, SECOND_FACTORS))


def is_last_needed(authenticator: Authenticator) -> bool:
    """Whether a role needs a second step and taking this one away would leave none."""
    others = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=SECOND_FACTORS)
    needed = needs_second_factor(authenticator.user) and authenticator.type in SECOND_FACTORS
    return needed and not others.exclude(pk=authenticator.pk).exists()


def sought_by(email: str) -> User:
    """Whoever signs in with this address; else the stand-in.

    So asking for a code does the same work, and gets the same answers, whether or not someone has it.
    """
    signing_in = Q(email=email, is_active=True)
    found = User.objects.filter(signing_in | Q(pk=STAND_IN)).order_by("-is_active").first()
    return found or User.objects.stand_in()


def signs_in_with(emails: Sequence[str]) -> User | None:
    """Whoever has one of these addresses and was let into a study."""
    return User.objects.filter(email__in=emails, is_active=True, memberships__isnull=False).first()


def gets_mail(email: str) -> bool:
    return User.objects.filter(email=email.lower(), is_active=True).exists()


def authenticators_of(user: User) -> dict[str, list[Authenticator]]:
    """What `user` has set up for the second step, by kind."""
    found: dict[str, list[Authenticator]] = {kind: [] for kind in Authenticator.Type.values}
    for authenticator in Authenticator.objects.filter(user=user).order_by("pk"):
        found[authenticator.type].append(authenticator)
    return found


def passkey_for(user: User, pk: int) -> Authenticator:
    found = Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN, pk=pk).first()
    if found is None:
        raise Http404(NOT_HERE)
    return found


def devices_of(user: User) -> QuerySet[Device]:
    """Where `user` is signed in now, last seen first."""
    lasting = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    return Device.objects.filter(user=user, session_key__in=lasting).order_by("-seen")


def device_for(user: User, pk: int) -> Device:
    found = devices_of(user).filter(pk=pk).first()
    if found is None:
        raise Http404(NOT_HERE)
    return found


def studies_of(user: User | AnonymousUser) -> QuerySet[Study]:
    return Study.objects.filter(memberships__in=_memberships(user)).distinct().order_by("name")


def members(study: Study) -> QuerySet[Membership]:
    return (
        study.memberships.filter(user__is_active=True).select_related("user").order_by("user__name", "role")
    )


def overseers(study: Study) -> list[User]:
    """Who looks after a study: its coordinators and data stewards."""
    caring = {Permission.MANAGE_STUDY, Permission.KEEP_DATA}
    found = {m.user for m in members(study) if caring & m.permissions()}
    return sorted(found, key=lambda user: user.name)


def may_still(study: Study, user: User, to: Permission) -> bool:
    return any(to in membership.permissions() for membership in members(study).filter(user=user))


def newly_given(study: Study, user: User, to: Permission) -> datetime | None:
    """When `user` may take part in what needs two people, if not yet: a role that another member gave
    counts for that only after a week, in which the others can object to it."""
    able = [m for m in members(study).filter(user=user) if to in m.permissions()]
    days = [m.since + SETTLES for m in able if m.given_by_id not in (None, user.pk)]
    if len(days) < len(able) or not days or min(days) <= timezone.now():
        return None
    return min(days)


def team(study: Study) -> dict[User, list[Membership]]:
    """Who is in the study, each with their roles."""
    found: dict[User, list[Membership]] = {}
    for membership in members(study):
        found.setdefault(membership.user, []).append(membership)
    return found


def nobody_yet() -> bool:
    """Whether this installation is empty: the one moment at which anyone may open the first study."""
    return not User.objects.filter(is_active=True).exists() and not Study.objects.exists()


class Unknown(Exception):
    """Nothing goes by that name. Its text is one plain sentence."""


def acting_in(name: str, *, to: Permission, email: str = "") -> tuple[Study, User]:
    """The study called `name` and the member in whose name the command line acts.

    Whoever runs a command holds the data folder itself; they still act as a member, so that the
    relationship firewall and the audit hold. Without an e-mail, the member who has been longest in the
    study and may do this.
    """
    study = Study.objects.filter(Q(slug=name) | Q(name__iexact=name)).first()
    if study is None:
        slugs = Study.objects.order_by("slug").values_list("slug", flat=True)
        known = ", ".join(slugs) or gettext("none yet")
        raise Unknown(
            gettext("There is no study “%(name)s” here. Studies: %(known)s.") % {"name": name, "known": known}
        )
    able = Membership.objects.filter(study=study, user__is_active=True).select_related("user").order_by("pk")
    if email:
        able = able.filter(user__email__iexact=email)
    user = next((membership.user for membership in able if to in membership.permissions()), None)
    if user is None:
        if email:
            raise Unknown(gettext("%(who)s may not do this in “%(study)s”.") % {"who": email, "study": study})
        raise Unknown(gettext("Nobody may do this in “%(study)s” yet.") % {"study": study})
    return study_for(user, study.slug, to=to), user
