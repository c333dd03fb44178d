from collections.abc import Callable
from typing import Any

from django import forms
from django.db.models import QuerySet

from alongside.people.models import Person
from alongside.web.forms import Asking


class Making(Asking):
    """Questions whose answers make something, which is kept in `made`."""

    made: Any = None

    def do(self, action: Callable[..., object], **given: Any) -> bool:
        def keep(**typed: Any) -> None:
            self.made = action(**typed)

        return super().do(keep, **given)


class Pressed(Making):
    """A button: nothing is typed, and what it does may be refused."""


class Clock(forms.TimeInput):
    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class Moment(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


def chosen(**options: Any) -> "forms.ModelChoiceField[Any]":
    """A choice among rows, which each form offers when it knows who asks."""
    return forms.ModelChoiceField(queryset=Person.objects.none(), **options)


def offer(form: forms.Form, name: str, rows: QuerySet[Any]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = rows


def long_text(rows: int = 4) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})
