from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.accounts.models import Study, User
from alongside.analysis.models.codebook import Code
from alongside.analysis.models.codings import Coding, Link
from alongside.interviews.models import Transcript
from alongside.people.policy import ERASE


class Feed(models.Model):
    """The last number given to an act in a study. Taken under lock, so that numbers are seen in order."""

    study = models.OneToOneField(Study, primary_key=True, on_delete=models.CASCADE, related_name="feed")
    last = models.PositiveBigIntegerField(default=0)


class Act(models.Model):
    """What one person did to codings or codes in one stroke: told to the others, and undone, as one."""

    class Kind(models.TextChoices):
        APPLY = "apply", _("Coded")
        REMOVE = "remove", _("Took a coding off")
        RESIZE = "resize", _("Changed where a passage begins or ends")
        RECODE = "recode", _("Moved a passage to another code")
        COPY = "copy", _("Copied a passage to another code")
        WEIGH = "weigh", _("Marked how important a passage is")
        LINK = "link", _("Linked two passages")
        UNLINK = "unlink", _("Took a link off")
        ADOPT = "adopt", _("Made codings the team’s")
        ADD_CODE = "add_code", _("Added a code")
        CHANGE_CODE = "change_code", _("Changed a code")
        MOVE_CODE = "move_code", _("Moved a code")
        RETIRE_CODE = "retire_code", _("Took a code out of use, or back into it")
        MERGE_CODES = "merge_codes", _("Merged codes")
        SPLIT_CODE = "split_code", _("Split a code")
        TAKE_IN = "take_in", _("Brought codings in")
        TAKE_CODES = "take_codes", _("Brought a codebook in")
        READ = "read", _("Who reads separately changed")
        TELL = "tell", _("Something beside the codings changed")
        UNDO = "undo", _("Undid")
        REDO = "redo", _("Did again")
        PASS = "pass", _("Left as it is")

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="acts")
    number = models.PositiveBigIntegerField()
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="acts")
    transcript = models.ForeignKey(Transcript, null=True, on_delete=models.CASCADE, related_name="acts")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    of = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="turned_back")
    key = models.UUIDField(null=True, help_text=_("What the page called it, so that it is done once."))
    is_undone = models.BooleanField(default=False)
    made = models.DateTimeField(default=timezone.now)

    on_stopping = ERASE

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["study", "number"], name="analysis_act_number_once"),
            models.UniqueConstraint(
                fields=["by", "key"], condition=Q(key__isnull=False), name="analysis_act_done_once"
            ),
        ]
        indexes = [
            models.Index(fields=["study", "transcript", "number"], name="analysis_act_in_text"),
            models.Index(fields=["by", "transcript", "number"], name="analysis_act_of_reader"),
        ]


class CodingChange(models.Model):
    """One coding as it was before an act and as it is after it."""

    act = models.ForeignKey(Act, on_delete=models.CASCADE, related_name="codings")
    coding = models.ForeignKey(Coding, on_delete=models.CASCADE, related_name="changes")
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    on_stopping = ERASE


class LinkChange(models.Model):
    act = models.ForeignKey(Act, on_delete=models.CASCADE, related_name="links")
    link = models.ForeignKey(Link, on_delete=models.CASCADE, related_name="changes")
    was = models.BooleanField()
    now = models.BooleanField()

    on_stopping = ERASE


class CodeChange(models.Model):
    """One code as it was before an act and as it is after it, and what went with it to another code."""

    on_stopping = ERASE

    act = models.ForeignKey(Act, on_delete=models.CASCADE, related_name="codes")
    code = models.ForeignKey(Code, on_delete=models.CASCADE, related_name="changes")
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    followed = models.JSONField(null=True)
