from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from alongside.people.models import AccessGrant, Person
from alongside.people.queries import grant_typed


class CopyForm(forms.Form):
    """In which shape, and the code, if the person came by a link: a link may have been passed on."""

    format = forms.ChoiceField(
        label=_("Which kind of file?"),
        choices=[
            ("html", _("A page to read, on a phone or computer")),
            ("pdf", _("A PDF to read or print")),
            ("json", _("A file for other software (JSON)")),
            ("zip", _("All in one, with recordings of your voice if there are any (ZIP)")),
        ],
        initial="html",
        widget=forms.RadioSelect,
    )
    code = forms.CharField(
        label=_("The code you were given for it"),
        max_length=60,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        error_messages={"required": _("Type the code that you were given for your copy.")},
    )

    def __init__(self, data: Any = None, *, person: Person, asks_code: bool) -> None:
        super().__init__(data)
        self.person = person
        if not asks_code:
            del self.fields["code"]

    def clean_code(self) -> str:
        typed: str = self.cleaned_data["code"]
        grant = grant_typed(typed, AccessGrant.COPY)
        if grant is None or grant.person_id != self.person.pk:
            raise ValidationError(
                _("This code does not open your copy. Look at it once more, or get a new one."), code="wrong"
            )
        return typed
