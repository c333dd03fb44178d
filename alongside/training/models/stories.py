from uuid import uuid4

from django.db import models
from django.utils import timezone

from alongside.people.models import Person
from alongside.people.policy import ERASE
from alongside.training.models.courses import TRAINING_GOES_ON, Cohort


class Narrative(models.Model):
    """A teller's own story in their exact words. Only the teller edits it; retired at once everywhere."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    teller = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="narratives")
    title = models.CharField(max_length=200)
    words = models.TextField()
    purpose = models.CharField(max_length=300)
    audience = models.CharField(max_length=300)
    expires = models.DateField()
    retired = models.DateTimeField(null=True, blank=True)

    on_stopping = ERASE

    def __str__(self) -> str:
        return self.title

    @property
    def is_shared(self) -> bool:
        return self.retired is None and self.expires >= timezone.localdate()


class Preparation(models.Model):
    """A conversation before the training with someone new to it. Never a score, never a gate."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="preparations")
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="preparations")
    conversation = models.DateField(null=True, blank=True)
    narrative_read = models.DateField(null=True, blank=True)
    hopes_and_fears = models.TextField(blank=True)
    protected_time = models.CharField(max_length=200, blank=True)
    supervision = models.CharField(max_length=200, blank=True)
    booster = models.DateField(null=True, blank=True)

    on_stopping = TRAINING_GOES_ON
    on_erasure = ERASE

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "cohort"], name="training_one_preparation")]
