from uuid import uuid4

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.accounts.models import Study, User


class Kind(models.TextChoices):
    """What is kept for a time of its own."""

    AUDIO = "audio", _("Recordings")
    ARRANGEMENTS = "arrangements", _("What was arranged for interviews")
    CONTACT = "contact", _("How to reach people")
    ATTENDANCE = "attendance", _("Who came to sessions")
    ANSWERS = "answers", _("Answers to questions")
    TRANSCRIPTS = "transcripts", _("Transcripts, with what rests on them")
    CONSENTS = "consents", _("What people agreed to")


class Anchor(models.TextChoices):
    """From when the time is counted."""

    STUDY_END = "study_end", _("after the study ends")
    LAST_SESSION = "last_session", _("after the last session")
    TRANSCRIPT = "transcript", _("after its transcript was checked against it")


class RetentionPlan(models.Model):
    """When a study ends, which only people can say."""

    study = models.OneToOneField(Study, on_delete=models.CASCADE, related_name="retention_plan")
    ends = models.DateField(null=True, blank=True)


class RetentionRule(models.Model):
    """How long one kind is kept."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="retention_rules")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    months = models.PositiveIntegerField()
    anchor = models.CharField(max_length=20, choices=Anchor.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["study", "kind"], name="stewardship_one_rule_a_kind"),
            models.CheckConstraint(
                condition=~models.Q(anchor=Anchor.TRANSCRIPT) | models.Q(kind=Kind.AUDIO),
                name="stewardship_only_sound_has_a_transcript",
                violation_error_message=_("Only a recording has a transcript of its own to count from."),
            ),
        ]


class RetentionErasure(models.Model):
    """That what was due was erased: what kind, how many, by whom."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    count = models.PositiveIntegerField()
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)
