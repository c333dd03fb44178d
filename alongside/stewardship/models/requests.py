"""What needs two people: one who asks, and another who agrees."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.accounts.models import Study, User
from alongside.people.models import Participant
from alongside.people.policy import ANONYMISE, keep

LAPSES = timedelta(days=7)


class State(models.TextChoices):
    ASKED = "asked", _("Waiting for a second person")
    AGREED = "agreed", _("Agreed to")
    REFUSED = "refused", _("Refused")
    TAKEN_BACK = "taken_back", _("Taken back")
    LAPSED = "lapsed", _("Not answered within a week")


class TwoPersonRequest(models.Model):
    """Asked by one member, with a reason; answered by another within a week, or not at all."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="+")
    asked_by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    asked = models.DateTimeField(default=timezone.now)
    reason = models.CharField(max_length=300)
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    answered_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    answered = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="agreed") | Q(answered_by__isnull=True) | ~Q(answered_by=F("asked_by")),
                name="%(app_label)s_%(class)s_by_two",
                violation_error_message=_("You asked for this yourself. Another member has to agree."),
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="%(app_label)s_%(class)s_has_reason"),
        ]

    @property
    def is_waiting(self) -> bool:
        return self.state == State.ASKED and timezone.now() < self.asked + LAPSES

    @property
    def lapses(self) -> datetime:
        return self.asked + LAPSES

    @property
    def outcome(self) -> str:
        """What became of it, in words."""
        unanswered = self.state == State.ASKED and not self.is_waiting
        return str(State.LAPSED.label if unanswered else State(self.state).label)


class IdentityRequest(TwoPersonRequest):
    """Break-glass: who is behind a participant's code? Opens for a while, for whoever asked alone."""

    participant = models.ForeignKey(
        Participant, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    closes = models.DateTimeField(null=True, blank=True)

    on_stopping = keep("Who asked for whom, and who agreed: it tells nothing of what the person gave.")
    on_erasure = ANONYMISE

    class Meta(TwoPersonRequest.Meta):
        constraints = [
            *TwoPersonRequest.Meta.constraints,
            models.UniqueConstraint(
                fields=["asked_by", "participant"],
                condition=Q(state="asked"),
                name="stewardship_identity_asked_once",
            ),
        ]

    @property
    def is_waiting(self) -> bool:
        """Of somebody who is erased there is nothing left to agree to."""
        return super().is_waiting and self.participant_id is not None

    @property
    def is_open(self) -> bool:
        return self.state == State.AGREED and self.closes is not None and timezone.now() < self.closes


class KeyRequest(TwoPersonRequest):
    """To destroy a study's identity key, for good."""

    class Meta(TwoPersonRequest.Meta):
        constraints = [
            *TwoPersonRequest.Meta.constraints,
            models.UniqueConstraint(
                fields=["study"], condition=Q(state="asked"), name="stewardship_key_asked_once"
            ),
        ]
