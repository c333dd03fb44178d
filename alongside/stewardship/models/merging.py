from uuid import uuid4

from django.db import models
from django.utils import timezone

from alongside.accounts.models import Study, User
from alongside.people.models import Person
from alongside.people.policy import ERASE, keep


class Merge(models.Model):
    """That two records of one person were made one, and exactly what that moved, so that it can be undone."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="+")
    kept = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    merged = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    # By model and field, the keys of the rows that moved.
    moved = models.JSONField(default=dict)
    # What changed on the record that was kept, by name: as it was and as it became.
    values = models.JSONField(default=dict)
    undone = models.DateTimeField(null=True, blank=True)

    on_stopping = keep("Without it, two people who were taken for one could not be told apart again.")
    on_erasure = ERASE

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.merged} → {self.kept}"
