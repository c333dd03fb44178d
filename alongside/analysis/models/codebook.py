from typing import Any
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.accounts.models import Study, User

# What an act keeps of a code or a coding, by the names of its traits.
State = dict[str, Any]

COLOURS = 12
# Their names, for whoever doesn't see them or reads about them.
COLOUR_NAMES = {
    1: _("pine"),
    2: _("copper"),
    3: _("iris"),
    4: _("brass"),
    5: _("plum"),
    6: _("teal"),
    7: _("umber"),
    8: _("rose"),
    9: _("slate"),
    10: _("olive"),
    11: _("indigo"),
    12: _("cherry"),
}
NAME_TAKEN = _("Another code of this name stands there already.")
# What a code says of itself.
CODE_WORDS = ("name", "definition", "include", "exclude", "example", "plain", "colour")
# What its words answer, beside its name.
CODE_LABELS = {
    "definition": _("What it means"),
    "include": _("Use it when"),
    "exclude": _("Don’t use it when"),
    "example": _("An example"),
    "plain": _("In plain words"),
}


class Codebook(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    study = models.OneToOneField(Study, on_delete=models.CASCADE, related_name="codebook")
    version = models.PositiveIntegerField(default=0, help_text=_("The number of the version kept last."))

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
    plain = models.TextField(blank=True, help_text=_("What it means in a few plain words."))
    colour = models.PositiveSmallIntegerField()
    position = models.PositiveIntegerField(default=0)
    retired = models.DateTimeField(null=True, blank=True)
    merged = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="merged_in",
        help_text=_("The code into which it was merged."),
    )

    class Meta:
        ordering = ["position", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["codebook", "parent", "name"],
                condition=Q(parent__isnull=False),
                name="analysis_name_once_under_parent",
                violation_error_message=NAME_TAKEN,
            ),
            models.UniqueConstraint(
                fields=["codebook", "name"],
                condition=Q(parent__isnull=True),
                name="analysis_name_once_on_top",
                violation_error_message=NAME_TAKEN,
            ),
            models.CheckConstraint(condition=~Q(pk=F("parent")), name="analysis_not_own_parent"),
            models.CheckConstraint(
                condition=Q(colour__gte=1) & Q(colour__lte=COLOURS), name="analysis_known_colour"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="analysis_code_has_name"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def state(self) -> State:
        """What an act can change, as it is kept with the act and with a version of the codebook."""
        return {
            **{field: getattr(self, field) for field in CODE_WORDS},
            "parent": str(self.parent_id) if self.parent_id else None,
            "position": self.position,
            "retired": self.retired is not None,
            "merged": str(self.merged_id) if self.merged_id else None,
        }


class CodebookVersion(models.Model):
    """The whole codebook as it stood when somebody kept it, and why they did."""

    codebook = models.ForeignKey(Codebook, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    made = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    why = models.TextField(blank=True)
    codes = models.JSONField()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["codebook", "number"], name="analysis_version_once"),
        ]

    def __str__(self) -> str:
        return str(_("Version %(number)s")) % {"number": self.number}
