from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.accounts.models import Study, User
from alongside.analysis.models.codebook import Code
from alongside.analysis.models.codings import Coding
from alongside.analysis.models.themes import Theme
from alongside.interviews.models import Transcript
from alongside.people.models import Pair
from alongside.people.policy import ERASE

# What a memo may be about: one of these, or nothing but the study.
MEMO_ABOUT = ("transcript", "coding", "code", "theme", "pair")


def _about_one() -> Q:
    """At most one of the things is named."""
    found = Q()
    for kept in MEMO_ABOUT:
        found |= Q(**{f"{other}__isnull": True for other in MEMO_ABOUT if other != kept})
    return found


class Memo(models.Model):
    """A thought, kept with what it is about: a transcript, a code, a coding, a theme or a
    pair. One about none of them is about the study; kept private, it is a page of the reader’s journal."""

    class About(models.TextChoices):
        CODING = "coding", _("Passages")
        TRANSCRIPT = "transcript", _("Transcripts")
        CODE = "code", _("Codes")
        THEME = "theme", _("Themes")
        PAIR = "pair", _("Pairs")
        STUDY = "study", _("The study")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="memos")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memos")
    transcript = models.ForeignKey(
        Transcript, null=True, blank=True, on_delete=models.CASCADE, related_name="memos"
    )
    code = models.ForeignKey(Code, null=True, blank=True, on_delete=models.CASCADE, related_name="memos")
    coding = models.ForeignKey(Coding, null=True, blank=True, on_delete=models.CASCADE, related_name="memos")
    theme = models.ForeignKey(Theme, null=True, blank=True, on_delete=models.CASCADE, related_name="memos")
    pair = models.ForeignKey(Pair, null=True, blank=True, on_delete=models.CASCADE, related_name="memos")
    words = models.TextField()
    private = models.BooleanField(default=False)
    made = models.DateTimeField(default=timezone.now)
    changed = models.DateTimeField(default=timezone.now)

    on_stopping = ERASE

    class Meta:
        ordering = ["-changed"]
        constraints = [
            models.UniqueConstraint(
                fields=["author", "transcript"],
                condition=Q(transcript__isnull=False) & Q(coding__isnull=True),
                name="analysis_one_memo_a_reader",
                violation_error_message=_(
                    "You have a memo on this transcript already. Open it and write on there."
                ),
            ),
            models.CheckConstraint(condition=~Q(words=""), name="analysis_memo_has_words"),
            models.CheckConstraint(
                condition=_about_one(),
                name="analysis_memo_about_one",
                violation_error_message=_("A memo is about one thing, or about the study."),
            ),
        ]

    def __str__(self) -> str:
        return self.words[:80]

    @property
    def about(self) -> "Memo.About":
        named = (name for name in MEMO_ABOUT if getattr(self, f"{name}_id") is not None)
        return self.About(next(named, self.About.STUDY))


class Summary(models.Model):
    """What an interview was about, in the team's words: one a transcript."""

    transcript = models.OneToOneField(Transcript, on_delete=models.CASCADE, related_name="summary")
    words = models.TextField()
    changed = models.DateTimeField(auto_now=True)
    changed_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    on_stopping = ERASE

    def __str__(self) -> str:
        return self.words[:80]
