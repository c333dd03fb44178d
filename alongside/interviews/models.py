from typing import Any
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.accounts.models import Study, User
from alongside.followup.models import TimepointInstance
from alongside.people.models import Participant
from alongside.people.policy import ANONYMISE, ERASE

# Stands for words that were taken out, and before what a voice is called whose words were.
WITHHELD = "░"


class Guide(models.Model):
    """An interview guide. Wording comes in two mirrored forms; a change is a new version."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="guides")
    title = models.CharField(max_length=200)
    version = models.PositiveIntegerField(default=1)
    written_with = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["study", "title", "version"], name="interviews_guide_version_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.title}, version {self.version}"


class Question(models.Model):
    guide = models.ForeignKey(Guide, on_delete=models.CASCADE, related_name="questions")
    number = models.PositiveIntegerField()
    wording = models.TextField()
    mirror = models.TextField(blank=True, help_text=_("The same question to the other half of a pair."))
    prompt = models.TextField(blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["guide", "number"], name="interviews_question_once")]

    def __str__(self) -> str:
        return self.wording


class Interview(models.Model):
    class Mode(models.TextChoices):
        IN_PERSON = "in_person", _("In person")
        PHONE = "phone", _("By phone")
        VIDEO = "video", _("By video")

    class State(models.TextChoices):
        BOOKED = "booked", _("Booked")
        HELD = "held", _("Held")
        CANCELLED = "cancelled", _("Cancelled")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="interviews")
    number = models.PositiveIntegerField()
    participant = models.ForeignKey(
        Participant, null=True, blank=True, on_delete=models.PROTECT, related_name="interviews"
    )
    instance = models.ForeignKey(
        TimepointInstance, null=True, blank=True, on_delete=models.PROTECT, related_name="interviews"
    )
    interviewer = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="interviews"
    )
    guide = models.ForeignKey(
        Guide, null=True, blank=True, on_delete=models.PROTECT, related_name="interviews"
    )
    starts = models.DateTimeField(null=True, blank=True)
    ends = models.DateTimeField(null=True, blank=True)
    place = models.CharField(max_length=200, blank=True)
    mode = models.CharField(max_length=10, choices=Mode.choices, default=Mode.IN_PERSON)
    state = models.CharField(max_length=10, choices=State.choices, default=State.BOOKED)
    override = models.CharField(
        max_length=300, blank=True, help_text=_("Why it was held outside the window.")
    )
    # What was arranged with the person, in words they agreed to.
    if_hard = models.TextField(blank=True, help_text=_("What helps if it becomes hard, in their own words."))
    support = models.CharField(max_length=200, blank=True)
    adjustments = models.CharField(max_length=300, blank=True)
    thanks = models.CharField(max_length=200, blank=True)
    ring = models.CharField(
        max_length=200, blank=True, help_text=_("Whom to ring if someone may come to harm.")
    )
    debrief = models.DateTimeField(null=True, blank=True, help_text=_("The interviewer’s own, afterwards."))

    on_stopping = ANONYMISE

    class Meta:
        ordering = ["starts", "number"]
        constraints = [
            models.UniqueConstraint(fields=["study", "number"], name="interviews_number_once"),
            models.UniqueConstraint(
                fields=["interviewer", "starts"],
                condition=Q(starts__isnull=False) & ~Q(state="cancelled"),
                name="interviews_no_double_booking",
            ),
            models.UniqueConstraint(
                fields=["participant", "starts"],
                condition=Q(starts__isnull=False) & ~Q(state="cancelled"),
                name="interviews_participant_in_one_place",
            ),
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gt=F("starts")), name="interviews_end_after_start"
            ),
        ]

    def __str__(self) -> str:
        return str(_("Interview %(number)s")) % {"number": self.number}

    @property
    def mark(self) -> str:
        """The status pattern that stands beside the word."""
        return {"held": "done", "booked": "part"}.get(self.state, "no")

    @property
    def is_outside_window(self) -> bool:
        """Whether it falls outside its timepoint's window; such an interview stays flagged."""
        if self.instance is None or self.starts is None:
            return False
        return not self.instance.opens <= timezone.localdate(self.starts) <= self.instance.closes


