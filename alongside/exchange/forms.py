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
