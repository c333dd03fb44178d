from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from alongside.accounts.models import Study, User
from alongside.interviews.models import Transcript
from alongside.people.policy import ERASE


class Workshop(models.Model):
    """People who read a transcript on one screen: who was in the room, and whose keyboard it was."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="workshops")
    transcript = models.ForeignKey(Transcript, on_delete=models.CASCADE, related_name="workshops")
    keeper = models.ForeignKey(User, on_delete=models.PROTECT, related_name="workshops_kept")
    present = models.ManyToManyField(User, through="InRoom", related_name="workshops")
    begun = models.DateTimeField(default=timezone.now)
    ended = models.DateTimeField(null=True, blank=True)

    on_stopping = ERASE

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["transcript", "keeper"],
                condition=Q(ended__isnull=True),
                name="analysis_one_workshop_a_keeper",
            ),
            models.CheckConstraint(
                condition=Q(ended__isnull=True) | Q(ended__gte=F("begun")), name="analysis_workshop_in_order"
            ),
        ]

    @property
    def names(self) -> str:
        """Everyone in the room."""
        return ", ".join(sorted(who.name for who in self.present.all()))


class InRoom(models.Model):
    """Somebody who read along on the one screen."""

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="in_room")
    reader = models.ForeignKey(User, on_delete=models.CASCADE, related_name="in_rooms")

    on_stopping = ERASE

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workshop", "reader"], name="analysis_in_room_once")]
