"""What learners write for themselves. Nobody else sees it unless they show it, and they can take it back."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.people.models import Person
from alongside.people.policy import ERASE
from alongside.training.models.courses import TRAINING_GOES_ON, Cohort


class PlanEntry(models.Model):
    """One line of a person's own learning plan."""

    class Kind(models.TextChoices):
        HOPE = "hope", _("What I hope for")
        TRY = "try", _("What I would like to try")
        HELPS = "helps", _("What helps me")
        WHO = "who", _("Who can help")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="plan")
    kind = models.CharField(max_length=5, choices=Kind.choices)
    words = models.CharField(max_length=500)
    written = models.DateField(default=timezone.localdate)
    done = models.DateField(null=True, blank=True)

    on_stopping = TRAINING_GOES_ON
    on_erasure = ERASE

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["hope", "try", "helps", "who"]), name="training_known_plan_entry"
            )
        ]

    def __str__(self) -> str:
        return self.words


class PlanShown(models.Model):
    """A person lets those who lead a group see their plan, until they say otherwise."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="plans_shown")
    since = models.DateTimeField(default=timezone.now)
    ended = models.DateTimeField(null=True, blank=True)

    on_stopping = TRAINING_GOES_ON
    on_erasure = ERASE

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "cohort"],
                condition=Q(ended=None),
                name="training_plan_shown_once_at_a_time",
            )
        ]


class Reflection(models.Model):
    """What a learner notes for themselves. Seen by who leads the group only while they show it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="reflections")
    words = models.TextField()
    written = models.DateTimeField(default=timezone.now)
    # The group to whose trainers it is shown, if to any.
    shown_to = models.ForeignKey(Cohort, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    on_stopping = TRAINING_GOES_ON
    on_erasure = ERASE

    class Meta:
        ordering = ["-written", "pk"]

    def __str__(self) -> str:
        return self.words[:60]
