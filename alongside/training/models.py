from datetime import datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.accounts.models import Study, User
from alongside.people.models import Adjustment, Person, Standpoint, known_time_zone
from alongside.people.policy import COUNTS_STAY, ERASE, keep
from alongside.training.clock import comes_twice

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
    starts = models.DateTimeField()
    ends = models.DateTimeField()
    place = models.CharField(max_length=200, blank=True)
    link = models.URLField(blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    sequence = models.PositiveIntegerField(
        default=0, help_text=_("Goes up with every change, for calendars.")
    )
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
    def local_start(self) -> datetime:
        return self.starts.astimezone(self.cohort.zone)

    @property
    def local_end(self) -> datetime:
        return self.ends.astimezone(self.cohort.zone)

    @property
    def where(self) -> str:
        return self.place or self.cohort.place

    @property
    def starts_or_ends_twice(self) -> bool:
        """Whether clocks go back so that one of its times is shown twice that day."""
        return comes_twice(self.starts, self.cohort.zone) or comes_twice(self.ends, self.cohort.zone)


class OfferBundle(models.Model):
    """Places offered together: a pair's offer is all or nothing."""

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="offers")
    made = models.DateTimeField(default=timezone.now)
    expires = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(expires__gt=F("made")), name="training_offer_expires_later")
        ]

    def __str__(self) -> str:
        return f"{self.cohort}, {self.expires:%Y-%m-%d}"

    @property
    def is_open(self) -> bool:
        return self.expires > timezone.now()


class Enrolment(models.Model):
    """A person's place in a cohort. Never depends on any consent to research."""

    class State(models.TextChoices):
        APPLIED = "applied", _("Asked for a place")
        WAITING = "waiting", _("On the waiting list")
        OFFERED = "offered", _("Offered a place")
        ACCEPTED = "accepted", _("Said yes, waiting for the other half")
        ENROLLED = "enrolled", _("Has a place")
        DECLINED = "declined", _("Said no")
        LEFT = "left", _("Left")

    ANSWERABLE = (State.OFFERED, State.ACCEPTED)

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="enrolments")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="enrolments")
    bundle = models.ForeignKey(
        OfferBundle, null=True, blank=True, on_delete=models.RESTRICT, related_name="enrolments"
    )
    state = models.CharField(max_length=10, choices=State.choices)
    since = models.DateTimeField(default=timezone.now)

    on_stopping = TRAINING_GOES_ON
    on_erasure = COUNTS_STAY

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cohort", "person"], name="training_one_place_a_person"),
            models.CheckConstraint(
                condition=~Q(state__in=["offered", "accepted"]) | Q(bundle__isnull=False),
                name="training_offers_come_in_bundles",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.get_state_display()}"

    @property
    def offer_is_open(self) -> bool:
        return self.state in self.ANSWERABLE and self.bundle is not None and self.bundle.is_open

    @property
    def offer_ran_out(self) -> bool:
        return self.state in self.ANSWERABLE and not self.offer_is_open


class Facilitation(models.Model):
    """Who leads a session. Unranked; expertise is declared for this session only."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="facilitations")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="facilitations")
    lived = models.BooleanField(default=False)
    practice = models.BooleanField(default=False)
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


class DisclosurePlan(models.Model):
    """What a trainer means to share in a session, and what not. Seen by its author alone."""

    facilitation = models.OneToOneField(
        Facilitation, on_delete=models.CASCADE, related_name="disclosure_plan"
    )
    purpose = models.TextField(blank=True)
    share = models.TextField(blank=True)
    keep_back = models.TextField(blank=True)
    exit_line = models.CharField(max_length=300, blank=True)
    aftercare = models.TextField(blank=True)

    on_stopping = ERASE


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


class AttendanceMark(models.Model):
    """Append-only: the newest mark stands. Its id comes from the device, so a replay changes nothing."""

    class Status(models.TextChoices):
        COMING = "coming", _("Said they are coming")
        HERE = "here", _("Here")
        WORD = "word", _("Sent word")
        MISSED = "missed", _("We missed you")

    id = models.UUIDField(primary_key=True, default=uuid4)
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="marks")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    status = models.CharField(max_length=10, choices=Status.choices)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    on_stopping = TRAINING_GOES_ON
    on_erasure = COUNTS_STAY

    class Meta:
        indexes = [models.Index(fields=["session", "person", "at"], name="training_latest_mark")]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["coming", "here", "word", "missed"]), name="training_known_mark"
            )
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
