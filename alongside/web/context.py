from typing import Any

from django.conf import settings
from django.http import HttpRequest


def frame(request: HttpRequest) -> dict[str, Any]:
    """What the page frame itself needs; the study and the rest come from each view."""
    return {"demonstration": settings.DEMONSTRATION}
