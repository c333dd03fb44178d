from typing import Any
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from alongside.accounts.models import Study, User


class Release(models.Model):
    """Figures of one closed period, as they were told to those outside. Never changed, never told again."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="releases")
    name = models.CharField(max_length=120)
    starts = models.DateField()
    ends = models.DateField()
    # What is told, by name: nothing else of what was counted is kept.
    told = models.JSONField()
    # The groups whose places it counted, so that no later one tells of them again. Shown to nobody.
    groups = models.JSONField(default=list, blank=True)
    rule = models.CharField(max_length=60)
    released = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["-starts"]
        constraints = [
            models.UniqueConstraint(fields=["study", "starts"], name="training_released_once"),
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="training_release_has_length"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("Figures that were released are never changed.")
        super().save(*args, **kwargs)
