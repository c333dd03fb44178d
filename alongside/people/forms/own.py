from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.people.queries import LedgerRow
from alongside.web.forms import Asking


class ChoicesForm(forms.Form):
    """What would suit the person. It only leads on; nothing changes by it."""

    DIFFERENT, LESS, STOP = "people:my-different", "people:my-less", "stewardship:my-stop"
    what = forms.ChoiceField(
        label=_("What would suit you?"),
        widget=forms.RadioSelect,
        choices=[
            (DIFFERENT, _("Do things differently. Another place, a phone call, someone with me")),
            (LESS, _("Do less. Keep coming, but no questions or no interview, for example")),
            (STOP, _("Stop. First we show you what happens to what you already told us")),
        ],
    )


class DifferentForm(Asking):
    need = forms.CharField(
        label=_("What would make it better for you?"),
        help_text=_("A phone call, another place, someone with you, more time. Say it in your own words."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class LessForm(forms.Form):
    """Which of the things they agreed to, to stop. It leads to the page that says what happens."""

    purpose = forms.MultipleChoiceField(
        label=_("What would you like to stop?"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, rows: Iterable[LedgerRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["purpose"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(row.text.purpose, row.text.get_purpose_display()) for row in rows if row.is_yes]
