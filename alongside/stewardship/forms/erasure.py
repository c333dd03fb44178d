from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.stewardship.models import ErasureRequest
from alongside.web.forms import Asking

State = ErasureRequest.State


class AnswerForm(Asking):
    state = forms.ChoiceField(
        label=_("The answer"),
        choices=[
            (State.DONE, _("Erase everything listed here now. It cannot be undone")),
            (State.IN_PART, _("Something has to stay, so nothing more is erased")),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("If something has to stay: what, and why"),
        help_text=_("In plain words: the person reads it on their page."),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )
