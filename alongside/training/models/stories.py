from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.people.models import Person
from alongside.people.policy import ERASE, keep
from alongside.training.models.courses import TRAINING_GOES_ON, Cohort

COPY_STAYS = keep(_("That somebody took a copy of a story, without your name. Its teller counts the copies."))


class Narrative(models.Model):
    """A teller's own story in their exact words. Only the teller edits it; retired at once everywhere."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    teller = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="narratives")
    title = models.CharField(max_length=200)
    words = models.TextField()
    purpose = models.CharField(max_length=300)
    audience = models.CharField(max_length=300)
    expires = models.DateField()
    may_download = models.BooleanField(default=False)
    retired = models.DateTimeField(null=True, blank=True)

    on_stopping = ERASE

    def __str__(self) -> str:
        return self.title

    @property
    def stands(self) -> bool:
        """Whether it can be read by those with whom its teller shares it."""
        return self.retired is None and self.expires >= timezone.localdate()


class Sharing(models.Model):
    """A narrative that its teller lets one group read, by their own act, until they say otherwise."""

    narrative = models.ForeignKey(Narrative, on_delete=models.CASCADE, related_name="sharings")
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="narratives_shared")
    since = models.DateTimeField(default=timezone.now)
    ended = models.DateTimeField(null=True, blank=True)

    on_stopping = ERASE

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["narrative", "cohort"],
                condition=Q(ended=None),
                name="training_shared_once_at_a_time",
            )
        ]


class Copy(models.Model):
    """A story that was downloaded: nobody can call it back, so its teller knows that it is out there.

    The teller sees the group and the day. Who took it is kept so that they can be asked to delete it, also
    after the story itself is gone.
    """

    class Format(models.TextChoices):
        TEXT = "txt", _("Plain text")
        PDF = "pdf", _("PDF")

    narrative = models.ForeignKey(Narrative, null=True, on_delete=models.SET_NULL, related_name="copies")
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="+")
    reader = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="copies")
    format = models.CharField(max_length=3, choices=Format.choices)
    at = models.DateTimeField(default=timezone.now)

    on_stopping = TRAINING_GOES_ON
    on_erasure = COPY_STAYS

    class Meta:
        ordering = ["at"]
