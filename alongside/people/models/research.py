from uuid import UUID, uuid4

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.accounts.models import Study, User
from alongside.people.models.people import Person
from alongside.people.policy import ANONYMISE, ERASE, FIREWALL_STAYS, keep
from alongside.vault.sealing import WrongKey, is_able, key_file, seal, token, unseal


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
            models.UniqueConstraint(
                fields=["study", "code"],
                name="people_code_once",
                violation_error_message=_("Another participant has this code."),
                violation_error_code="taken",
            ),
            models.UniqueConstraint(
                fields=["study", "pseudonym"],
                condition=~Q(pseudonym=""),
                name="people_pseudonym_once",
                violation_error_message=_("Someone in the study goes by that name. Choose another."),
            ),
        ]

    def __str__(self) -> str:
        return self.pseudonym or self.code


class Anonymisation(models.Model):
    """That a study's identity key was destroyed: nobody in it can be joined to a code again."""

    study = models.OneToOneField(Study, on_delete=models.CASCADE, related_name="anonymisation")
    at = models.DateTimeField(default=timezone.now)


class BridgeLost(Exception):
    """There are identities, but not the key that they were sealed with."""


class Identity(models.Model):
    """The only bridge between a participant and a person. Without the identity key it leads nowhere."""

    participant = models.OneToOneField(Participant, on_delete=models.CASCADE, related_name="identity")
    sealed = models.BinaryField(max_length=64)
    token = models.CharField(max_length=64, unique=True)

    on_stopping = keep("Destroyed by anonymisation, never by stopping: a stop must reach what it covers.")
    on_erasure = ERASE

    def bind(self, person: Person) -> None:
        """Join the participant to `person`; the first one of a study makes its key."""
        if not is_able(person.study_id):
            self.check_none_sealed(person.study_id)
        self.token = token(person.pk, person.study_id)
        self.sealed = seal(person.pk, person.study_id)

    @classmethod
    def check_none_sealed(cls, study_id: UUID) -> None:
        """A new key in place of a lost one, or another study's, would find nobody."""
        sealed = cls.objects.filter(participant__study=study_id).select_related("participant").first()
        if sealed is not None:
            sealed.person_id()

    def person_id(self) -> UUID:
        study = self.participant.study_id
        try:
            return unseal(bytes(self.sealed), study)
        except WrongKey as error:
            raise BridgeLost(f"{key_file(study)} is missing or another key.") from error


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
    on_erasure = FIREWALL_STAYS

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "participant"], name="people_barrier_once")]


class Declared(models.Model):
    """That a user said they neither know a participant nor worked with them.

    Asked before the first words of theirs open; whoever says otherwise gets a `Barrier` in its place.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="declared")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="declared")
    at = models.DateTimeField(default=timezone.now)

    on_stopping = ERASE

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "participant"], name="people_declared_once")]
