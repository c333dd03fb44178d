from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.people.models import Person, WorkingRelationship
from alongside.people.policy import COUNTS_STAY
from alongside.training.models.applying import Why
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
        LAPSED = "lapsed", _("The offer ran out")
        APART = "apart", _("Two places could not be made")
        TURNED_DOWN = "turned_down", _("Not this time")
        LEFT = "left", _("Left")

    ANSWERABLE = (State.OFFERED, State.ACCEPTED)
    IN_LINE = (State.APPLIED, State.WAITING)

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="enrolments")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="enrolments")
    bundle = models.ForeignKey(
        OfferBundle, null=True, blank=True, on_delete=models.RESTRICT, related_name="enrolments"
    )
    state = models.CharField(max_length=12, choices=State.choices)
    since = models.DateTimeField(default=timezone.now)
    # The waiting list is in the order of this.
    asked = models.DateTimeField(default=timezone.now)
    # With whom they want to come, or not at all.
    pair = models.ForeignKey(
        WorkingRelationship, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    # With whom they had wanted to, before it came to nothing: whoever works with either isn't told of it.
    parted = models.ForeignKey(
        WorkingRelationship, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    why = models.CharField(max_length=12, choices=Why.choices, blank=True)
    moved_to = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="moved_from"
    )
    # When a place was last given back: calendars go on showing what was to come then, as cancelled.
    had_place_until = models.DateTimeField(null=True, blank=True)

    on_stopping = TRAINING_GOES_ON
    on_erasure = COUNTS_STAY

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cohort", "person"], name="training_one_place_a_person"),
            models.CheckConstraint(
                condition=~Q(state__in=["offered", "accepted"]) | Q(bundle__isnull=False),
                name="training_offers_come_in_bundles",
            ),
            models.CheckConstraint(
                condition=Q(why="") | Q(state="turned_down"), name="training_why_only_of_a_no"
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

    @property
    def weight(self) -> int:
        """How much it says, beside another of the same person in the same group."""
        if self.state == self.State.ENROLLED:
            return 3
        return 2 if self.offer_is_open else int(self.state in self.IN_LINE)

    @property
    def waits_as_pair(self) -> bool:
        """Whether somebody else's place hangs on it."""
        return self.pair_id is not None and 0 < self.weight < 3

    @property
    def is_apart(self) -> bool:
        """Whether two places could not be made; so it is from the last moment to answer on."""
        return self.state == self.State.APART or (self.state == self.State.ACCEPTED and self.offer_ran_out)

    @property
    def may_ask_again(self) -> bool:
        over = (self.State.DECLINED, self.State.LAPSED, self.State.LEFT, self.State.TURNED_DOWN)
        return self.state in over or self.offer_ran_out
