from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.accounts.editing import Editing
from alongside.accounts.models import Study
from alongside.stewardship.forms.identity import DestroyKeyForm
from alongside.stewardship.models import Anchor, Kind, RetentionPlan
from alongside.stewardship.queries import rules, study_ends
from alongside.web.fields import DateInput
from alongside.web.merging import WHOLE, Change

LONGEST = 600


class RetentionForm(Editing):
    """When the study ends, and for each kind a number of months and from when they are counted."""

    thing: Study

    ends = forms.DateField(
        label=_("The study ends on"),
        required=False,
        widget=DateInput,
        help_text=_("While it is open, nothing that is counted from it is due."),
    )

    def __init__(self, data: Any = None, *, thing: Study) -> None:
        super().__init__(data, thing=thing)
        for kind in Kind.values:
            called = Kind(kind).label
            self.fields[f"{kind}_months"] = forms.IntegerField(
                label=_("%(what)s: months") % {"what": called},
                min_value=0,
                max_value=LONGEST,
            )
            anchors = [a for a in Anchor if a != Anchor.TRANSCRIPT or kind == Kind.AUDIO]
            self.fields[f"{kind}_anchor"] = forms.ChoiceField(
                label=_("%(what)s: counted") % {"what": called},
                choices=[(anchor.value, anchor.label) for anchor in anchors],
            )

    def as_it_is(self) -> dict[str, Any]:
        periods = rules(self.thing)
        return {
            "ends": study_ends(self.thing),
            **{f"{kind}_months": rule.months for kind, rule in periods.items()},
            **{f"{kind}_anchor": rule.anchor for kind, rule in periods.items()},
        }

    def audited(self) -> RetentionPlan | None:
        return RetentionPlan.objects.filter(study=self.thing).first()

    def changed_by(self, name: str, by: Any) -> Change:
        """Whoever decided last: all of it is decided together."""
        return super().changed_by(WHOLE, by)

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
