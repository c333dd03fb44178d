import secrets
from datetime import datetime, timedelta
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.accounts.models import Study, User
from alongside.people.models import Adjustment, Person
from alongside.people.policy import COUNTS_STAY, ERASE
from alongside.people.tokens import ALPHABET
from alongside.training.clock import comes_twice
from alongside.training.models.agreement import LearningAgreement
from alongside.training.models.courses import TRAINING_GOES_ON, Cohort, Part

SIGNING_IN_OPENS = timedelta(minutes=30)
CODE_LENGTH = 6


def fresh_session_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _sign in range(CODE_LENGTH))


class Session(models.Model):
    """One meeting of a cohort, stored in UTC and shown in the cohort's zone."""

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        PUBLISHED = "published", _("Ready")
        CANCELLED = "cancelled", _("Cancelled")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="sessions")
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="sessions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    part = models.ForeignKey(Part, null=True, blank=True, on_delete=models.SET_NULL, related_name="sessions")
    starts = models.DateTimeField()
    ends = models.DateTimeField()
    place = models.CharField(max_length=200, blank=True)
    link = models.URLField(blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    sequence = models.PositiveIntegerField(
        default=0, help_text=_("Goes up with every change, for calendars.")
    )
    # How often its start, place or link was changed: who was told of one is told of the next.
    moved = models.PositiveIntegerField(default=0)
    changed = models.DateTimeField(default=timezone.now)
    # What whoever is in the room types to sign in.
    code = models.CharField(max_length=6, unique=True, default=fresh_session_code)
    agreement = models.ForeignKey(
        LearningAgreement, null=True, blank=True, on_delete=models.PROTECT, related_name="sessions"
    )

    class Meta:
        ordering = ["starts"]
        constraints = [
            models.UniqueConstraint(fields=["cohort", "number"], name="training_session_number_once"),
            models.CheckConstraint(
                condition=Q(ends__gt=F("starts")), name="training_session_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"

    @property
    def is_over(self) -> bool:
        return self.ends < timezone.now()

    @property
    def is_cancelled(self) -> bool:
        return self.state == self.State.CANCELLED

    @property
    def takes_signing_in(self) -> bool:
        """Whether its code works now: from half an hour before it starts until it ends."""
        return not self.is_cancelled and self.starts - SIGNING_IN_OPENS <= timezone.now() <= self.ends

    @property
    def local_start(self) -> datetime:
        return self.starts.astimezone(self.cohort.zone)

    @property
    def local_end(self) -> datetime:
        return self.ends.astimezone(self.cohort.zone)

    @property
    def where(self) -> str:
        return self.place or str(self.cohort.place or "")

    @property
    def starts_or_ends_twice(self) -> bool:
        """Whether clocks go back so that one of its times is shown twice that day."""
        return comes_twice(self.starts, self.cohort.zone) or comes_twice(self.ends, self.cohort.zone)


class Facilitation(models.Model):
    """Who leads a session. Unranked; expertise is declared for this session only."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="facilitations")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="facilitations")
    lived = models.BooleanField(default=False)
    practice = models.BooleanField(default=False)
    # Means to tell of their own life in this session. Says nothing of what, which is in their own plan.
    tells = models.BooleanField(default=False)
    preparation = models.DateTimeField(null=True, blank=True)
    debrief = models.DateTimeField(null=True, blank=True)
    supported_by = models.CharField(max_length=120, blank=True)

    on_stopping = TRAINING_GOES_ON
    on_erasure = COUNTS_STAY

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "person"], name="training_leads_once"),
            models.CheckConstraint(
                condition=Q(lived=True) | Q(practice=True), name="training_expertise_declared"
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)

    @property
    def is_ready(self) -> bool:
        return bool(self.preparation and self.debrief and self.supported_by)


class DisclosurePlan(models.Model):
    """What a trainer means to share in a session, and what not. Seen by its author alone.

    It hangs on its author, not on their leading: who leads is for others to change, and the plan is not.
    """

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    purpose = models.TextField(blank=True)
    share = models.TextField(blank=True)
    keep_back = models.TextField(blank=True)
    exit_line = models.CharField(max_length=300, blank=True)
    aftercare = models.TextField(blank=True)
    rehearsed_with = models.CharField(max_length=120, blank=True)
    rehearsed_on = models.DateField(null=True, blank=True)
    debrief_with = models.CharField(max_length=120, blank=True)
    debrief_on = models.DateField(null=True, blank=True)
    how_it_went = models.TextField(blank=True)

    on_stopping = ERASE

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "person"], name="training_one_plan_a_session")
        ]


class AdjustmentMet(models.Model):
    """What was done for one session about what somebody needs. Append-only: the newest stands."""

    class State(models.TextChoices):
        ARRANGED = "arranged", _("Arranged")
        CANT = "cant", _("Can’t be met")
        OPEN = "open", _("Not arranged yet")

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="adjustments_met")
    adjustment = models.ForeignKey(Adjustment, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices)
    # Why it can't be met, and what there will be instead.
    note = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    on_stopping = TRAINING_GOES_ON
    on_erasure = ERASE

    class Meta:
        indexes = [models.Index(fields=["session", "adjustment", "at"], name="training_latest_met")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="cant") | ~Q(note=""),
                name="training_unmet_says_what_instead",
                violation_error_message=_("Say why it can’t be met, and what there will be instead."),
            )
        ]

    def __str__(self) -> str:
        return str(self.get_state_display())
