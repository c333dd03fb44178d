from collections.abc import Iterator
from typing import Any, NamedTuple

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.training.forms.common import Making, long_text
from alongside.training.measuring import LARGEST, NewItem, read_items
from alongside.training.models import Measure, MeasureItem
from alongside.training.typed import Said
from alongside.web.fields import DateInput


class MeasureForm(Making):
    name = forms.CharField(label=_("What is the measure called?"), max_length=200)
    items = forms.FileField(
        label=_("Its items, as a table"),
        help_text=_(
            "A CSV file. Its first row says item, 0, 1, 2 and so on: what each item asks, and what each "
            "answer means."
        ),
        error_messages={"required": _("Choose the file with the items.")},
    )
    scoring = forms.ChoiceField(
        label=_("Does it have a score?"),
        help_text=_("Only if whoever wrote it says so. It is shown to the team, and nowhere else."),
        choices=Measure.Scoring.choices,
        initial=Measure.Scoring.NONE,
        widget=forms.RadioSelect,
    )
    licence = forms.CharField(
        label=_("By what right may it be used here?"),
        max_length=300,
        help_text=_("Such as the name of its licence, or who gave you leave, and when."),
    )
    attests = forms.BooleanField(
        label=_("I have read its licence, and we may use it here"),
        error_messages={"required": _("Without this, the measure can’t be loaded.")},
    )

    def clean_items(self) -> list[NewItem]:
        file = self.cleaned_data["items"]
        return read_items(file.read(LARGEST + 1))


class ItemLine(NamedTuple):
    item: MeasureItem
    value: forms.BoundField
    comment: forms.BoundField


class SelfReviewForm(Making):
    """One choice an item; what is left open stays open."""

    on = forms.DateField(label=_("When did you talk it over?"), widget=DateInput())
    together = forms.CharField(
        label=_("Who was there?"),
        max_length=300,
        required=False,
        help_text=_("As each of them wants to be named. People who use the college belong among them."),
    )
    comments = forms.CharField(label=_("What did you notice?"), widget=long_text(5), required=False)

    def __init__(self, *args: Any, measure: Measure, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = timezone.localdate
        self.items = list(measure.items.all())
        for item in self.items:
            self.fields[f"value-{item.number}"] = forms.TypedChoiceField(
                label=item.words,
                choices=[("", _("Left open")), *((str(v), f"{v}: {a}") for v, a in enumerate(item.anchors))],
                coerce=int,
                empty_value=None,
                required=False,
                widget=forms.RadioSelect,
            )
            self.fields[f"comment-{item.number}"] = forms.CharField(
                label=_("Why?"), max_length=500, required=False
            )

    def lines(self) -> Iterator[ItemLine]:
        for item in self.items:
            yield ItemLine(item, self[f"value-{item.number}"], self[f"comment-{item.number}"])

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        answers = {
            item.number: Said(typed.get(f"value-{item.number}"), typed.get(f"comment-{item.number}", ""))
            for item in self.items
        }
        asked: dict[str, Any] = {
            name: typed[name] for name in ("on", "together", "comments") if name in typed
        }
        return {**asked, "answers": answers}
