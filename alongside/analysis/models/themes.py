from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.accounts.models import Study, User
from alongside.analysis.models.codebook import Code
from alongside.interviews.models import Revision
from alongside.people.models import Pair
from alongside.people.policy import ERASE


class Theme(models.Model):
    """A developed idea about what changed, resting on codes and quoted passages."""

    class Status(models.TextChoices):
        OPEN = "open", _("Still open")
        DEVELOPED = "developed", _("Developed")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="themes")
    name = models.CharField(max_length=200)
    idea = models.TextField(help_text=_("The central idea in one or two sentences."))
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN)
    position = models.PositiveIntegerField(default=0)
    named_by = models.CharField(max_length=300, blank=True)
    named = models.DateField(null=True, blank=True)
    codes = models.ManyToManyField(Code, related_name="themes", blank=True)

    class Meta:
        ordering = ["position", "name"]
        constraints = [models.UniqueConstraint(fields=["study", "name"], name="analysis_theme_once")]

    def __str__(self) -> str:
        return self.name


class Passage(models.Model):
    """Words chosen to speak for a theme: a span within one coding of one of the theme's codes."""

    theme = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="passages")
    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="passages")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    position = models.PositiveIntegerField(default=0)
    chosen_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    on_stopping = ERASE

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="analysis_passage_has_words"),
            models.UniqueConstraint(
                fields=["theme", "revision", "start", "end"], name="analysis_passage_once"
            ),
        ]


class Tie(models.Model):
    """A sentence the team agreed about how one theme stands to another."""

    one = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="ties")
    other = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="ties_back")
    says = models.CharField(max_length=120)
    against = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="analysis_tie_once"),
            models.CheckConstraint(condition=~Q(one=F("other")), name="analysis_tie_between_two"),
        ]


class CardSort(models.Model):
    """One person's private sorting of excerpts into piles (participatory theme elicitation)."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="card_sorts")
    sorter = models.ForeignKey(User, on_delete=models.CASCADE, related_name="card_sorts")
    made = models.DateTimeField(default=timezone.now)


class SortedCard(models.Model):
    sort = models.ForeignKey(CardSort, on_delete=models.CASCADE, related_name="cards")
    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="+")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    pile = models.PositiveIntegerField()

    on_stopping = ERASE

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sort", "revision", "start", "end"], name="analysis_card_once"),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="analysis_card_has_words"),
        ]


class PairNote(models.Model):
    """What the team wrote about one pair and one theme, both sides read together."""

    pair = models.ForeignKey(Pair, on_delete=models.CASCADE, related_name="notes")
    theme = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="pair_notes")
    words = models.TextField()

    on_stopping = ERASE

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pair", "theme"], name="analysis_pair_note_once")]
