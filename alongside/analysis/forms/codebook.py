from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.accounts.editing import Editing
from alongside.accounts.models import Study, User
from alongside.analysis.forms.fields import CodeChoice, InOrder, several_lines
from alongside.analysis.models import CODE_LABELS, COLOUR_NAMES, Code, CodebookVersion
from alongside.analysis.queries import codes_seen, lines_left, open_words, with_kept_words
from alongside.web.forms import Asking

LINES = {
    "": gettext_lazy("plain line"),
    "broken": gettext_lazy("broken line"),
    "dotted": gettext_lazy("dotted line"),
    "double": gettext_lazy("double line"),
}


class RadioSelect(forms.RadioSelect):
    """Each colour is its own button, with the line that the code would have in it."""

    lines: dict[int, str]

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(name, value, *args, **kwargs)
        if value:
            option["attrs"] |= {"data-code": str(value), "data-pattern": self.lines.get(int(str(value)), "")}
        return option


class CodeForm(Asking):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=300)
    definition = forms.CharField(label=CODE_LABELS["definition"], required=False, widget=several_lines())
    include = forms.CharField(label=CODE_LABELS["include"], required=False, widget=several_lines())
    exclude = forms.CharField(label=CODE_LABELS["exclude"], required=False, widget=several_lines())
    example = forms.CharField(
        label=CODE_LABELS["example"],
        required=False,
        widget=several_lines(),
        help_text=gettext_lazy("Everyone who codes reads it. Words of a person only if they agree to that."),
    )
    plain = forms.CharField(
        label=CODE_LABELS["plain"],
        required=False,
        widget=several_lines(),
        help_text=gettext_lazy("A few words that need no training in research."),
    )
    colour = forms.TypedChoiceField(
        label=gettext_lazy("Colour"), required=False, coerce=int, empty_value=None, widget=RadioSelect
    )

    def __init__(self, *args: Any, study: Study, user: User, with_parent: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if with_parent:
            self.fields["parent"] = CodeChoice(
                study,
                user,
                label=gettext_lazy("Under"),
                required=False,
                empty_label=_("Nothing: it stands on its own"),
            )
            self.order_fields(["name", "parent"])
        colour: Any = self.fields["colour"]
        lines = lines_left(study, getattr(self, "thing", None))
        colour.widget.lines = lines
        named = [(n, f"{name}, {LINES[lines[n]]}") for n, name in COLOUR_NAMES.items()]
        colour.choices = [*([("", _("The one used least"))] if with_parent else []), *named]


class ChangeCodeForm(InOrder, Editing, CodeForm):
    thing: Code

    def __init__(self, *args: Any, study: Study, user: User, **kwargs: Any) -> None:
        self.study, self.user = study, user
        super().__init__(*args, study=study, user=user, with_parent=False, **kwargs)

    def as_it_is(self) -> dict[str, Any]:
        """Lines of an example that are kept from the writer aren't there for them; the code keeps these."""
        return {**super().as_it_is(), "example": open_words(self.study, self.user, self.thing.example)}

    def do(self, action: Callable[..., object], **given: Any) -> bool:
        def keeping(*, example: str, **answers: Any) -> object:
            words = with_kept_words(self.study, self.user, self.thing.example, example)
            return action(example=words, **answers)

        return super().do(keeping, **given)

    def clean_colour(self) -> int:
        """Left open, it keeps the colour that it has."""
        return self.cleaned_data["colour"] or self.thing.colour


class MoveForm(Asking):
    """Where a code goes: a step from where it stands, or under a code and before one that stands there."""

    STEPS = ("up", "down", "in", "out")

    step = forms.ChoiceField(required=False, choices=[(step, step) for step in STEPS])

    def __init__(self, *args: Any, study: Study, user: User, code: Code, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.code, self.seen = code, codes_seen(study, user)
        self.fields["parent"] = CodeChoice(
            study,
            user,
            label=gettext_lazy("Under"),
            required=False,
            empty_label=_("Nothing: it stands on its own"),
        )
        self.fields["before"] = CodeChoice(
            study, user, label=gettext_lazy("Before"), required=False, empty_label=_("Nothing: last of all")
        )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        step = given.pop("step", "")
        return self._stepped(step) if step else given

    def _stepped(self, step: str) -> dict[str, Any]:
        code, parent = self.code, self.code.parent
        beside = list(self.seen.filter(parent=parent, retired=None))
        at = next((place for place, each in enumerate(beside) if each.pk == code.pk), 0)
        if step == "up" and at:
            return {"parent": parent, "before": beside[at - 1]}
        if step == "down" and at + 1 < len(beside):
            return {"parent": parent, "before": beside[at + 2] if at + 2 < len(beside) else None}
        if step == "in" and at:
            return {"parent": beside[at - 1], "before": None}
        if step == "out" and parent is not None:
            above = list(self.seen.filter(parent=parent.parent))
            place = above.index(parent) + 1
            return {"parent": parent.parent, "before": above[place] if place < len(above) else None}
        raise forms.ValidationError(_("“%(name)s” can’t go any further that way.") % {"name": code.name})


class PutForm(Asking):
    """Under which code one goes, from a list of them all."""

    def __init__(self, *args: Any, study: Study, user: User, code: Code, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"parent": code.parent_id}
        self.fields["parent"] = CodeChoice(
            study,
            user,
            but=[code.pk],
            label=gettext_lazy("Under"),
            required=False,
            empty_label=_("Nothing: it stands on its own"),
        )


class MergeForm(Asking):
    def __init__(self, *args: Any, study: Study, user: User, code: Code, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"] = CodeChoice(
            study, user, but=[code.pk], label=gettext_lazy("Into"), empty_label=_("Choose a code")
        )


class SplitForm(Asking):
    """Which passages go, and to which code: a new one, or one that is there."""

    name = forms.CharField(label=gettext_lazy("A new code, called"), max_length=300, required=False)
    definition = forms.CharField(label=CODE_LABELS["definition"], required=False, widget=several_lines())

    def __init__(
        self, *args: Any, study: Study, user: User, code: Code, offered: list[int], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"] = CodeChoice(
            study,
            user,
            but=[code.pk],
            label=gettext_lazy("Or a code that is there"),
            required=False,
            empty_label=_("No, the new one"),
        )
        self.fields["codings"] = forms.TypedMultipleChoiceField(
            coerce=int,
            choices=[(pk, str(pk)) for pk in offered],
            label=gettext_lazy("Passages"),
            error_messages={
                "required": _("Choose at least one passage."),
                "invalid_choice": _("A passage that you chose is not here any more. Look again."),
            },
        )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if bool(given.get("into")) == bool((given.get("name") or "").strip()):
            self.add_error("name", _("Name a new code, or choose one that is there: one of the two."))
        if given.get("into"):
            given.pop("definition", None)
        return given


class KeepVersionForm(Asking):
    why = forms.CharField(
        label=gettext_lazy("Why now"),
        required=False,
        widget=several_lines(),
        help_text=gettext_lazy("What the team talked about, what was settled."),
    )


class CompareForm(forms.Form):
    """Two moments: numbers of versions, the later one left open for now."""

    older = forms.TypedChoiceField(label=gettext_lazy("From"), coerce=int)
    newer = forms.TypedChoiceField(label=gettext_lazy("To"), coerce=int, required=False, empty_value=None)

    def __init__(self, *args: Any, versions: list[CodebookVersion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(v.number, _("Version %(number)s") % {"number": v.number}) for v in versions]
        older: Any = self.fields["older"]
        newer: Any = self.fields["newer"]
        older.choices = named
        newer.choices = [("", _("As it stands now")), *named]
