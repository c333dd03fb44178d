from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.people.models import Person
from alongside.people.policy import COUNTS_STAY
from alongside.training.models.courses import TRAINING_GOES_ON, Cohort


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
