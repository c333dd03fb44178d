from secrets import choice
from uuid import uuid4

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.people.models import Person
from alongside.people.policy import COUNTS_STAY, ERASE
from alongside.training.models.courses import TRAINING_GOES_ON, Cohort

# Without letters and digits that are taken for one another.
SIGNS = "23456789BCDFGHJKMNPQRSTVWXYZ"


def drawn_number() -> str:
    return "-".join("".join(choice(SIGNS) for _sign in range(4)) for _group in range(3))


class Completion(models.Model):
    """A learner came to as many sessions as the group said that completing takes."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="completions")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="completions")
    on = models.DateField(default=timezone.localdate)
    by_choice = models.BooleanField(
        default=False, help_text=_("Counted as completed by whoever runs the group, on fewer sessions.")
    )
    # On the certificate, so that whoever is shown one can ask whether it is real. Drawn, and tells nothing.
    number = models.CharField(max_length=14, unique=True, default=drawn_number, editable=False)

    on_stopping = TRAINING_GOES_ON
    on_erasure = COUNTS_STAY

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cohort", "person"], name="training_completed_once")]


class NextStep(models.Model):
    """Where a learner goes on to, as they tell it themselves. Counted; their words are theirs alone."""

    class Kind(models.TextChoices):
        COURSE = "course", _("Another course")
        VOLUNTEERING = "volunteering", _("Volunteering")
        PEER_WORK = "peer_work", _("Peer training or peer support")
        STUDY = "study", _("Study")
        WORK = "work", _("Paid work")
        GROUP = "group", _("A group or club")
        OTHER = "other", _("Something else")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="next_steps")
    cohort = models.ForeignKey(
        Cohort, null=True, blank=True, on_delete=models.SET_NULL, related_name="next_steps"
    )
    kind = models.CharField(max_length=20, choices=Kind.choices)
    words = models.CharField(max_length=300, blank=True)
    on = models.DateField(default=timezone.localdate)

    on_stopping = TRAINING_GOES_ON
    on_erasure = ERASE

    class Meta:
        ordering = ["-on"]
