from uuid import uuid4

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.people.models import Person, Purpose
from alongside.people.policy import PROOF_STAYS, keep


class Receipt(models.Model):
    """What was done when someone changed what they share, in plain words, for them."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="receipts")
    at = models.DateTimeField(default=timezone.now)
    purposes = models.JSONField(default=list)
    lines = models.JSONField(default=list)

    on_stopping = keep("The person's own proof that it was done.")
    on_erasure = PROOF_STAYS

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return str(_("Receipt of %(day)s")) % {"day": timezone.localdate(self.at).isoformat()}

    @property
    def names(self) -> list[str]:
        """What was stopped, as it is called on the page."""
        return [str(Purpose(purpose).label) for purpose in self.purposes] or [
            str(_("Everything about the person"))
        ]


class FileToErase(models.Model):
    """A stored file that a stop gave up: named in the stop's transaction, erased after it, then forgotten.

    A machine that dies in between leaves the row, and the next stop finishes the work.
    """

    sha256 = models.CharField(max_length=64, unique=True)
    since = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.sha256
