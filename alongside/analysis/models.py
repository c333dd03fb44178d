from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.accounts.models import Study, User
from alongside.interviews.models import Revision, Transcript
from alongside.people.models import Pair
from alongside.people.policy import ERASE

COLOURS = 12


class Codebook(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    study = models.OneToOneField(Study, on_delete=models.CASCADE, related_name="codebook")
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return str(_("Codebook version %(version)s")) % {"version": self.version}


class Code(models.Model):
    """A name for something the readers hear. Two codes may share a name under different parents."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="codes")
    codebook = models.ForeignKey(Codebook, on_delete=models.CASCADE, related_name="codes")
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    name = models.CharField(max_length=300)
    definition = models.TextField(blank=True)
    include = models.TextField(blank=True)
    exclude = models.TextField(blank=True)
    example = models.TextField(blank=True)
    colour = models.PositiveSmallIntegerField()
    position = models.PositiveIntegerField(default=0)
    retired = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["codebook", "parent", "name"],
                condition=Q(parent__isnull=False),
                name="analysis_name_once_under_parent",
            ),
            models.UniqueConstraint(
                fields=["codebook", "name"],
                condition=Q(parent__isnull=True),
                name="analysis_name_once_on_top",
            ),
            models.CheckConstraint(condition=~Q(pk=F("parent")), name="analysis_not_own_parent"),
            models.CheckConstraint(
                condition=Q(colour__gte=1) & Q(colour__lte=COLOURS), name="analysis_known_colour"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="analysis_code_has_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Coding(models.Model):
    """A coder's own act: this code on `revision.text[start:end]`. Taking it off keeps the row, for undo."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="codings")
    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="codings")
    code = models.ForeignKey(Code, on_delete=models.PROTECT, related_name="codings")
    coder = models.ForeignKey(User, on_delete=models.PROTECT, related_name="codings")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    made = models.DateTimeField(default=timezone.now)
    removed = models.DateTimeField(null=True, blank=True)

    on_stopping = ERASE

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="analysis_coding_has_words"),
            models.UniqueConstraint(
                fields=["revision", "code", "coder", "start", "end"],
                condition=Q(removed__isnull=True),
                name="analysis_coded_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["revision", "start"], condition=Q(removed__isnull=True), name="analysis_coding_at"
            ),
            models.Index(
                fields=["code", "revision", "start"],
                condition=Q(removed__isnull=True),
                name="analysis_coding_of_code",
            ),
            models.Index(
                fields=["study", "code"], condition=Q(removed__isnull=True), name="analysis_coding_in_study"
            ),
        ]


class Memo(models.Model):
    """A thought, kept with what it is about: a transcript, a code, a coding or a theme; or none of them."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="memos")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memos")
    transcript = models.ForeignKey(
        Transcript, null=True, blank=True, on_delete=models.CASCADE, related_name="memos"
    )
    code = models.ForeignKey(Code, null=True, blank=True, on_delete=models.CASCADE, related_name="memos")
    coding = models.ForeignKey(Coding, null=True, blank=True, on_delete=models.CASCADE, related_name="memos")
    theme = models.ForeignKey("Theme", null=True, blank=True, on_delete=models.CASCADE, related_name="memos")
    words = models.TextField()
    private = models.BooleanField(default=False)
    made = models.DateTimeField(default=timezone.now)
    changed = models.DateTimeField(auto_now=True)

    on_stopping = ERASE

    class Meta:
        ordering = ["-changed"]
        constraints = [
            models.UniqueConstraint(
                fields=["author", "transcript"],
                condition=Q(transcript__isnull=False) & Q(coding__isnull=True),
                name="analysis_one_memo_a_reader",
            )
        ]

    def __str__(self) -> str:
        return self.words[:80]


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


class Reading(models.Model):
    """Who is asked to read which transcript, apart from the others or together, and whether they have."""

    class Mode(models.TextChoices):
        TOGETHER = "together", _("Together")
        APART = "apart", _("Separately")

    transcript = models.ForeignKey(Transcript, on_delete=models.CASCADE, related_name="readings")
    reader = models.ForeignKey(User, on_delete=models.CASCADE, related_name="readings")
    mode = models.CharField(max_length=10, choices=Mode.choices, default=Mode.TOGETHER)
    finished = models.DateTimeField(null=True, blank=True)

    on_stopping = ERASE

    class Meta:
        constraints = [models.UniqueConstraint(fields=["transcript", "reader"], name="analysis_reads_once")]


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
