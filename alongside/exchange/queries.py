from django.db.models import QuerySet

from alongside.accounts.models import Study, User
from alongside.exchange.models import Export
from alongside.people.queries import working_with


def exports(study: Study, user: User) -> QuerySet[Export]:
    """The register of what left the study, newest first.

    Whoever works with someone in it sees their own lines alone: how many rows others took out may count
    words of the person they work with.
    """
    register = Export.objects.filter(study=study).select_related("user").order_by("-at")
    return register.filter(user=user) if working_with(user, study) else register
