import hashlib
from typing import Any
from uuid import uuid4

from django.conf.locale import LANG_INFO
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.accounts.models import Study
from alongside.people.models.people import Person
from alongside.people.models.research import Participant
from alongside.people.policy import ERASE, PROOF_STAYS, keep


class Purpose(models.TextChoices):
    QUESTIONNAIRES = "questionnaires", _("Answering questions, now and later")
    INTERVIEW_CONTACT = "interview_contact", _("Being asked about an interview")
    INTERVIEW = "interview", _("An interview")
    RECORDING = "recording", _("Recording my voice")
    QUOTATION_REPORT = "quotation_report", _("Using my words in the study’s report")
    QUOTATION_PUBLIC = "quotation_public", _("Using my words where anyone can read them")
    PAIR_LINK = "pair_link", _("Reading my interview beside the one of the person I work with")
    MACHINE_HELP = "machine_help", _("Software on the team’s own machine suggesting what my words are about")
    ARCHIVE = "archive", _("Keeping what I said for other researchers")
    RECONTACT = "recontact", _("Being contacted about later studies")


# Purposes under which a person gives something that can outlast a stop, if the text promised so.
# Quotations aren't among them: words in a finding can always be taken back from it.
GIVES_MATERIAL = (Purpose.QUESTIONNAIRES, Purpose.INTERVIEW, Purpose.RECORDING)


class ConsentText(models.Model):
    """The exact words agreed to. Immutable; a change of words is a new version."""

    class OnStopping(models.TextChoices):
        ERASE = "erase", _("What was given is erased")
        ANONYMISE = "anonymise", _("What was given stays without a link to the person")
        KEEP = "keep", _("What was given stays as it is")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="consent_texts")
    purpose = models.CharField(max_length=20, choices=Purpose.choices)
    language = models.CharField(max_length=20, default="en-gb")
    version = models.PositiveIntegerField()
    wording = models.TextField()
    on_stop = models.CharField(max_length=10, choices=OnStopping.choices)
    sha256 = models.CharField(max_length=64)
    published = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["study", "purpose", "language", "version"], name="people_consent_text_version_once"
            ),
            models.CheckConstraint(condition=~Q(wording=""), name="people_consent_text_has_words"),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()}, version {self.version}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("A consent text is never changed; publish a new version.")
        super().save(*args, **kwargs)

    @staticmethod
    def hash_of(wording: str) -> str:
        return hashlib.sha256(wording.encode()).hexdigest()

    @property
    def has_its_hash(self) -> bool:
        return self.sha256 == self.hash_of(self.wording)

    def seals(self) -> set[str]:
        """What the audit holds of the text, so that words and hash can't both be exchanged unnoticed."""
        return {f"sha256 {self.sha256}", f"on_stop {self.on_stop}"}

    @property
    def language_name(self) -> str:
        """The language, in that language."""
        known = LANG_INFO.get(self.language, {})
        return str(known.get("name_local", self.language))

    @property
    def is_from_right(self) -> bool:
        return bool(LANG_INFO.get(self.language, {}).get("bidi", False))


class ConsentEvent(models.Model):
    """A decision about one text. Append-only: the state is the latest, and absence means no."""

    class Decision(models.TextChoices):
        GRANTED = "granted", _("Yes")
        DECLINED = "declined", _("No")
        REDUCED = "reduced", _("Less than before")
        STOPPED = "stopped", _("Stopped")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consent_events")
    text = models.ForeignKey(ConsentText, on_delete=models.PROTECT, related_name="events")
    decision = models.CharField(max_length=10, choices=Decision.choices)
    at = models.DateTimeField(default=timezone.now)

    on_stopping = keep("Proof of what was agreed to, and of the stop itself.")
    on_erasure = PROOF_STAYS

    class Meta:
        indexes = [models.Index(fields=["person", "at"], name="people_consent_latest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(decision__in=["granted", "declined", "reduced", "stopped"]),
                name="people_known_decision",
            )
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("A decision is never changed; record the next one.")
        super().save(*args, **kwargs)

    @property
    def permits(self) -> bool:
        return self.decision == self.Decision.GRANTED

    @property
    def mark(self) -> str:
        """The status pattern that stands beside the word."""
        return {"granted": "done", "reduced": "part"}.get(self.decision, "no")


class StandingConsent(models.Model):
    """The gate as research rows see it: this participant agrees to this purpose now.

    Written only together with a consent event. It is here because the bridge to the person is sealed
    and may be destroyed, and every quote and count still has to ask. `kept` rows are of people who
    stopped after their text promised that what was given stays: it may be used, and nothing new asked.
    """

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="standing")
    purpose = models.CharField(max_length=20, choices=Purpose.choices)
    since = models.DateTimeField()
    kept = models.BooleanField(default=False)

    on_stopping = ERASE

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["participant", "purpose"], name="people_standing_once")
        ]
