from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.accounts.models import Study, User
from alongside.people.models import Standpoint, known_time_zone
from alongside.people.queries import unlinked_members
from alongside.web.fields import DateInput
from alongside.web.forms import Asking


class AddPersonForm(Asking):
    name = forms.CharField(
        label=_("What should we call them?"),
        max_length=120,
        help_text=_("Any name they like. It goes on the register."),
    )
    email = forms.EmailField(label=_("E-mail"), required=False)
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)
    time_zone = forms.CharField(
        label=_("Time zone"),
        initial=settings.TIME_ZONE,
        validators=[known_time_zone],
        help_text=_("As in Europe/London."),
    )
    standpoints = forms.MultipleChoiceField(
        label=_("How do they describe themselves?"),
        help_text=_("As many as they say. It steers places and wording, and never what anybody may do."),
        choices=[choice for choice in Standpoint.Kind.choices if choice[0] != Standpoint.Kind.OWN_WORDS],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    own_words = forms.CharField(label=_("In their own words"), max_length=200, required=False)


class StandpointForm(Asking):
    kind = forms.ChoiceField(
        label=_("How do they describe themselves?"),
        choices=Standpoint.Kind.choices,
        widget=forms.RadioSelect,
    )
    words = forms.CharField(label=_("In their own words"), max_length=200, required=False)
    since = forms.DateField(label=_("Since"), initial=timezone.localdate, widget=DateInput)


class AdjustmentForm(Asking):
    need = forms.CharField(
        label=_("What would make it easier to take part?"),
        help_text=_("Light, sound, seats, breaks, large print, someone with them."),
        max_length=300,
    )


class AccountForm(Asking):
    """Which member of the study this person is, so that the firewall knows whom the member works with."""

    user = forms.ModelChoiceField(
        label=_("Which member of the team is this?"),
        queryset=User.objects.none(),
        empty_label=_("Choose a member"),
    )

    def __init__(self, *args: Any, study: Study, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["user"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = unlinked_members(study)
