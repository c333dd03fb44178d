from django.db.models import QuerySet

from alongside.accounts.models import Study
from alongside.exchange.models import Export


def exports(study: Study) -> QuerySet[Export]:
    """The register of what left the study, newest first."""
    return Export.objects.filter(study=study).select_related("user").order_by("-at")
