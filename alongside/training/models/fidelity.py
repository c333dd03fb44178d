from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.accounts.models import Study, User


class Measure(models.Model):
    """A college's own measure of how true to its ideas it works: loaded by the college, never shipped."""

    class Scoring(models.TextChoices):
        NONE = "none", _("No score")
        SUM = "sum", _("The sum of the answers")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="measures")
    name = models.CharField(max_length=200)
    version = models.PositiveIntegerField(default=1)
    scoring = models.CharField(max_length=10, choices=Scoring.choices, default=Scoring.NONE)
    # By what right it is used here, in the words of whoever says so.
    licence = models.CharField(max_length=300)
    attested_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    attested = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["name", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["study", "name", "version"], name="training_measure_version_once"
            ),
            models.CheckConstraint(
                condition=~Q(licence=""),
                name="training_measure_has_licence",
                violation_error_message=_("Say by what right the measure may be used here."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.version}"


class MeasureItem(models.Model):
    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="items")
    number = models.PositiveIntegerField()
    words = models.TextField()
    # What each answer means, from 0 upwards.
    anchors = models.JSONField(default=list)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["measure", "number"], name="training_item_once")]

    def __str__(self) -> str:
        return self.words


class SelfReview(models.Model):
    """What a college said of itself on a day, by its own measure. Never changed: the next is a new one."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="self_reviews")
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="reviews")
    on = models.DateField()
    # Who talked it over, as they want to be named.
    together = models.CharField(max_length=300, blank=True)
    comments = models.TextField(blank=True)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    written = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-on", "-written"]

    def __str__(self) -> str:
        return f"{self.measure}, {self.on:%Y-%m-%d}"


class ReviewAnswer(models.Model):
    review = models.ForeignKey(SelfReview, on_delete=models.CASCADE, related_name="answers")
    item = models.ForeignKey(MeasureItem, on_delete=models.PROTECT, related_name="+")
    # Nothing: the college left it open.
    value = models.PositiveSmallIntegerField(null=True, blank=True)
    comment = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["item__number"]
        constraints = [models.UniqueConstraint(fields=["review", "item"], name="training_reviewed_once")]

    def __str__(self) -> str:
        return str(self.item)

    @property
    def anchor(self) -> str:
        return "" if self.value is None else str(self.item.anchors[self.value])
