from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.accounts.editing import Editing
from alongside.accounts.models import Study, User
from alongside.analysis.forms.fields import InOrder, several_lines
from alongside.analysis.models import Theme
from alongside.analysis.queries import code_paths, codes_seen


class ThemeForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=200)
    idea = forms.CharField(
        label=_("Central idea"),
        widget=several_lines(),
        help_text=_(
            "One or two sentences: an idea about what changed, not a heading for what was talked about."
        ),
    )
    status = forms.ChoiceField(
        label=_("How far along"), choices=Theme.Status.choices, initial=Theme.Status.OPEN
    )

    def __init__(self, *args: Any, study: Study, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seen = codes_seen(study, user)
        codes = forms.ModelMultipleChoiceField(
            label=_("Codes that it rests on"),
            queryset=seen,
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
        codes.choices = list(code_paths(study, seen).items())
        self.fields["codes"] = codes


class ChangeThemeForm(InOrder, Editing, ThemeForm):  # type: ignore[misc]  # The form keeps no field as an attribute.
    thing: Theme

    def as_it_is(self) -> dict[str, Any]:
        known = {name: getattr(self.thing, name) for name in self.base_fields}
        return {**known, "codes": list(self.thing.codes.all())}
