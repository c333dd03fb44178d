from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.web.forms import Asking


class ParticipantForm(Asking):
    pseudonym = forms.CharField(
        label=_("Pseudonym"),
        max_length=80,
        required=False,
        help_text=_("A name that is not theirs, for transcripts and reports."),
    )
    described_as = forms.CharField(
        label=_("How a quote is attributed"),
        max_length=120,
        required=False,
        help_text=_("In a few words that would fit others too, such as “Practitioner”."),
    )
