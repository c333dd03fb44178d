from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.accounts.models import Study, User
from alongside.people.models import Participant, Person
from alongside.people.policy import ANONYMISE, ERASE


class Protocol(models.Model):
    """When a study asks again. Frozen once a timepoint has been anchored."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="protocols")
    name = models.CharField(max_length=120)
    frozen = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["study", "name"], name="followup_protocol_once")]

    def __str__(self) -> str:
        return self.name


class Timepoint(models.Model):
    class Anchor(models.TextChoices):
        FIRST_SESSION = "first_session", _("The first session")
        LAST_SESSION = "last_session", _("The last session")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    protocol = models.ForeignKey(Protocol, on_delete=models.CASCADE, related_name="timepoints")
    name = models.CharField(max_length=120)
    anchor = models.CharField(max_length=20, choices=Anchor.choices)
    months = models.IntegerField(default=0)
    days = models.IntegerField(default=0)
    opens_days = models.IntegerField(default=-14)
    closes_days = models.IntegerField(default=28)

    class Meta:
        ordering = ["anchor", "months", "days"]
        constraints = [
            models.UniqueConstraint(fields=["protocol", "name"], name="followup_timepoint_once"),
            models.CheckConstraint(
                condition=Q(opens_days__lte=0) & Q(closes_days__gte=0), name="followup_window_holds_its_day"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class TimepointInstance(models.Model):
    """One participant's timepoint, with the dates its anchor gave it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    timepoint = models.ForeignKey(Timepoint, on_delete=models.PROTECT, related_name="instances")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="timepoints")
    anchored = models.DateField()
    opens = models.DateField()
    due = models.DateField()
    closes = models.DateField()

    on_stopping = ANONYMISE

    class Meta:
        ordering = ["due"]
        constraints = [
            models.UniqueConstraint(fields=["timepoint", "participant"], name="followup_instance_once"),
            models.CheckConstraint(
                condition=Q(opens__lte=F("due")) & Q(due__lte=F("closes")), name="followup_dates_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participant}, {self.timepoint}"

    @property
    def is_open(self) -> bool:
        return self.opens <= timezone.localdate() <= self.closes


class Instrument(models.Model):
    """A set of questions. No item text is shipped that isn't our own or CC0."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="instruments")
    name = models.CharField(max_length=200)
    licence = models.CharField(max_length=200)
    attested_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    attested = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["study", "name"], name="followup_instrument_once"),
            models.CheckConstraint(condition=~Q(licence=""), name="followup_instrument_has_licence"),
        ]

    def __str__(self) -> str:
        return self.name


class InstrumentVersion(models.Model):
    instrument = models.ForeignKey(Instrument, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    scoring = models.CharField(
        max_length=10,
        choices=[("none", _("No score")), ("sum", _("Sum")), ("mean", _("Mean"))],
        default="none",
    )
    published = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["instrument", "number"], name="followup_version_once")]

    def __str__(self) -> str:
        return f"{self.instrument}, version {self.number}"


class Item(models.Model):
    class Kind(models.TextChoices):
        SCALE = "scale", _("A number on a scale")
        WORDS = "words", _("Words")

    version = models.ForeignKey(InstrumentVersion, on_delete=models.CASCADE, related_name="items")
    number = models.PositiveIntegerField()
    wording = models.TextField()
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.SCALE)
    lowest = models.IntegerField(default=0)
    highest = models.IntegerField(default=4)
    low_label = models.CharField(max_length=80, blank=True)
    high_label = models.CharField(max_length=80, blank=True)
    reverse = models.BooleanField(default=False)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["version", "number"], name="followup_item_once"),
            models.CheckConstraint(condition=Q(highest__gt=F("lowest")), name="followup_scale_has_width"),
        ]

    def __str__(self) -> str:
        return self.wording


class Response(models.Model):
    """Answers to one instrument at one timepoint. Submitted is locked; a correction is a new revision."""

    class Mode(models.TextChoices):
        ONLINE = "online", _("Online")
        PAPER = "paper", _("On paper")
        PHONE = "phone", _("By phone")

    instance = models.ForeignKey(TimepointInstance, on_delete=models.CASCADE, related_name="responses")
    version = models.ForeignKey(InstrumentVersion, on_delete=models.PROTECT, related_name="responses")
    revision = models.PositiveIntegerField(default=1)
    mode = models.CharField(max_length=10, choices=Mode.choices, default=Mode.ONLINE)
    submitted = models.DateTimeField(null=True, blank=True)
    override = models.CharField(
        max_length=300, blank=True, help_text=_("Why it was taken outside the window.")
    )

    on_stopping = ANONYMISE

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["instance", "version", "revision"], name="followup_response_revision_once"
            )
        ]


class Answer(models.Model):
    class Missing(models.TextChoices):
        SKIPPED = "skipped", _("Passed over")
        DECLINED = "declined", _("Would rather not say")
        NOT_ASKED = "not_asked", _("Not asked")

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="answers")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")
    value = models.IntegerField(null=True, blank=True)
    words = models.TextField(blank=True)
    missing = models.CharField(max_length=10, choices=Missing.choices, blank=True)

    on_stopping = ANONYMISE

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["response", "item"], name="followup_answer_once"),
            models.CheckConstraint(
                condition=(
                    (Q(missing="") & (Q(value__isnull=False) | ~Q(words="")))
                    | (~Q(missing="") & Q(value__isnull=True) & Q(words=""))
                ),
                name="followup_value_xor_missing",
            ),
        ]


class Score(models.Model):
    """Computed from the answers, recomputable, never edited by hand."""

    response = models.OneToOneField(Response, on_delete=models.CASCADE, related_name="score")
    value = models.FloatField()
    answered = models.PositiveIntegerField()

    on_stopping = ANONYMISE


class SamplingFrame(models.Model):
    """Who was eligible and agreed to be asked, at one moment."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="sampling_frames")
    name = models.CharField(max_length=120)
    criteria = models.TextField()
    taken = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.name


class FrameMember(models.Model):
    frame = models.ForeignKey(SamplingFrame, on_delete=models.CASCADE, related_name="members")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    group = models.CharField(max_length=120, blank=True)

    on_stopping = ANONYMISE

    class Meta:
        constraints = [models.UniqueConstraint(fields=["frame", "participant"], name="followup_framed_once")]


class Sample(models.Model):
    class Kind(models.TextChoices):
        PURPOSIVE = "purposive", _("Chosen for a reason")
        RANDOM = "random", _("Drawn at random")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    frame = models.ForeignKey(SamplingFrame, on_delete=models.CASCADE, related_name="samples")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    seed = models.BigIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="random") | Q(seed__isnull=False), name="followup_random_has_seed"
            )
        ]


class SampleMember(models.Model):
    class State(models.TextChoices):
        CHOSEN = "chosen", _("Chosen")
        DECLINED = "declined", _("Said no")
        REPLACED = "replaced", _("Replaced")

    sample = models.ForeignKey(Sample, on_delete=models.CASCADE, related_name="members")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.CHOSEN)
    reason = models.CharField(max_length=300)
    replaces = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL)

    on_stopping = ANONYMISE

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sample", "participant"], name="followup_sampled_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="followup_pick_has_reason"),
        ]


class Message(models.Model):
    """That something was sent. Whether it is due is computed when sending, never queued."""

    class State(models.TextChoices):
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Could not be sent")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="messages")
    template = models.CharField(max_length=60)
    instance = models.ForeignKey(
        TimepointInstance, null=True, blank=True, on_delete=models.CASCADE, related_name="messages"
    )
    ordinal = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=10, choices=State.choices)
    at = models.DateTimeField(default=timezone.now)

    on_stopping = ERASE

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "template", "instance", "ordinal"], name="followup_never_sent_twice"
            )
        ]
