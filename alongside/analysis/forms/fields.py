from collections.abc import Sequence
from typing import Any, cast
from uuid import UUID

from django import forms
from django.db.models import QuerySet

from alongside.accounts.models import Study, User
from alongside.analysis.queries import code_paths, codes_seen
from alongside.audit.actions import hold
from alongside.web.merging import Merging


def choose_from(form: forms.Form, field: str, rows: QuerySet[Any]) -> None:
    """Let one field of a form be answered with one of `rows`."""
    cast(forms.ModelChoiceField, form.fields[field]).queryset = rows


def several_lines() -> forms.Textarea:
    return forms.Textarea(attrs={"rows": 3})


class InOrder(Merging):
    """A form that holds its study and the chain of its entries before what it changes, as every act does: so
    none waits for another that waits for it."""

    thing: Any

    def _settle(self, by: Any) -> bool:
        Study.objects.select_for_update(no_key=True).get(pk=self.thing.study_id)
        hold(self.thing.study_id)
        return super()._settle(by)


class CodeChoice(forms.ModelChoiceField):
    """Codes that `user` sees, by their whole path, since two may share a name."""

    def __init__(self, study: Study, user: User, but: Sequence[UUID] = (), **kwargs: Any) -> None:
        seen = codes_seen(study, user)
        usable = seen.filter(retired=None).exclude(pk__in=but)
        super().__init__(queryset=usable, **kwargs)
        known = set(usable.values_list("pk", flat=True))
        named = [(pk, path) for pk, path in code_paths(study, seen).items() if pk in known]
        self.choices = [("", self.empty_label or ""), *named]
