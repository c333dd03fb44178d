from uuid import uuid4
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import Q

from alongside.accounts.models import Study
from alongside.people.models import Standpoint, known_time_zone
from alongside.people.policy import keep

TRAINING_GOES_ON = keep("Training goes on when taking part in the study stops.")


class Programme(models.Model):
    """A course and what it is for. A change of content is a new version; cohorts keep the one they had."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="programmes")
    title = models.CharField(max_length=200)
    version = models.PositiveIntegerField(default=1)
    aims = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["study", "title", "version"], name="training_programme_version_once"
            )
        ]

    def __str__(self) -> str:
        return self.title


class Cohort(models.Model):
    """A group of learners who take a programme together."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="cohorts")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="cohorts")
    name = models.CharField(max_length=120)
    place = models.CharField(max_length=200, blank=True)
    time_zone = models.CharField(max_length=60, default=settings.TIME_ZONE, validators=[known_time_zone])
    capacity = models.PositiveIntegerField(default=14)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["study", "name"], name="training_cohort_name_once"),
            models.CheckConstraint(condition=Q(capacity__gte=1), name="training_room_for_one"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)


class Quota(models.Model):
    """How many places of a cohort are kept for people who describe themselves so."""

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="quotas")
    standpoint = models.CharField(max_length=20, choices=Standpoint.Kind.choices)
    places = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cohort", "standpoint"], name="training_quota_once")]


class Decision(models.Model):
    """Who shaped what: proposed by whom, what changed, and what it was paid. Feeds the report."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="decisions")
    on = models.DateField()
    about = models.CharField(max_length=300)
    proposed_by = models.CharField(max_length=200)
    lived_experience_present = models.BooleanField(default=False)
    changed = models.TextField(blank=True)
    hours = models.DecimalField(max_digits=7, decimal_places=2, default=0)
    paid = models.DecimalField(max_digits=9, decimal_places=2, default=0)

    class Meta:
        ordering = ["-on"]

    def __str__(self) -> str:
        return self.about