class Recording(models.Model):
    """The sound of an interview, kept only until its transcript has been checked."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    interview = models.OneToOneField(Interview, on_delete=models.CASCADE, related_name="recording")
    sha256 = models.CharField(max_length=64)
    kind = models.CharField(max_length=60)
    seconds = models.PositiveIntegerField()

    on_stopping = ERASE


class Transcript(models.Model):
    """What was said in one conversation. Its text lives in revisions; the newest one is read and coded."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="transcripts")
    interview = models.OneToOneField(
        Interview, null=True, blank=True, on_delete=models.PROTECT, related_name="transcript"
    )
    name = models.CharField(max_length=200)
    belongs_to_nobody = models.BooleanField(
        default=False, help_text=_("Someone said that nobody who takes part in the study speaks in it.")
    )
    source_name = models.CharField(max_length=255)
    source_kind = models.CharField(max_length=10)
    source_sha256 = models.CharField(max_length=64)
    not_taken = models.JSONField(default=list, blank=True)
    imported = models.DateTimeField(default=timezone.now)
    imported_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    checked = models.DateTimeField(
        null=True, blank=True, help_text=_("When someone said that they compared it with the recording.")
    )
    checked_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    on_stopping = ERASE

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["study", "source_sha256"], name="interviews_same_file_once"),
            models.UniqueConstraint(fields=["study", "name"], name="interviews_transcript_name_once"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def title(self) -> str:
        """How readers call it: by its interview and person if it has them, else by its file's name."""
        if self.interview and self.interview.participant:
            return f"{self.interview}, {self.interview.participant}"
        return self.name

    @property
    def lost_a_voice(self) -> bool:
        """Whether somebody who spoke has stopped: out of the text, they would still be heard in the sound."""
        return self.speakers.filter(label__startswith=WITHHELD).exists()


class Speaker(models.Model):
    class Kind(models.TextChoices):
        ASKS = "asks", _("Asks")
        ANSWERS = "answers", _("Answers")

    transcript = models.ForeignKey(Transcript, on_delete=models.CASCADE, related_name="speakers")
    label = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.ANSWERS)
    participant = models.ForeignKey(
        Participant, null=True, blank=True, on_delete=models.PROTECT, related_name="speakers"
    )

    on_stopping = ANONYMISE

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["transcript", "label"], name="interviews_speaker_once")
        ]

    def __str__(self) -> str:
        return self.called

    @property
    def called(self) -> str:
        """The label in the file, or words for a speaker whom the file doesn't name."""
        return self.label or str(_("Speaker without a name"))


class Revision(models.Model):
    """The whole text of a transcript at one stage. Never changed once there: an edit is a new revision.

    Turns and codings are spans of this text, counted in Unicode code points.
    """

    transcript = models.ForeignKey(Transcript, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    text = models.TextField()
    length = models.PositiveIntegerField()
    reason = models.CharField(max_length=200, blank=True)
    made = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    is_current = models.BooleanField(default=True)

    on_stopping = ERASE

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["transcript", "number"], name="interviews_revision_once"),
            models.UniqueConstraint(
                fields=["transcript"], condition=Q(is_current=True), name="interviews_one_current_revision"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.transcript}, {self.number}"


class Turn(models.Model):
    """One speaker's words, `revision.text[start:end]`, with their place in time and on the page."""

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="turns")
    number = models.PositiveIntegerField()
    speaker = models.ForeignKey(Speaker, on_delete=models.PROTECT, related_name="turns")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    start_ms = models.PositiveIntegerField(null=True, blank=True)
    end_ms = models.PositiveIntegerField(null=True, blank=True)
    line = models.PositiveIntegerField()

    on_stopping = ERASE

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["revision", "number"], name="interviews_turn_once"),
            models.CheckConstraint(condition=Q(end__gte=F("start")), name="interviews_turn_in_order"),
        ]
        indexes = [models.Index(fields=["revision", "start"], name="interviews_turn_at")]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("A turn is never changed; an edit makes a new revision.")
        super().save(*args, **kwargs)

    def words_in(self, text: str) -> str:
        return text[self.start : self.end]

    @property
    def clock(self) -> str:
        """Minutes and seconds into the recording, or hours too when it was long."""
        if self.start_ms is None:
            return ""
        seconds = self.start_ms // 1000
        hours, minutes = divmod(seconds // 60, 60)
        return f"{hours}:{minutes:02}:{seconds % 60:02}" if hours else f"{minutes}:{seconds % 60:02}"
