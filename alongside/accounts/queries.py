from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from alongside.accounts.models import Membership, Study, User
from alongside.accounts.permissions import Permission

NOT_HERE = _("There is nothing here that you can open.")


def study_for(user: User | AnonymousUser, slug: str, *, to: Permission) -> Study:
    """The door to a study: the study with what `user` may do in it, or 404 whatever the reason."""
    memberships = list(Membership.objects.filter(user_id=user.pk, study__slug=slug).select_related("study"))
    may = frozenset[Permission]().union(*(membership.permissions() for membership in memberships))
    if to not in may:
        raise Http404(NOT_HERE)
    study = memberships[0].study
    study.may = may
    return study


def any_study_for(user: User | AnonymousUser, slug: str) -> Study:
    """The study for whoever has some role in it."""
    memberships = list(Membership.objects.filter(user_id=user.pk, study__slug=slug).select_related("study"))
    if not memberships:
        raise Http404(NOT_HERE)
    study = memberships[0].study
    study.may = frozenset[Permission]().union(*(membership.permissions() for membership in memberships))
    return study


def studies_of(user: User | AnonymousUser) -> QuerySet[Study]:
    return Study.objects.filter(memberships__user_id=user.pk).distinct().order_by("name")


def members(study: Study) -> QuerySet[Membership]:
    return study.memberships.filter(user__is_active=True).select_related("user").order_by("user__name", "role")


def nobody_yet() -> bool:
    """Whether this installation is empty: the one moment at which anyone may open the first study."""
    return not User.objects.filter(is_active=True).exists() and not Study.objects.exists()


def holders(study: Study, permission: Permission) -> QuerySet[User]:
    from_roles = [m.user_id for m in study.memberships.all() if permission in m.permissions()]
    return User.objects.filter(pk__in=from_roles, is_active=True).order_by("name")


def study_by_slug(slug: str) -> Study | None:
    """For the command line, whose user holds the data folder itself."""
    return Study.objects.filter(Q(slug=slug) | Q(name__iexact=slug)).first()


def user_by_email(email: str) -> User | None:
    return User.objects.filter(email__iexact=email.strip()).first()
