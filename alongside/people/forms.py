from collections.abc import Callable, Iterable
from datetime import datetime, time
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.accounts.models import Study, User
from alongside.people.models import ConsentEvent, ConsentText, Person, Purpose, Standpoint, known_time_zone
from alongside.people.queries import LedgerRow, Together, people, unlinked_members

YES_NO = [(ConsentEvent.Decision.GRANTED, _("Yes")), (ConsentEvent.Decision.DECLINED, _("No"))]


class DateInput(forms.DateInput):
    """The device's own calendar; it wants and sends 2026-11-23, whatever the language."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class Asking(forms.Form):
    """Questions whose answers go to one action; what the action refuses is an error of the form."""

    def do(self, action: Callable[..., object], **given: Any) -> bool:
        if not self.is_valid():
            return False
        try:
            action(**given, **self.cleaned_data)
        except ValidationError as refusal:
            self.refuse(refusal)
        return not self.errors

    def refuse(self, refusal: ValidationError) -> None:
        """Show what the action said beside the field it spoke of, or above the form."""
        by_field = refusal.error_dict if hasattr(refusal, "error_dict") else {"": refusal.error_list}
        for field, errors in by_field.items():
            self.add_error(field if field in self.fields else None, ValidationError(errors))

    @property
    def status(self) -> int:
        return 422 if self.errors else 200


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


class PersonChoice(forms.ModelChoiceField):
    """People by name, with how to reach them, since two may share a name."""

    def label_from_instance(self, obj: Person) -> str:  # type: ignore[override]
        contact = obj.preferred_contact
        return f"{obj.name} ({contact.value})" if contact else obj.name


class RelationshipForm(Asking):
    one = PersonChoice(label=_("One person"), queryset=Person.objects.none())
    other = PersonChoice(label=_("The other person"), queryset=Person.objects.none())
    started = forms.DateField(label=_("They have worked together since"), widget=DateInput)

    def __init__(self, *args: Any, study: Study, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("one", "other"):
            field = self.fields[name]
            assert isinstance(field, PersonChoice)
            field.queryset = people(study)


class ConfirmForm(Asking):
    person = forms.TypedChoiceField(label=_("Who says so?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, together: Together, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = {str(h.person.pk): h.person for h in together.halves if not (h.confirmed or h.withheld)}
        field = self.fields["person"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [(pk, person.name) for pk, person in asked.items()]
        field.coerce = asked.__getitem__


class EndForm(Asking):
    ended = forms.DateField(
        label=_("They stopped working together on"), initial=timezone.localdate, widget=DateInput
    )


class ParticipantForm(Asking):
    code = forms.CharField(
        label=_("Code"), max_length=20, required=False, help_text=_("Left empty, the next free one.")
    )
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


class ConsentTextForm(Asking):
    purpose = forms.ChoiceField(label=_("What is asked"), choices=Purpose.choices)
    wording = forms.CharField(
        label=_("The exact words"),
        widget=forms.Textarea,
        help_text=_("Short sentences. Say what happens, and what stopping does to what was given."),
    )
    on_stop = forms.ChoiceField(
        label=_("If the person stops later"),
        choices=ConsentText.OnStopping.choices,
        widget=forms.RadioSelect,
        help_text=_("This is a promise: stopping does exactly this."),
    )


def when(day: Any) -> datetime | None:
    """The moment a decision dated `day` counts from: now if it was today, else noon of that day."""
    if day == timezone.localdate():
        return None
    return timezone.make_aware(datetime.combine(day, time(12)))


class PaperConsentForm(Asking):
    """A decision on paper. The words may be earlier ones, if that is what was signed."""

    decision = forms.ChoiceField(label=_("They said"), choices=YES_NO, widget=forms.RadioSelect)
    at = forms.DateField(label=_("On"), initial=timezone.localdate, widget=DateInput)
    text = forms.ChoiceField(label=_("Version of the words"))

    def __init__(self, *args: Any, row: LedgerRow, versions: Iterable[ConsentText], **kwargs: Any) -> None:
        self.row, self.versions = row, {str(text.pk): text for text in versions}
        super().__init__(*args, **kwargs)
        field = self.fields["text"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (pk, _("Version %(number)s") % {"number": t.version}) for pk, t in self.versions.items()
        ]

    def clean_text(self) -> ConsentText:
        return self.versions[self.cleaned_data["text"]]

    def clean_at(self) -> datetime | None:
        return when(self.cleaned_data["at"])

    @property
    def stops(self) -> bool:
        return stops(self, self.row)


class DecisionForm(Asking):
    """Yes or no to one purpose, in the words that were on the page."""

    text = forms.UUIDField(widget=forms.HiddenInput)
    decision = forms.ChoiceField(label=_("My decision"), choices=YES_NO, widget=forms.RadioSelect)

    def __init__(self, data: Any = None, *, row: LedgerRow) -> None:
        self.row = row
        decided = {"text": str(row.text.pk)}
        if row.event and not row.words_are_newer:
            yes, no = ConsentEvent.Decision.GRANTED, ConsentEvent.Decision.DECLINED
            decided["decision"] = str(yes if row.is_yes else no)
        super().__init__(data, initial=decided)

    def clean_text(self) -> ConsentText:
        shown: UUID = self.cleaned_data["text"]
        if shown != self.row.text.pk:
            # Shown again with the words in force, and with nothing chosen for the person.
            self.data = {"text": str(self.row.text.pk)}
            raise ValidationError(
                _("These words have been replaced by newer ones. Please read those, then choose.")
            )
        return self.row.text

    @property
    def stops(self) -> bool:
        return stops(self, self.row)


def stops(form: Asking, row: LedgerRow) -> bool:
    """Whether a valid form takes back a yes: then what was given has to be dealt with, too."""
    if not form.is_valid():
        return False
    return row.is_yes and form.cleaned_data["decision"] != ConsentEvent.Decision.GRANTED


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
