from collections.abc import Iterable
from datetime import datetime, time
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.conf.locale import LANG_INFO
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.accounts.editing import Editing
from alongside.accounts.models import Study
from alongside.people.models import ConsentEvent, ConsentText, Purpose
from alongside.people.queries import LedgerRow, current_text
from alongside.web.fields import DateInput
from alongside.web.forms import Asking

YES_NO = [(ConsentEvent.Decision.GRANTED, _("Yes")), (ConsentEvent.Decision.DECLINED, _("No"))]


def languages() -> list[tuple[str, str]]:
    """Languages that words may be written in, each called as its speakers call it."""
    known = {code: info["name_local"] for code, info in LANG_INFO.items() if "name_local" in info}
    return sorted(known.items(), key=lambda pair: pair[1].casefold())


class ConsentTextForm(Editing):
    """The next version of the words for one purpose, from those in force."""

    thing: Study

    purpose = forms.ChoiceField(label=_("What is asked"), choices=Purpose.choices)
    language = forms.ChoiceField(
        label=_("In which language"), choices=languages, initial=settings.LANGUAGE_CODE
    )
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

    def __init__(self, *args: Any, asked: dict[str, str], **kwargs: Any) -> None:
        self.asked = asked
        super().__init__(*args, **kwargs)

    def audited(self) -> ConsentText | None:
        return current_text(self.thing, self.asked["purpose"], self.asked["language"])

    def as_it_is(self) -> dict[str, Any]:
        text = self.audited()
        return {name: getattr(text, name) for name in self.base_fields} if text else {}


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
