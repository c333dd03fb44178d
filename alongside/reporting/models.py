from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.accounts.models import Study, User
from alongside.analysis.models import Theme
from alongside.interviews.models import Revision
from alongside.people.models import Purpose
from alongside.people.policy import ERASE


class Report(models.Model):
    """A finding: a structured abstract, developed themes and the words they rest on."""

    class Audience(models.TextChoices):
        STUDY = "study", _("The study’s team")
        PUBLIC = "public", _("Anyone")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="reports")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=300)
    authors = models.CharField(max_length=500, blank=True)
    aim = models.TextField(blank=True)
    methodology = models.TextField(blank=True)
    findings = models.TextField(blank=True)
    implications = models.TextField(blank=True)
    limits = models.TextField(blank=True)
    shaped_by = models.TextField(blank=True)
    checked_by = models.CharField(max_length=200, blank=True)
    permission = models.TextField(blank=True)
    licence = models.CharField(max_length=120, blank=True)
    version = models.CharField(max_length=20, default="0.1")
    shows_counts = models.BooleanField(default=False, help_text=_("Show how often each code was used."))
    audience = models.CharField(max_length=10, choices=Audience.choices, default=Audience.STUDY)
    published = models.DateTimeField(null=True, blank=True)
    # What it counted when it was published, which it says from then on: a count that falls with a stop would
    # tell of it.
    numbers = models.JSONField(null=True, blank=True)
    changed = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["study", "number"], name="reporting_number_once"),
            models.CheckConstraint(
                condition=~Q(audience="public") | Q(published__isnull=False),
                name="reporting_public_is_published",
            ),
            models.CheckConstraint(
                condition=Q(published__isnull=True) | Q(numbers__isnull=False),
                name="reporting_published_keeps_its_numbers",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def quotation_purpose(self) -> str:
        """What a person must agree to before their words stand here."""
        if self.audience == self.Audience.PUBLIC:
            return Purpose.QUOTATION_PUBLIC
        return Purpose.QUOTATION_REPORT


class Section(models.Model):
    """A heading and prose; drawn from a theme, whose name and idea are frozen here, or written freely."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="sections")
    number = models.PositiveIntegerField()
    heading = models.CharField(max_length=300)
    body = models.TextField(blank=True)
    theme = models.ForeignKey(
        Theme, null=True, blank=True, on_delete=models.SET_NULL, related_name="sections"
    )

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="reporting_section_once")]

    def __str__(self) -> str:
        return self.heading


class Quote(models.Model):
    """Words in a finding: a slice of a transcript, so that they can be followed back and taken back."""

    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="quotes")
    number = models.PositiveIntegerField()
    revision = models.ForeignKey(Revision, null=True, on_delete=models.SET_NULL, related_name="quotes")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    attribution = models.CharField(max_length=120, blank=True)
    big = models.BooleanField(default=False)
    insider_checked = models.DateTimeField(
        null=True, blank=True, help_text=_("When someone asked: would the other half of this pair know?")
    )
    insider_note = models.CharField(max_length=300, blank=True)
    insider_checked_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    on_stopping = ERASE

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["section", "number"], name="reporting_quote_once"),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="reporting_quote_has_words"),
        ]


class DayOfReads(models.Model):
    """How often a finding was read on a day. A count that tracks nobody."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="reads")
    day = models.DateField(default=timezone.localdate)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "day"], name="reporting_day_once")]
