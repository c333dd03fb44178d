from uuid import uuid4
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from alongside.accounts.models import Study
from alongside.people.models import Standpoint, known_time_zone
from alongside.people.policy import keep
from alongside.training.models.places_and_terms import Place, Term

TRAINING_GOES_ON = keep("Training goes on when taking part in the study stops.")


class Programme(models.Model):
    """A course and what it is for. A change of content is a new version; cohorts keep the one they had."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="programmes")
    title = models.CharField(max_length=200)
    version = models.PositiveIntegerField(default=1)
    aims = models.TextField(blank=True)
    # Under what terms others may teach it, in the words of whoever wrote it.
    licence = models.CharField(max_length=200, blank=True)
    # What this version changed, and who proposed it.
    note = models.CharField(max_length=300, blank=True)
    made = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["study", "title", "version"], name="training_programme_version_once"
            )
        ]

    def __str__(self) -> str:
        return self.title


class Part(models.Model):
    """One session of a course's outline. A group's own sessions are planned from it."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    about = models.TextField(blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["programme", "number"], name="training_part_once")]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"


class Cohort(models.Model):
    """A group of learners who take a programme together."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="cohorts")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="cohorts")
    name = models.CharField(max_length=120)
    term = models.ForeignKey(Term, null=True, blank=True, on_delete=models.PROTECT, related_name="cohorts")
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.PROTECT, related_name="cohorts")
    time_zone = models.CharField(max_length=60, default=settings.TIME_ZONE, validators=[known_time_zone])
    capacity = models.PositiveIntegerField(default=14)
    # Shown in the public prospectus, and open to whoever asks for a place there until that day.
    listed = models.BooleanField(default=False)
    apply_until = models.DateField(null=True, blank=True)
    # How many sessions a learner comes to before the course counts as completed.
    sessions_to_complete = models.PositiveIntegerField(null=True, blank=True)
    # How often one trainer tells of their own life in this group; nobody tells twice running.
    stories_at_most = models.PositiveIntegerField(default=2)
    # How long an offer is kept for somebody, and whether the next on the list is offered what comes free.
    offers_for_days = models.PositiveIntegerField(default=7)
    offers_follow = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["study", "name"], name="training_cohort_name_once"),
            models.CheckConstraint(condition=Q(capacity__gte=1), name="training_room_for_one"),
            models.CheckConstraint(condition=Q(offers_for_days__gte=1), name="training_offer_lasts_a_day"),
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
    # The course it was about, and the group, where it was about one.
    programme = models.ForeignKey(
        Programme, null=True, blank=True, on_delete=models.SET_NULL, related_name="decisions"
    )
    cohort = models.ForeignKey(
        Cohort, null=True, blank=True, on_delete=models.SET_NULL, related_name="decisions"
    )
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
