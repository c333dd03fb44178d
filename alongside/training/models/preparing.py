from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alongside.people.models import Person
from alongside.people.policy import ERASE
from alongside.training.models.courses import TRAINING_GOES_ON, Cohort
from alongside.training.models.stories import Narrative


class Preparation(models.Model):
    """A conversation before the training with someone new to it. Never a score, never a gate.

    Hopes and fears are the person's own to write, and shown to who leads the group only if they say so.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="preparations")
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="preparations")
    conversation = models.DateField(null=True, blank=True)
    conversation_with = models.CharField(max_length=120, blank=True)
    narrative_read = models.DateField(null=True, blank=True)
    narrative = models.ForeignKey(
        Narrative, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    hopes_and_fears = models.TextField(blank=True)
    hopes_shown = models.BooleanField(default=False)
    protected_time = models.CharField(max_length=200, blank=True)
    supervision = models.CharField(max_length=200, blank=True)

    on_stopping = TRAINING_GOES_ON
    on_erasure = ERASE

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "cohort"], name="training_one_preparation")]

    def __str__(self) -> str:
        return f"{self.person}, {self.cohort}"

    @property
    def supervisions(self) -> "list[PreparationDate]":
        return self._days(PreparationDate.Kind.SUPERVISION)

    @property
    def boosters(self) -> "list[PreparationDate]":
        return self._days(PreparationDate.Kind.BOOSTER)

    def _days(self, kind: str) -> "list[PreparationDate]":
        """Reads prefetched dates."""
        return [day for day in self.dates.all() if day.kind == kind]


class PreparationDate(models.Model):
    """A day for reflective supervision, or for coming back to what was learned; and whether it was held."""

    class Kind(models.TextChoices):
        SUPERVISION = "supervision", _("Reflective supervision")
        BOOSTER = "booster", _("Coming back to it")

    preparation = models.ForeignKey(Preparation, on_delete=models.CASCADE, related_name="dates")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    on = models.DateField()
    held = models.BooleanField(null=True, blank=True)

    on_stopping = TRAINING_GOES_ON
    on_erasure = ERASE

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["preparation", "kind", "on"],
                name="training_prepared_once_a_day",
                violation_error_message=_("That day is written down already."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["supervision", "booster"]), name="training_known_preparation_date"
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())
