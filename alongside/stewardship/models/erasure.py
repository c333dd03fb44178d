from datetime import date
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.followup.windows import add_months
from alongside.people.models import Person
from alongside.people.policy import PROOF_STAYS, keep

MONTHS_TO_ANSWER = 1


def answer_due() -> date:
    return add_months(timezone.localdate(), MONTHS_TO_ANSWER)


class ErasureRequest(models.Model):
    """Someone asked for everything about them to be erased: by when they have an answer, and what it was."""

    class State(models.TextChoices):
        OPEN = "open", _("Waits for an answer")
        DONE = "done", _("Erased")
        IN_PART = "in_part", _("Not all of it")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="erasure_requests")
    asked = models.DateTimeField(default=timezone.now)
    due = models.DateField(default=answer_due)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    answered = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)

    on_stopping = keep("The request is still to be answered, or was, and this is the proof.")
    on_erasure = PROOF_STAYS

    class Meta:
        ordering = ["due", "asked"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(state="open"), name="stewardship_one_open_erasure_request"
            ),
            models.CheckConstraint(
                condition=~Q(state="in_part") | ~Q(reason=""),
                name="stewardship_refusal_has_reason",
                violation_error_message=_("Say what has to stay, and why. The person reads it."),
            ),
            models.CheckConstraint(
                condition=Q(state="open", answered__isnull=True)
                | (~Q(state="open") & Q(answered__isnull=False)),
                name="stewardship_answered_has_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.asked:%Y-%m-%d}"

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def is_late(self) -> bool:
        return self.is_open and self.due < timezone.localdate()
