from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.accounts.editing import Editing
from alongside.people.models import AccessGrant, Person
from alongside.people.queries import LedgerRow, contact_of, grant_typed, languages_of


class CodeForm(forms.Form):
    """The code of a letter or a phone call. Wrong, run out, taken back: the answer is the same."""

    code = forms.CharField(
        label=_("My code"),
        help_text=_(
            "Eight letters and numbers, as in B7KM-42XW. Big or small letters, with or without the dash."
        ),
        max_length=60,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        error_messages={"required": _("Type the code that you were given.")},
    )

    def clean_code(self) -> AccessGrant:
        grant = grant_typed(self.cleaned_data["code"], AccessGrant.MY_PAGE)
        if grant is None:
            raise forms.ValidationError(
                _("This code does not open a page. Look at it once more, or ask for a new one.")
            )
        return grant


class ContactForm(Editing):
    """How someone would rather be reached. The team may be changing it at the same time."""

    thing: Person

    preferred = forms.ChoiceField(
        label=_("How should we get in touch with you?"),
        choices=[
            ("email", _("By e-mail")),
            ("phone", _("By a phone call")),
            ("text", _("By a text message")),
            ("post", _("By a letter")),
            ("", _("Please do not get in touch")),
        ],
        widget=forms.RadioSelect,
        required=False,
    )
    email = forms.EmailField(
        label=_("My e-mail address"),
        required=False,
        max_length=300,
        error_messages={"invalid": _("This is not an e-mail address. One looks like robin@example.org.")},
    )
    phone = forms.CharField(label=_("My phone number, for a call"), required=False, max_length=40)
    text = forms.CharField(label=_("My phone number, for a text message"), required=False, max_length=40)
    post = forms.CharField(
        label=_("My address, for letters"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    language = forms.ChoiceField(
        label=_("My language"),
        help_text=_("You get the words in this language where we have them, and in English where not."),
    )
    format = forms.ChoiceField(
        label=_("How should we send you things to read?"),
        choices=Person.Format.choices,
        widget=forms.RadioSelect,
    )

    def __init__(self, data: Any = None, *, thing: Person) -> None:
        super().__init__(data, thing=thing)
        field = self.fields["language"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = languages_of(thing.study)

    def as_it_is(self) -> dict[str, Any]:
        return contact_of(self.thing)


class ChoicesForm(forms.Form):
    """What would suit the person. It only leads on; nothing changes by it."""

    DIFFERENT, LESS, STOP = "people:my-different", "people:my-less", "stewardship:my-stop"
    ERASE = "stewardship:my-erasure"
    what = forms.ChoiceField(
        label=_("What would suit you?"),
        widget=forms.RadioSelect,
        choices=[
            (DIFFERENT, _("Do things differently. Another place, a phone call, someone with me")),
            (LESS, _("Do less. Keep coming, but no questions or no interview, for example")),
            (STOP, _("Stop. First we show you what happens to what you already told us")),
            (ERASE, _("Have everything about me erased. First we show you what goes and what stays")),
        ],
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
