from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.accounts.models import Study, User
from alongside.analysis.models.codebook import Code
from alongside.analysis.models.codings import Coding
from alongside.interviews.models import Revision, Transcript
from alongside.people.policy import ERASE


class MachineHelp(models.Model):
    """Whether a study lets a machine help, and which model it may ask. Off until switched on."""

    study = models.OneToOneField(
        Study, on_delete=models.CASCADE, primary_key=True, related_name="machine_help"
    )
    is_on = models.BooleanField(default=False)
    address = models.CharField(max_length=200, blank=True)
    model = models.CharField(max_length=100, blank=True)
    changed = models.DateTimeField(auto_now=True)
    changed_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")


class Run(models.Model):
    """One going through a transcript with a language model, part by part."""

    class State(models.TextChoices):
        GOING = "going", _("Under way")
        DONE = "done", _("Done")
        STOPPED = "stopped", _("Stopped")
        FAILED = "failed", _("Interrupted")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="runs")
    transcript = models.ForeignKey(Transcript, on_delete=models.CASCADE, related_name="runs")
    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="runs")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="runs")
    state = models.CharField(max_length=10, choices=State.choices, default=State.GOING)
    reached = models.PositiveIntegerField(default=0, help_text=_("How much of the text was asked about."))
    failed = models.CharField(max_length=300, blank=True)
    begun = models.DateTimeField(default=timezone.now)

    on_stopping = ERASE

    class Meta:
        ordering = ["-begun"]
        constraints = [
            models.UniqueConstraint(
                fields=["transcript", "by"],
                condition=Q(state__in=["going", "failed"]),
                name="analysis_one_run_at_a_time",
            ),
        ]


class Asking(models.Model):
    """One question put to a language model: what was sent, what came back."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="askings")
    transcript = models.ForeignKey(Transcript, on_delete=models.CASCADE, related_name="askings")
    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="askings")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="askings")
    at = models.DateTimeField(default=timezone.now)
    address = models.CharField(max_length=200)
    model = models.CharField(max_length=100)
    prompt = models.TextField()
    start = models.PositiveIntegerField(help_text=_("Where the part of the text that was sent begins."))
    end = models.PositiveIntegerField()
    answer = models.TextField(blank=True)
    answered = models.DateTimeField(null=True, blank=True)
    dropped = models.PositiveIntegerField(default=0)
    failed = models.CharField(max_length=300, blank=True)

    on_stopping = ERASE

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="analysis_asking_has_words"),
        ]


class Suggestion(models.Model):
    """A code that a machine suggests for some words. Only a person's acceptance makes a coding of it."""

    class State(models.TextChoices):
        OPEN = "open", _("Waiting")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")

    asking = models.ForeignKey(Asking, on_delete=models.CASCADE, related_name="suggestions")
    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="suggestions")
    code = models.ForeignKey(Code, on_delete=models.CASCADE, related_name="suggestions")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    why = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    answered = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    coding = models.ForeignKey(Coding, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    on_stopping = ERASE

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="analysis_suggestion_has_words"),
            models.UniqueConstraint(
                fields=["asking", "revision", "code", "start", "end"], name="analysis_suggested_once"
            ),
        ]
