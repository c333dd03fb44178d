from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.accounts.editing import Editing
from alongside.training.forms.common import Making, long_text
from alongside.training.models import Place, Term
from alongside.web.fields import DateInput


class PlaceForm(Making):
    name = forms.CharField(label=_("What is the place called?"), max_length=200)
    address = forms.CharField(label=_("Address"), max_length=300, required=False)
    getting_there = forms.CharField(
        label=_("How does one get there?"),
        widget=long_text(3),
        required=False,
        help_text=_("Bus, train, where to park, which door."),
    )
    access = forms.CharField(
        label=_("What is it like for whoever needs something?"),
        widget=long_text(3),
        required=False,
        help_text=_("Steps, doors, toilets, light, noise, somewhere quiet, a hearing loop."),
    )


class ChangePlaceForm(Editing, PlaceForm):
    thing: Place


class TermForm(Making):
    name = forms.CharField(label=_("What is the term called?"), max_length=120)
    starts = forms.DateField(label=_("First day"), widget=DateInput())
    ends = forms.DateField(label=_("Last day"), widget=DateInput())


class ChangeTermForm(Editing, TermForm):
    thing: Term
