from datetime import time
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.accounts.models import User
from alongside.people.models import Person
from alongside.people.policy import ERASE
from alongside.training.models.applying import Application
from alongside.training.models.courses import TRAINING_GOES_ON, Cohort

EARLY_DAYS, EARLY_AT, MORNING_AT = 2, time(10), time(8)


class Reminding(models.Model):
    """When a group is reminded of its sessions, by its own clocks. Without a row: as it is meant here."""

    cohort = models.OneToOneField(Cohort, on_delete=models.CASCADE, related_name="reminding")
    # How many days before; nothing, if not before the day.
    early_days = models.PositiveSmallIntegerField(null=True, blank=True, default=EARLY_DAYS)
    early_at = models.TimeField(default=EARLY_AT)
    # On the day itself; nothing, if not then.
    morning_at = models.TimeField(null=True, blank=True, default=MORNING_AT)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(early_days__isnull=True) | Q(early_days__gte=1, early_days__lte=14),
                name="training_reminded_within_two_weeks",
                violation_error_message=_("Choose from 1 to 14 days before."),
            )
        ]

    def __str__(self) -> str:
        return str(self.cohort)


class Reminder(models.Model):
    """That something was sent to somebody. Taken before it is sent, so that nothing is sent twice.

    What is due is worked out from the rows as they are when it is sent, and never kept here. A row that
    was taken and has no `sent` may or may not have gone: nobody tries again, and the team is told.
    """

    class Kind(models.TextChoices):
        SESSION = "session", _("Reminder of a session")
        OFF = "off", _("It doesn’t take place")
        OFFER = "offer", _("A place is offered")
        PAIR = "pair", _("Asked to come as a pair")

    class By(models.TextChoices):
        EMAIL = "email", _("E-mail")
        TEXT = "text", _("Text message")
        RUNG = "rung", _("Told by a person")

    # The kinds that tell more of somebody than that they have a place.
    KEPT_KINDS = (Kind.OFFER, Kind.PAIR)

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="reminders")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="reminders")
    # What it is about: a session and how often it was moved, an offer, a question.
    occasion = models.CharField(max_length=60)
    # Which of several about the same: before the day, on the day.
    ordinal = models.PositiveSmallIntegerField(default=1)
    means = models.CharField(max_length=10, choices=By.choices)
    # Of the run that took it, so that of two runs at once each knows its own.
    claim = models.UUIDField()
    claimed = models.DateTimeField(default=timezone.now)
    sent = models.DateTimeField(null=True, blank=True)
    told_of = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    on_stopping = TRAINING_GOES_ON
    on_erasure = ERASE

    class Meta:
        ordering = ["-claimed", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind", "occasion", "ordinal"], name="training_reminded_once"
            )
        ]
        indexes = [
            models.Index(fields=["claim"], name="training_reminders_claimed"),
            models.Index(fields=["occasion"], name="training_reminders_about"),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.get_kind_display()}"

    @property
    def may_not_have_gone(self) -> bool:
        return self.sent is None


class Tick(models.Model):
    """When `alongside tick` last ran: the one row there is."""

    began = models.DateTimeField()
    ended = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="training_one_tick")]

    def __str__(self) -> str:
        return f"{self.began:%Y-%m-%d %H:%M}"


class ApplicantLetter(models.Model):
    """That a letter went to somebody who is no person of the study yet. Taken before it is sent, too."""

    class Kind(models.TextChoices):
        ASKED = "asked", _("Asked whether they come along")
        APART = "apart", _("Two places could not be made")

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="letters")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    claim = models.UUIDField()
    claimed = models.DateTimeField(default=timezone.now)
    sent = models.DateTimeField(null=True, blank=True)
    told_of = models.DateTimeField(null=True, blank=True)

    on_stopping = TRAINING_GOES_ON
    on_erasure = ERASE

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "kind"], name="training_applicant_written_to_once")
        ]

    def __str__(self) -> str:
        return f"{self.application}, {self.get_kind_display()}"
