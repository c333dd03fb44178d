from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.people.models import Person
from alongside.people.policy import COUNTS_STAY
from alongside.training.models.courses import TRAINING_GOES_ON, Cohort


class LearningAgreement(models.Model):
    """What a group wrote for itself. Not a consent."""

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="agreements")
    version = models.PositiveIntegerField()
    note = models.CharField(max_length=300, blank=True, help_text=_("What changed, and who proposed it."))
    written = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["cohort", "version"], name="training_agreement_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.cohort}, {self.version}"


class Clause(models.Model):
    agreement = models.ForeignKey(LearningAgreement, on_delete=models.CASCADE, related_name="clauses")
    number = models.PositiveIntegerField()
    words = models.TextField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["agreement", "number"], name="training_clause_once")]

    def __str__(self) -> str:
        return self.words


class Acknowledgement(models.Model):
    agreement = models.ForeignKey(
        LearningAgreement, on_delete=models.CASCADE, related_name="acknowledgements"
    )
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    on_stopping = TRAINING_GOES_ON
    on_erasure = COUNTS_STAY

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "person"], name="training_acknowledged_once")
        ]
