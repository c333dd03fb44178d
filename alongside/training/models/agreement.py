from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.people.models import Person
from alongside.people.policy import COUNTS_STAY
from alongside.training.models.courses import TRAINING_GOES_ON, Cohort

# Every agreement has these two parts. A group says them its own way if it likes, and leaves out neither.
MAY_PASS = _("Anyone can pass, at any time. Nobody asks why.")
NOT_PRIVATE = _(
    "What is said here stays here. There is one exception: someone may be at risk of serious harm. Then a "
    "trainer tells the person at the college who looks after safety, and nobody else. You are told first, if "
    "that is safe."
)


class LearningAgreement(models.Model):
    """What a group wrote for itself. Not a consent."""

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="agreements")
    version = models.PositiveIntegerField()
    note = models.CharField(max_length=300, blank=True, help_text=_("What changed, and who proposed it."))
    written = models.DateTimeField(default=timezone.now)
    # Blank where the group kept our words, which are read in everybody's own language.
    own_may_pass = models.TextField(blank=True)
    own_not_private = models.TextField(blank=True)

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["cohort", "version"], name="training_agreement_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.cohort}, {self.version}"

    @property
    def may_pass(self) -> str:
        return self.own_may_pass or str(MAY_PASS)

    @property
    def not_private(self) -> str:
        return self.own_not_private or str(NOT_PRIVATE)


class Clause(models.Model):
    agreement = models.ForeignKey(LearningAgreement, on_delete=models.CASCADE, related_name="clauses")
    number = models.PositiveIntegerField()
    words = models.TextField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["agreement", "number"], name="training_clause_once")]

    def __str__(self) -> str:
        return self.words


class Acknowledgement(models.Model):
    agreement = models.ForeignKey(
        LearningAgreement, on_delete=models.CASCADE, related_name="acknowledgements"
    )
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    on_stopping = TRAINING_GOES_ON
    on_erasure = COUNTS_STAY

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "person"], name="training_acknowledged_once")
        ]


class Revisit(models.Model):
    """The group came back to its agreement, and left it as it was or wrote the next version."""

    agreement = models.ForeignKey(LearningAgreement, on_delete=models.CASCADE, related_name="revisits")
    on = models.DateField()
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-on"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "on"], name="training_revisited_once_a_day")
        ]
