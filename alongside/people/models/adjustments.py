from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.accounts.models import User
from alongside.people.models.people import Person
from alongside.people.policy import ERASE, keep


class Adjustment(models.Model):
    """What makes it easier for a person to take part, in words, and who may know of it."""

    class Kind(models.TextChoices):
        COMMUNICATION = "communication", _("How we tell and send things")
        SUPPORT = "support", _("Someone with them, or an interpreter")
        ROOM = "room", _("Seats, light, sound")
        PACE = "pace", _("Breaks and time")
        PLACE = "place", _("Place, or online")
        OTHER = "other", _("Something else")

    class About(models.TextChoices):
        TRAINING = "training", _("The sessions")
        # That somebody takes part in the evaluation is not for whoever works with them to know.
        EVALUATION = "evaluation", _("The study: questions and interviews")

    class ShareWith(models.TextChoices):
        NOBODY = "nobody", _("Nobody else, without asking first")
        SESSIONS = "sessions", _("Whoever runs the sessions")
        INTERVIEWS = "interviews", _("Whoever runs the sessions, and whoever interviews them")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="adjustments")
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.OTHER)
    need = models.CharField(max_length=300)
    about = models.CharField(max_length=20, choices=About.choices, default=About.TRAINING)
    share_with = models.CharField(max_length=20, choices=ShareWith.choices, default=ShareWith.NOBODY)
    asked = models.DateField(default=timezone.localdate)
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    recorded = models.DateTimeField(auto_now_add=True)
    ended = models.DateTimeField(null=True, blank=True)

    on_stopping = keep("Needed for training, which goes on.")
    on_erasure = ERASE

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(need=""), name="people_adjustment_has_words")]

    def __str__(self) -> str:
        return self.need


class AdjustmentReview(models.Model):
    """That somebody was asked on a day what would make it easier, and whether they need anything."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="adjustment_reviews")
    on = models.DateField(default=timezone.localdate)
    none_needed = models.BooleanField(default=False)
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    on_stopping = keep("Needed for training, which goes on.")
    on_erasure = ERASE

    def __str__(self) -> str:
        return f"{self.person}, {self.on:%Y-%m-%d}"
