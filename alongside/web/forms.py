import re
from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from alongside.web.fields import DateInput

# Pages keep what is typed under a name of their own until they hear that it was taken.
KEPT_NAME = re.compile("[0-9a-z]{8,40}")
TAKEN = 5


def taken(request: HttpRequest) -> None:
    """What a page keeps of this form in the browser has arrived: the next page lets go of it."""
    name = request.POST.get("kept", "")
    if KEPT_NAME.fullmatch(name):
        request.session["taken"] = [*request.session.get("taken", []), name][-TAKEN:]


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


class Example(forms.Form):
    """What the patterns page shows: every kind of field, in English as the page is."""

    called = forms.CharField(
        label="What should we call you?", help_text="Any name you like. It goes on the register."
    )
    day = forms.DateField(
        label="Which day suits you?",
        widget=DateInput,
        error_messages={
            "required": "Say which day suits you. We have Tuesday 8 or Thursday 10 December.",
        },
    )
    touch = forms.ChoiceField(
        label="How should we get in touch?",
        choices={"ring": "Ring me", "text": "Text me", "write": "Write to me"},
        widget=forms.RadioSelect,
    )
    course = forms.ChoiceField(
        label="Course", choices={"alongside": "Working alongside", "telling": "Telling and keeping back"}
    )
    words = forms.BooleanField(
        label="Use my words in a report", help_text="You will see them first.", required=False
    )
    easier = forms.CharField(
        label="Anything that would make it easier to come?",
        help_text="Light, sound, seats, breaks, someone with you.",
        widget=forms.Textarea,
        required=False,
    )


def example() -> forms.Form:
    """A form of every kind of field, one of them refused."""
    return Example({"called": "Dilys", "touch": "text", "course": "telling", "words": "on"})
