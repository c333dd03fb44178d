"""What the tests of stories tell."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

WORDS = "  I was told what would happen.\nThen I asked. "


def told(**changed: Any) -> dict[str, Any]:
    next_month = timezone.localdate() + timedelta(days=30)
    typed = {"title": "Asking", "words": WORDS, "purpose": "To begin with me", "audience": "Group 5"}
    return {**typed, "expires": next_month, **changed}
