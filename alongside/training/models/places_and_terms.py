from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from alongside.accounts.models import Study


class Place(models.Model):
    """Where groups meet: how to get there, and what it is like for whoever needs something."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="places")
    name = models.CharField(max_length=200)
    address = models.CharField(max_length=300, blank=True)
    getting_there = models.TextField(blank=True)
    access = models.TextField(blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["study", "name"], name="training_place_once")]

    def __str__(self) -> str:
        return self.name


class Term(models.Model):
    """A stretch of the year in which courses are offered."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="terms")
    name = models.CharField(max_length=120)
    starts = models.DateField()
    ends = models.DateField()

    class Meta:
        ordering = ["starts"]
        constraints = [
            models.UniqueConstraint(fields=["study", "name"], name="training_term_once"),
            models.CheckConstraint(condition=Q(ends__gte=F("starts")), name="training_term_ends_after_start"),
        ]

    def __str__(self) -> str:
        return self.name
