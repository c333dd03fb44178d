from collections.abc import Sequence
from typing import Any, cast
from uuid import UUID

from django import forms
from django.db.models import QuerySet

from alongside.accounts.models import Study
from alongside.analysis.models import Code
from alongside.analysis.queries import code_paths


def choose_from(form: forms.Form, field: str, rows: QuerySet[Any]) -> None:
    """Let one field of a form be answered with one of `rows`."""
    cast(forms.ModelChoiceField, form.fields[field]).queryset = rows


def several_lines() -> forms.Textarea:
    return forms.Textarea(attrs={"rows": 3})


class CodeChoice(forms.ModelChoiceField):
    """Codes by their whole path, since two may share a name."""

    def __init__(self, study: Study, but: Sequence[UUID] = (), **kwargs: Any) -> None:
        usable = Code.objects.filter(study=study, retired=None).exclude(pk__in=but)
        super().__init__(queryset=usable, **kwargs)
        known = set(usable.values_list("pk", flat=True))
        named = [(pk, path) for pk, path in code_paths(study).items() if pk in known]
        self.choices = [("", self.empty_label or ""), *named]
