from django.db.models import QuerySet

from alongside.accounts.models import Study, User
from alongside.audit.models import Export
from alongside.exchange.queries import exports

REGISTER_A_PAGE = 100


def register(study: Study, user: User) -> QuerySet[Export]:
    """Everything that left the study, as far as `user` may read it, newest first."""
    return exports(study, user)


def exports_like(study: Study, user: User, sha256: str) -> list[Export]:
    """Each time that a file with this hash left, oldest first; none if no such file did."""
    return list(exports(study, user).filter(sha256=sha256).order_by("at"))
