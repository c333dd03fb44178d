from django import forms
from django.utils.translation import gettext_lazy as _


class CodingsForm(forms.Form):
    file = forms.FileField(
        label=_("A table of codings (CSV)"),
        help_text=_(
            "Columns: transcript, turn, code, coder; and, if you have them, "
            "start, end, quote, memo, definition."
        ),
    )


class LeavingForm(forms.Form):
    reason = forms.CharField(
        label=_("For whom, and what for"),
        max_length=200,
        required=False,
        help_text=_("It is kept in the register, so that a table can be asked after later."),
    )
