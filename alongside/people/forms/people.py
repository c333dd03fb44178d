from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.accounts.editing import Editing
from alongside.accounts.models import Study, User
from alongside.people.models import ContactPoint, Person, Standpoint, known_time_zone
from alongside.people.queries import languages_of, unlinked_members
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
    ended = forms.DateField(
        label=_("Until"),
        help_text=_("Only if they don’t describe themselves so any more."),
        widget=DateInput,
        required=False,
    )


class EndStandpointForm(Asking):
    ended = forms.DateField(
        label=_("They described themselves so until"), initial=timezone.localdate, widget=DateInput
    )


class ChangePersonForm(Editing):
    thing: Person

    name = forms.CharField(
        label=_("What should we call them?"),
        max_length=120,
        help_text=_("Any name they like. It goes on the register."),
    )
    language = forms.ChoiceField(label=_("Language"))
    format = forms.ChoiceField(
        label=_("How do they want things to read?"),
        choices=Person.Format.choices,
        widget=forms.RadioSelect,
    )
    time_zone = forms.CharField(
        label=_("Time zone"), validators=[known_time_zone], help_text=_("As in Europe/London.")
    )

    def __init__(self, data: Any = None, *, thing: Person) -> None:
        super().__init__(data, thing=thing)
        field = self.fields["language"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = languages_of(thing.study)


class PointForm(Asking):
    kind = forms.ChoiceField(label=_("How?"), choices=ContactPoint.Kind.choices, widget=forms.RadioSelect)
    value = forms.CharField(label=_("Address or number"), max_length=300)
    preferred = forms.BooleanField(label=_("They would rather be reached this way"), required=False)


class ChangePointForm(Editing, PointForm):
    preferred = None  # type: ignore[assignment]


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
