from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.stewardship.forms.identity import DestroyKeyForm
from alongside.stewardship.models import Anchor, Kind, RetentionRule
from alongside.web.fields import DateInput
from alongside.web.forms import Asking

LONGEST = 600


class RetentionForm(Asking):
    """When the study ends, and for each kind a number of months and from when they are counted."""

    ends = forms.DateField(
        label=_("The study ends on"),
        required=False,
        widget=DateInput,
        help_text=_("While it is open, nothing that is counted from it is due."),
    )

    def __init__(self, *args: Any, rules: dict[str, RetentionRule], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind, rule in rules.items():
            called = Kind(kind).label
            self.fields[f"{kind}_months"] = forms.IntegerField(
                label=_("%(what)s: months") % {"what": called},
                min_value=0,
                max_value=LONGEST,
                initial=rule.months,
            )
            anchors = [a for a in Anchor if a != Anchor.TRANSCRIPT or kind == Kind.AUDIO]
            self.fields[f"{kind}_anchor"] = forms.ChoiceField(
                label=_("%(what)s: counted") % {"what": called},
                choices=[(anchor.value, anchor.label) for anchor in anchors],
                initial=rule.anchor,
            )

    def clean(self) -> dict[str, Any]:
        """What the action asks for: the end, and a period for each kind."""
        given = super().clean() or self.cleaned_data
        if self.errors:
            return given
        periods = {kind: (given[f"{kind}_months"], given[f"{kind}_anchor"]) for kind in Kind.values}
        return {"ends": given["ends"], "periods": periods}

    @property
    def pairs(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"{kind}_months"], self[f"{kind}_anchor"]) for kind in Kind.values]


class EraseDueForm(DestroyKeyForm):
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
