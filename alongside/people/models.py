from datetime import date
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import available_timezones

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.accounts.models import Study, User
from alongside.people.policy import ANONYMISE, ERASE, keep
from alongside.vault.sealing import seal, token, unseal


def known_time_zone(name: str) -> None:
    if name not in available_timezones():
        raise ValidationError(_("“%(name)s” is not a time zone such as Europe/London."), params={"name": name})


class Person(models.Model):
    """Someone in a study, under the name they use. Holds no diagnosis and no standpoint."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="people")
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=20, default="en-gb")
    time_zone = models.CharField(
        max_length=60, default=settings.TIME_ZONE, validators=[known_time_zone]
    )
    user = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="people")
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT)
    added = models.DateTimeField(auto_now_add=True)

    on_stopping = keep("Training goes on when taking part in the study stops.")
    audit_kind = "person"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["study", "user"], condition=Q(user__isnull=False), name="people_one_person_a_user"
            ),
            models.CheckConstraint(condition=~Q(pk=F("merged_into")), name="people_not_merged_into_self"),
        ]

    def __str__(self) -> str:
        return self.name


class ContactPoint(models.Model):
    class Kind(models.TextChoices):
        EMAIL = "email", _("E-mail")
        PHONE = "phone", _("Phone")
        POST = "post", _("Post")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="contact_points")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    value = models.CharField(max_length=300)
    preferred = models.BooleanField(default=False)

    on_stopping = keep("Needed to go on inviting the person to training.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "kind", "value"], name="people_contact_once"),
            models.UniqueConstraint(
                fields=["person"], condition=Q(preferred=True), name="people_one_preferred_contact"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.value}"


class Adjustment(models.Model):
    """What makes it easier for a person to take part."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="adjustments")
    need = models.CharField(max_length=300)
    recorded = models.DateTimeField(auto_now_add=True)
    ended = models.DateTimeField(null=True, blank=True)

    on_stopping = keep("Needed for training, which goes on.")

    def __str__(self) -> str:
        return self.need


class Standpoint(models.Model):
    """How a person describes where they stand. Several at once; steers only quotas, wording and sampling."""

    class Kind(models.TextChoices):
        USES_SERVICES = "uses_services", _("Person who uses services")
        PRACTITIONER = "practitioner", _("Practitioner")
        CARER = "carer", _("Carer, family or friend")
        PEER_TRAINER = "peer_trainer", _("Peer trainer")
        OWN_WORDS = "own_words", _("In my own words")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="standpoints")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    words = models.CharField(max_length=200, blank=True)
    since = models.DateField(default=date.today)
    ended = models.DateField(null=True, blank=True)

    on_stopping = keep("Belongs to the person and steers places in training.")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="own_words") | ~Q(words=""), name="people_own_words_need_words"
            ),
            models.CheckConstraint(
                condition=Q(ended__isnull=True) | Q(ended__gte=F("since")), name="people_standpoint_in_order"
            ),
            models.UniqueConstraint(
                fields=["person", "kind", "words"],
                condition=Q(ended__isnull=True),
                name="people_standpoint_open_once",
            ),
        ]

    def __str__(self) -> str:
        return self.words or str(self.get_kind_display())


class WorkingRelationship(models.Model):
    """A pair that was there before the training and goes on after it. `first` and `second` are unordered."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="working_relationships")
    first = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    started = models.DateField()
    first_confirmed = models.DateTimeField(null=True, blank=True)
    second_confirmed = models.DateTimeField(null=True, blank=True)
    ended = models.DateField(null=True, blank=True)

    on_stopping = keep("The firewall between the two halves must outlive the study.")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="people_pair_in_one_order"),
            models.UniqueConstraint(
                fields=["first", "second"], condition=Q(ended__isnull=True), name="people_one_open_pair"
            ),
            models.CheckConstraint(
                condition=Q(ended__isnull=True) | Q(ended__gte=F("started")), name="people_pair_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first} & {self.second}"

    @property
    def halves(self) -> tuple[Person, Person]:
        return (self.first, self.second)

    @property
    def is_open(self) -> bool:
        return self.ended is None

    def confirmed_by(self, person: Person) -> bool:
        when = self.first_confirmed if person.pk == self.first_id else self.second_confirmed
        return when is not None

    def other_half(self, person: Person) -> Person:
        return self.second if person.pk == self.first_id else self.first


class Participant(models.Model):
    """A code in a study: all that research rows know of anybody."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="participants")
    code = models.CharField(max_length=20)
    pseudonym = models.CharField(max_length=80, blank=True)
    described_as = models.CharField(
        max_length=120, blank=True, help_text=_("How a quote is attributed, such as “Practitioner”.")
    )

    on_stopping = ANONYMISE

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["study", "code"], name="people_code_once"),
            models.UniqueConstraint(
                fields=["study", "pseudonym"], condition=~Q(pseudonym=""), name="people_pseudonym_once"
            ),
        ]

    def __str__(self) -> str:
        return self.pseudonym or self.code


class Identity(models.Model):
    """The only bridge between a participant and a person. Without the identity key it leads nowhere."""

    participant = models.OneToOneField(Participant, on_delete=models.CASCADE, related_name="identity")
    sealed = models.BinaryField(max_length=64)
    token = models.CharField(max_length=64, unique=True)

    on_stopping = keep("Destroyed by anonymisation, never by stopping: a stop must reach what it covers.")

    def bind(self, person: Person) -> None:
        self.sealed = seal(person.pk, person.study_id)
        self.token = token(person.pk, person.study_id)

    def person_id(self) -> UUID:
        return unseal(self.sealed, self.participant.study_id)


class Pair(models.Model):
    """Two participants whose interviews may be read together: both agreed to be linked."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="pairs")
    one = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    two = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")

    on_stopping = ERASE

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "two"], name="people_linked_once"),
            models.CheckConstraint(condition=~Q(one=F("two")), name="people_linked_with_another"),
        ]

    def __str__(self) -> str:
        return f"{self.one} & {self.two}"


class Barrier(models.Model):
    """A user who may see nothing of a participant, because they work or worked together.

    Kept beside the working relationship so that it outlives the identity bridge; never taken down.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="barriers")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="barriers")
    since = models.DateTimeField(auto_now_add=True)

    on_stopping = keep("The firewall must outlive the study and the identity bridge.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "participant"], name="people_barrier_once")]


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


class StandingConsent(models.Model):
    """The gate as research rows see it: this participant agrees to this purpose now.

    Written only together with a consent event. It is here because the bridge to the person is sealed
    and may be destroyed, and every quote and count still has to ask.
    """

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="standing")
    purpose = models.CharField(max_length=20, choices=Purpose.choices)
    since = models.DateTimeField()

    on_stopping = ERASE

    class Meta:
        constraints = [models.UniqueConstraint(fields=["participant", "purpose"], name="people_standing_once")]


class AccessGrant(models.Model):
    """A personal link. Only the hash of its token is kept; opening it consumes nothing."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="access_grants")
    purpose = models.CharField(max_length=40)
    object = models.CharField(max_length=40, blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    made = models.DateTimeField(auto_now_add=True)
    expires = models.DateTimeField()
    revoked = models.DateTimeField(null=True, blank=True)

    on_stopping = ERASE

    @property
    def is_live(self) -> bool:
        return self.revoked is None and self.expires > timezone.now()
