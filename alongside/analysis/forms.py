from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.accounts.editing import Editing
from alongside.accounts.models import Study
from alongside.analysis.models import COLOURS, Code, Theme
from alongside.analysis.queries import code_paths

WORDS = forms.Textarea(attrs={"rows": 3})


class CodeChoice(forms.ModelChoiceField):
    """Codes by their whole path, since two may share a name."""

    def __init__(self, study: Study, **kwargs: Any) -> None:
        usable = Code.objects.filter(study=study, retired=None)
        super().__init__(queryset=usable, **kwargs)
        known = set(usable.values_list("pk", flat=True))
        named = [(pk, path) for pk, path in code_paths(study).items() if pk in known]
        self.choices = [("", self.empty_label or ""), *named]


class CodeForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=300)
    definition = forms.CharField(label=_("What it means"), required=False, widget=WORDS)
    include = forms.CharField(label=_("Use it when"), required=False, widget=WORDS)
    exclude = forms.CharField(label=_("Don’t use it when"), required=False, widget=WORDS)
    example = forms.CharField(label=_("An example"), required=False, widget=WORDS)
    colour = forms.TypedChoiceField(
        label=_("Colour"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("The one used least"))] + [(n, str(n)) for n in range(1, COLOURS + 1)],
    )

    def __init__(self, *args: Any, study: Study, with_parent: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if with_parent:
            self.fields["parent"] = CodeChoice(
                study, label=_("Under"), required=False, empty_label=_("Nothing: it stands on its own")
            )
            self.order_fields(["name", "parent"])


class ChangeCodeForm(Editing, CodeForm):
    thing: Code

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, with_parent=False, **kwargs)

    def clean_colour(self) -> int:
        """Left open, it keeps the colour that it has."""
        return self.cleaned_data["colour"] or self.thing.colour


class CodeTurnForm(forms.Form):
    """Coding a whole turn, for whoever has no script."""

    def __init__(self, *args: Any, study: Study, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = CodeChoice(study, label=_("Code this turn"))


class ApplyForm(forms.Form):
    """A span of the text, in code points, with a code that is there or the name of a new one."""

    code = forms.UUIDField(required=False)
    name = forms.CharField(required=False, max_length=300)
    start = forms.IntegerField(min_value=0)
    end = forms.IntegerField(min_value=1)
    revision = forms.IntegerField(min_value=1)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("code") and not (cleaned.get("name") or "").strip():
            raise forms.ValidationError(_("Say which code, or name a new one."))
        return cleaned


class MemoForm(forms.Form):
    words = forms.CharField(label=_("Memo"), required=False, widget=forms.Textarea(attrs={"rows": 7}))
    private = forms.BooleanField(label=_("Only I can see this"), required=False)


class ThemeForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=200)
    idea = forms.CharField(
        label=_("Central idea"),
        widget=WORDS,
        help_text=_(
            "One or two sentences: an idea about what changed, not a heading for what was talked about."
        ),
    )
    status = forms.ChoiceField(
        label=_("How far along"), choices=Theme.Status.choices, initial=Theme.Status.OPEN
    )

    def __init__(self, *args: Any, study: Study, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        paths = code_paths(study)
        codes = forms.ModelMultipleChoiceField(
            label=_("Codes that it rests on"),
            queryset=Code.objects.filter(study=study),
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
        codes.choices = list(paths.items())
        self.fields["codes"] = codes


class ChangeThemeForm(Editing, ThemeForm):  # type: ignore[misc]  # The form keeps no field as an attribute.
    thing: Theme

    def as_it_is(self) -> dict[str, Any]:
        known = {name: getattr(self.thing, name) for name in self.base_fields}
        return {**known, "codes": list(self.thing.codes.all())}
