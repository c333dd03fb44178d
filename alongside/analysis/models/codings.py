from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.accounts.models import Study, User
from alongside.analysis.models.codebook import Code, State
from alongside.analysis.models.workshops import Workshop
from alongside.interviews.models import Revision
from alongside.people.policy import ERASE


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
    important = models.BooleanField(default=False)
    adopted = models.DateTimeField(null=True, blank=True, help_text=_("When the team made it its own."))
    adopted_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    workshop = models.ForeignKey(
        Workshop, null=True, blank=True, on_delete=models.SET_NULL, related_name="codings"
    )

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

    @property
    def state(self) -> State:
        """What an act can change, as it is kept with the act."""
        return {
            "code": str(self.code_id),
            "start": self.start,
            "end": self.end,
            "important": self.important,
            "adopted": self.adopted is not None,
            "removed": self.removed is not None,
        }


class Link(models.Model):
    """A reader's line from one coded passage to another, and what they see between them."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="links")
    one = models.ForeignKey(Coding, on_delete=models.CASCADE, related_name="links")
    other = models.ForeignKey(Coding, on_delete=models.CASCADE, related_name="links_back")
    says = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="links")
    made = models.DateTimeField(default=timezone.now)
    removed = models.DateTimeField(null=True, blank=True)

    on_stopping = ERASE

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(one=F("other")), name="analysis_link_between_two"),
            models.UniqueConstraint(
                fields=["one", "other", "by"],
                condition=Q(removed__isnull=True),
                name="analysis_linked_once",
            ),
        ]


class Discussion(models.Model):
    """A passage the team talks about, until somebody says that it is settled."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="discussions")
    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="discussions")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    settled = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    on_stopping = ERASE

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="analysis_discussion_has_words"),
            models.UniqueConstraint(
                fields=["revision", "start", "end"],
                condition=Q(settled__isnull=True),
                name="analysis_discussed_once",
                violation_error_message=_("Somebody talks about the same words already."),
            ),
        ]


class Remark(models.Model):
    discussion = models.ForeignKey(Discussion, on_delete=models.CASCADE, related_name="remarks")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="remarks")
    words = models.TextField()
    made = models.DateTimeField(default=timezone.now)

    on_stopping = ERASE

    class Meta:
        ordering = ["made", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="analysis_remark_has_words")]

    def __str__(self) -> str:
        return self.words[:80]
