from uuid import uuid4

from django.db import models
from django.utils import timezone

from alongside.accounts.models import Study, User


class Export(models.Model):
    """The register of everything that left: who took what, when, and how many rows of it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="exports")
    user = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="exports")
    what = models.CharField(max_length=40)
    format = models.CharField(max_length=10)
    rows = models.PositiveIntegerField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at"]
