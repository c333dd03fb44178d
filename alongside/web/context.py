from typing import Any

from django.conf import settings
from django.http import HttpRequest

SCHEMES = ("light", "dark")


def frame(request: HttpRequest) -> dict[str, Any]:
    """What the page frame itself needs; the study and the rest come from each view."""
    scheme = request.COOKIES.get("scheme")
    return {
        "demonstration": settings.DEMONSTRATION,
        "contact": settings.CONTACT,
        "scheme": scheme if scheme in SCHEMES else "",
        "bigger": "bigger" in request.COOKIES,
    }
