from uuid import uuid4

from django.db import models
from django.utils import timezone

from alongside.people.models import Person
from alongside.people.policy import keep


class Receipt(models.Model):
    """What was done when someone changed what they share, in plain words, for them."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="receipts")
    at = models.DateTimeField(default=timezone.now)
    purposes = models.JSONField(default=list)
    lines = models.JSONField(default=list)

    on_stopping = keep("The person's own proof that it was done.")

    class Meta:
        ordering = ["-at"]
