from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alongside.accounts.models import Membership, Study, User
from alongside.accounts.permissions import Permission, Role
from alongside.audit.models import NOBODY

NOT_HERE = _("There is nothing here that you can open.")


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


def coordinates_somewhere(user: User | AnonymousUser) -> bool:
    """Whether `user` may open a further study: coordinators of any study may."""
    return _memberships(user).filter(role=Role.COORDINATOR).exists()


def studies_of(user: User | AnonymousUser) -> QuerySet[Study]:
    return Study.objects.filter(memberships__in=_memberships(user)).distinct().order_by("name")


def members(study: Study) -> QuerySet[Membership]:
    return (
        study.memberships.filter(user__is_active=True).select_related("user").order_by("user__name", "role")
    )


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
