from datetime import date
from functools import cache
from uuid import UUID, uuid4
from zoneinfo import available_timezones

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.accounts.models import Study, User
from alongside.people.policy import ANONYMISE, ERASE, FIREWALL_STAYS, keep


@cache
def _time_zones() -> frozenset[str]:
    """Read from the disk once: a table of people asks ten thousand times."""
    return frozenset(available_timezones())


def known_time_zone(name: str) -> None:
    if name not in _time_zones():
        raise ValidationError(
            _("“%(name)s” is not a time zone such as Europe/London."), params={"name": name}
        )


class Person(models.Model):
    """Someone in a study, under the name they use. Holds no diagnosis and no standpoint."""

    class Format(models.TextChoices):
        STANDARD = "standard", _("As most people get it")
        LARGE_PRINT = "large_print", _("In large print")
        EASY_READ = "easy_read", _("In easy words, with pictures")
        ALOUD = "aloud", _("Read out to me on the phone")
        PAPER = "paper", _("On paper, by post")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="people")
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=20, default="en-gb")
    format = models.CharField(max_length=20, choices=Format.choices, default=Format.STANDARD)
    time_zone = models.CharField(max_length=60, default=settings.TIME_ZONE, validators=[known_time_zone])
    user = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="people")
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT)
    # A row without a name, which only holds what counts and what keeps others out.
    is_erased = models.BooleanField(default=False)
    added = models.DateTimeField(auto_now_add=True)

    on_stopping = keep("Training goes on when taking part in the study stops.")
    on_erasure = ANONYMISE
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

    def roles_in(self, study: UUID) -> list[str]:
        """None: on their own page nobody acts in a role."""
        return []

    @property
    def preferred_contact(self) -> "ContactPoint | None":
        """How they would rather be reached; reads prefetched contact points."""
        return next((point for point in self.contact_points.all() if point.preferred), None)

    @property
    def language_name(self) -> str:
        """The language, as its speakers call it."""
        return str(LANG_INFO.get(self.language, {}).get("name_local", self.language))


class ContactPoint(models.Model):
    class Kind(models.TextChoices):
        EMAIL = "email", _("E-mail")
        PHONE = "phone", _("Phone")
        TEXT = "text", _("Text message")
        POST = "post", _("Post")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="contact_points")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    value = models.CharField(max_length=300)
    preferred = models.BooleanField(default=False)
    since = models.DateTimeField(default=timezone.now)

    on_stopping = keep("Needed to go on inviting the person to training.")
    on_erasure = ERASE

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "kind", "value"], name="people_contact_once"),
            models.UniqueConstraint(
                fields=["person"], condition=Q(preferred=True), name="people_one_preferred_contact"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.value}"

    def clean(self) -> None:
        if self.kind == self.Kind.EMAIL:
            validate_email(self.value)


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
    on_erasure = ERASE

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="own_words") | ~Q(words=""),
                name="people_own_words_need_words",
                violation_error_message=_("Write down the person’s own words."),
            ),
            models.CheckConstraint(
                condition=Q(ended__isnull=True) | Q(ended__gte=F("since")),
                name="people_standpoint_in_order",
                violation_error_message=_("A description can’t end before it began."),
            ),
            models.UniqueConstraint(
                fields=["person", "kind", "words"],
                condition=Q(ended__isnull=True),
                name="people_standpoint_open_once",
                violation_error_message=_("This person is described so already."),
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
    # When a half said on their own page that it is not so, or not any more.
    first_denied = models.DateTimeField(null=True, blank=True)
    second_denied = models.DateTimeField(null=True, blank=True)
    ended = models.DateField(null=True, blank=True)

    on_stopping = keep("The firewall between the two halves must outlive the study.")
    on_erasure = FIREWALL_STAYS

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="people_pair_in_one_order"),
            models.UniqueConstraint(
                fields=["first", "second"],
                condition=Q(ended__isnull=True),
                name="people_one_open_pair",
                violation_error_message=_("It is on record already that these two work together."),
            ),
            models.CheckConstraint(
                condition=Q(ended__isnull=True) | Q(ended__gte=F("started")),
                name="people_pair_ends_after_start",
                violation_error_message=_("A working relationship can’t end before the day it started."),
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

    def denied_by(self, person: Person) -> bool:
        when = self.first_denied if person.pk == self.first_id else self.second_denied
        return when is not None

    def other_half(self, person: Person) -> Person:
        return self.second if person.pk == self.first_id else self.first


class AccessGrant(models.Model):
    """A personal link, and the code to type in its place. Only hashes are kept; opening consumes nothing."""

    # The one link that stopping leaves: the person's way to their receipt.
    MY_PAGE = "my_page"
    # No link at all: a code for fetching a copy of everything, beside the link to one's own page.
    COPY = "copy"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="access_grants")
    purpose = models.CharField(max_length=40)
    object = models.CharField(max_length=40, blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    code_hash = models.CharField(max_length=64, unique=True, null=True, blank=True)
    made = models.DateTimeField(auto_now_add=True)
    expires = models.DateTimeField()
    revoked = models.DateTimeField(null=True, blank=True)

    on_stopping = keep("Links for what stopped are revoked; the person's own page stays theirs.")
    on_erasure = ERASE

    @property
    def is_live(self) -> bool:
        return self.revoked is None and self.expires > timezone.now()
