from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.accounts.models import User
from alongside.interviews.models import Transcript
from alongside.people.policy import ERASE


class Reading(models.Model):
    """Who is asked to read which transcript, apart from the others or together, and whether they have."""

    class Mode(models.TextChoices):
        TOGETHER = "together", _("Together")
        APART = "apart", _("Separately")

    transcript = models.ForeignKey(Transcript, on_delete=models.CASCADE, related_name="readings")
    reader = models.ForeignKey(User, on_delete=models.CASCADE, related_name="readings")
    mode = models.CharField(max_length=10, choices=Mode.choices, default=Mode.TOGETHER)
    finished = models.DateTimeField(null=True, blank=True)
    asked = models.DateTimeField(default=timezone.now)
    asked_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    on_stopping = ERASE

    class Meta:
        constraints = [models.UniqueConstraint(fields=["transcript", "reader"], name="analysis_reads_once")]


class Place(models.Model):
    """Where a reader is in a transcript, how far they came, and when their page was last heard of."""

    transcript = models.ForeignKey(Transcript, on_delete=models.CASCADE, related_name="places")
    reader = models.ForeignKey(User, on_delete=models.CASCADE, related_name="places")
    turn = models.PositiveIntegerField(default=1)
    furthest = models.PositiveIntegerField(default=1)
    seen = models.DateTimeField(default=timezone.now)

    on_stopping = ERASE

    class Meta:
        constraints = [models.UniqueConstraint(fields=["transcript", "reader"], name="analysis_place_once")]


class Taste(models.Model):
    """How one reader likes a transcript to look, on every machine they read on."""

    class Face(models.TextChoices):
        SERIF = "serif", _("Serif")
        SANS = "sans", _("Plain")

    class Scheme(models.TextChoices):
        DEVICE = "", _("As the device")
        LIGHT = "light", _("Light")
        DARK = "dark", _("Dark")

    reader = models.OneToOneField(User, on_delete=models.CASCADE, primary_key=True, related_name="taste")
    face = models.CharField(max_length=10, choices=Face.choices, default=Face.SERIF)
    size = models.PositiveSmallIntegerField(default=2)
    width = models.PositiveSmallIntegerField(default=2)
    lines = models.BooleanField(default=True)
    scheme = models.CharField(max_length=10, choices=Scheme.choices, default=Scheme.DEVICE, blank=True)
    plain = models.BooleanField(default=False)
