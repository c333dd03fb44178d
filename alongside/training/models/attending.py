from uuid import uuid4

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.accounts.models import User
from alongside.people.models import Person
from alongside.people.policy import COUNTS_STAY, ERASE
from alongside.training.models.courses import TRAINING_GOES_ON, Cohort
from alongside.training.models.sessions import Session


class AttendanceMark(models.Model):
    """Append-only: of a person's marks the one made last stands, in whatever order they arrive.

    Its id comes from the device, so a replay changes nothing.
    """

    class Status(models.TextChoices):
        COMING = "coming", _("Said they are coming")
        HERE = "here", _("Here")
        WORD = "word", _("Sent word")
        MISSED = "missed", _("We missed you")
        OPEN = "open", _("Not marked")

    # Two that were made at the same moment have an order, too: the same one wherever it is asked.
    IN_ORDER = ("at", "pk")

    id = models.UUIDField(primary_key=True, default=uuid4)
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="marks")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    status = models.CharField(max_length=10, choices=Status.choices)
    # When it was made, by the clock of the device; and when it came here.
    at = models.DateTimeField(default=timezone.now)
    received = models.DateTimeField(default=timezone.now)
    # The person signed in with the code of the session; else whoever runs it marked them, or they answered.
    with_code = models.BooleanField(default=False)
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    on_stopping = TRAINING_GOES_ON
    on_erasure = COUNTS_STAY

    class Meta:
        indexes = [models.Index(fields=["session", "person", "at"], name="training_latest_mark")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status__in=["coming", "here", "word", "missed", "open"]),
                name="training_known_mark",
            )
        ]


class MissedCall(models.Model):
    """Someone asked after a learner who was missed. Append-only: the newest says where it stands.

    What is noted is part of the person's own copy, so it is written for them to read.
    """

    class Outcome(models.TextChoices):
        SPOKE = "spoke", _("We spoke")
        LEFT_WORD = "left_word", _("Left word")
        NO_ANSWER = "no_answer", _("No answer")
        NO_CALLS = "no_calls", _("Would rather not be asked")
        CALLS_AGAIN = "calls_again", _("May be asked again")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="missed_calls")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    note = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    on_stopping = TRAINING_GOES_ON
    on_erasure = ERASE

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["cohort", "person", "at"], name="training_latest_call")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    outcome__in=["spoke", "left_word", "no_answer", "no_calls", "calls_again"]
                ),
                name="training_known_outcome",
            )
        ]

    def __str__(self) -> str:
        return str(self.get_outcome_display())
