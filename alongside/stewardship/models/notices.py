from django.db import models
from django.utils import timezone

from alongside.accounts.models import Study, User


class Notice(models.Model):
    """That a steward was looked after in one week: told of what waits, or nothing did."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="+")
    # As in 2026-W48.
    week = models.CharField(max_length=8)
    at = models.DateTimeField(default=timezone.now)
    sent = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "study", "week"], name="stewardship_noticed_once_a_week")
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.week}"
