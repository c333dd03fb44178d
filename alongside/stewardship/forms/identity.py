from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.web.forms import Asking


class AskIdentityForm(Asking):
    code = forms.CharField(label=_("Participant code"), max_length=20, help_text=_("As in P417."))
    reason = forms.CharField(
        label=_("Why you need to know"),
        max_length=300,
        widget=forms.Textarea,
        help_text=_("Whoever agrees reads it. It is kept. Name nobody in it."),
    )


class WhichRequestForm(Asking):
    request = forms.IntegerField(widget=forms.HiddenInput)


class AnswerIdentityForm(WhichRequestForm):
    agrees = forms.TypedChoiceField(
        choices=[("yes", _("Agree")), ("no", _("Refuse"))], coerce=lambda value: value == "yes"
    )


class DestroyKeyForm(Asking):
    """The study's name is typed, so that it isn't done by a slip."""

    name = forms.CharField(label=_("The study’s name, typed out"), max_length=200)


class AskToDestroyForm(DestroyKeyForm):
    reason = forms.CharField(label=_("Why now"), max_length=300, widget=forms.Textarea)
