"""Word to those who look after a study when its team changes, so that nobody lets in a second self unseen."""

from collections.abc import Iterable

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from alongside.accounts.models import Invitation, Study, User
from alongside.accounts.permissions import Role
from alongside.accounts.posting import send
from alongside.accounts.queries import overseers


def tell_of_invitation(invitation: Invitation, *, by: User) -> None:
    words = _(
        "%(by)s has invited %(name)s (%(email)s) to “%(study)s”, as: %(roles)s.\n\n"
        "If this surprises you, ask %(by)s. A coordinator can take the invitation off again."
    )
    roles = invitation.role_names
    _tell(invitation.study, words, roles, by=by, name=invitation.name, email=invitation.email)


def tell_of_roles(study: Study, user: User, roles: Iterable[str], *, by: User) -> None:
    words = _(
        "%(name)s (%(email)s) is in the team of “%(study)s” now, as: %(roles)s. %(by)s let them in.\n\n"
        "If this surprises you, ask %(by)s. A coordinator can take the role away again."
    )
    called = [str(Role(role).label) for role in roles]
    _tell(study, words, called, by=by, name=user.name, email=user.email or "")


def _tell(study: Study, words: str, roles: list[str], *, by: User, name: str, email: str) -> None:
    told = {"by": by.name, "name": name, "email": email, "study": study.name}
    told["roles"] = get_text_list(roles, _("and"))
    others = [user for user in overseers(study) if user.pk != by.pk and user.email != email]
    send(others, _("A change in the team"), words % told)
