from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.training.forms.common import Making


class ReleaseForm(Making):
    """Which period: one of those that are over. The day it began stands for it."""

    starts = forms.DateField(
        widget=forms.HiddenInput, error_messages={"invalid": _("There is no such period.")}
    )
