from datetime import datetime
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.accounts.models import User
from alongside.people.models import Person, Standpoint, WorkingRelationship
from alongside.people.policy import ERASE
from alongside.training.models.courses import TRAINING_GOES_ON, Cohort


class Question(models.Model):
    """What a group asks whoever wants to come. An answer other than the one needed shuts nobody out: whoever
    gives the places sees it."""

    class Kind(models.TextChoices):
        YES_NO = "yes_no", _("Yes or no")
        WORDS = "words", _("In their own words")

    class Needed(models.TextChoices):
        EITHER = "", _("Either is fine")
        YES = "yes", _("Yes")
        NO = "no", _("No")

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="questions")
    number = models.PositiveIntegerField()
    words = models.CharField(max_length=300)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.YES_NO)
    needed = models.CharField(max_length=3, choices=Needed.choices, default=Needed.EITHER, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["cohort", "number"], name="training_question_once"),
            models.CheckConstraint(
                condition=Q(kind="yes_no") | Q(needed=""),
                name="training_only_yes_or_no_is_needed",
                violation_error_message=_("Only a question that is answered with yes or no can need one."),
            ),
        ]

    def __str__(self) -> str:
        return self.words


class Why(models.TextChoices):
    """Why somebody gets no place this time. Kept for the team; nobody else reads it."""

    FULL = "full", _("The group is full")
    NOT_FOR = "not_for", _("The group is not meant for them")
    OTHER_GROUP = "other_group", _("Another group suits them better")
    NOT_REACHED = "not_reached", _("They could not be reached")
    TWICE = "twice", _("They had asked already")
    NOT_MEANT = "not_meant", _("It was not meant seriously")
    OTHER = "other", _("Something else")


class Application(models.Model):
    """Somebody asked on the public page for a place. No person of the study until that is taken up."""

    class State(models.TextChoices):
        NAMED = "named", _("Named by the one who asked, not asked yet")
        ASKED = "asked", _("Asked, no answer yet")
        OPEN = "open", _("To be looked at")
        APART = "apart", _("Two places could not be made")
        TAKEN_UP = "taken_up", _("Taken up")
        TURNED_DOWN = "turned_down", _("Not this time")
        SAID_NO = "said_no", _("Said no")
        LAPSED = "lapsed", _("Did not answer")

    class Rather(models.TextChoices):
        EMAIL = "email", _("By e-mail")
        PHONE = "phone", _("By phone")

    STANDING = (State.NAMED, State.ASKED, State.OPEN, State.APART)

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="applications")
    at = models.DateTimeField(default=timezone.now)
    name = models.CharField(max_length=120)
    email = models.EmailField(max_length=300, blank=True)
    phone = models.CharField(max_length=300, blank=True)
    rather = models.CharField(max_length=10, choices=Rather.choices, blank=True)
    needs = models.CharField(max_length=300, blank=True)
    standpoints = models.JSONField(default=list, blank=True)
    own_words = models.CharField(max_length=200, blank=True)
    # The other of two who want to come together, as the first of them named them.
    half = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="named_by"
    )
    answer_until = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.OPEN)
    since = models.DateTimeField(default=timezone.now)
    why = models.CharField(max_length=12, choices=Why.choices, blank=True)
    # Who it turned out to be, and what taking it up made: for taking that back.
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.CASCADE, related_name="applications"
    )
    made_person = models.BooleanField(default=False)
    made_place = models.BooleanField(default=False)
    added = models.JSONField(default=dict, blank=True)
    place_was = models.JSONField(default=dict, blank=True)

    on_stopping = TRAINING_GOES_ON
    on_erasure = ERASE

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(email="") | ~Q(phone=""),
                name="training_application_can_be_answered",
                violation_error_message=_("Give an e-mail address or a phone number, so that we can answer."),
            ),
            models.CheckConstraint(
                condition=~Q(state="taken_up") | Q(person__isnull=False),
                name="training_taken_up_as_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state="asked") | Q(answer_until__isnull=False), name="training_asked_until"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def asker(self) -> "Application | None":
        """Who named this one as their other half."""
        return getattr(self, "named_by", None)

    @property
    def other(self) -> "Application | None":
        """The other of two who want to come together, whichever of them this is."""
        return self.half or self.asker

    @property
    def asked_at(self) -> datetime:
        """Since when they wait: two who come together since the first of them asked."""
        return self.asker.at if self.asker else self.at

    @property
    def waits_for_other(self) -> bool:
        """Whether the other of the two has still to say whether they come."""
        return self.other is not None and self.other.state in (self.State.NAMED, self.State.ASKED)

    @property
    def described(self) -> list[str]:
        """How they describe themselves, in words."""
        kinds = [str(Standpoint.Kind(kind).label) for kind in self.standpoints]
        return [*kinds, self.own_words] if self.own_words else kinds


class PassedOn(models.Model):
    """That a member said they work with who applied. It is kept from them from then on."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="passed_on")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    on_stopping = TRAINING_GOES_ON
    on_erasure = ERASE

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "user"], name="training_passed_on_once")
        ]


class Reply(models.Model):
    """What somebody answered to a group's question, with the question as it stood that day."""

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="replies")
    application = models.ForeignKey(
        Application, null=True, blank=True, on_delete=models.SET_NULL, related_name="replies"
    )
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.CASCADE, related_name="replies"
    )
    number = models.PositiveIntegerField()
    asked = models.CharField(max_length=300)
    kind = models.CharField(max_length=10, choices=Question.Kind.choices)
    needed = models.CharField(max_length=3, blank=True)
    said = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField(default=timezone.now)

    on_stopping = TRAINING_GOES_ON
    on_erasure = ERASE

    class Meta:
        ordering = ["number", "pk"]

    def __str__(self) -> str:
        return self.asked

    @property
    def in_words(self) -> str:
        if self.kind == Question.Kind.YES_NO and self.said:
            return str(Question.Needed(self.said).label)
        return self.said

    @property
    def differs(self) -> bool:
        """Whether it is another answer than the one the group needs."""
        return bool(self.needed) and self.said != self.needed


class PairAsked(models.Model):
    """One of two who work together asked on their own page for both. The other answers on theirs."""

    class Answer(models.TextChoices):
        NONE = "", _("Not answered")
        YES = "yes", _("Yes")
        NO = "no", _("No")
        LAPSED = "lapsed", _("Did not answer")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="pairs_asked")
    by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    pair = models.ForeignKey(WorkingRelationship, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    answer_until = models.DateTimeField()
    answer = models.CharField(max_length=10, choices=Answer.choices, default=Answer.NONE, blank=True)

    on_stopping = TRAINING_GOES_ON
    on_erasure = ERASE

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "by"], condition=Q(answer=""), name="training_pair_asked_once"
            ),
            models.CheckConstraint(condition=~Q(by=models.F("other")), name="training_pair_of_two"),
        ]

    def __str__(self) -> str:
        return f"{self.cohort}, {self.at:%Y-%m-%d}"

    @property
    def is_open(self) -> bool:
        return self.answer == self.Answer.NONE and self.answer_until > timezone.now()
