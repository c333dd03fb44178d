from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.accounts.editing import Editing
from alongside.people.models import Person
from alongside.training.forms.common import Making, long_text
from alongside.training.models import (
    Cohort,
    Preparation,
)
from alongside.training.queries import (
    preparation_of,
)
from alongside.web.fields import DateInput


class NarrativeForm(Making):
    title = forms.CharField(label=_("What do you call it?"), max_length=200)
    words = forms.CharField(
        label=_("Your own words"),
        widget=long_text(12),
        strip=False,
        help_text=_("They are kept exactly as you write them. Nobody else can change them."),
    )
    purpose = forms.CharField(label=_("What do you share it for?"), max_length=300)
    audience = forms.CharField(label=_("Who may hear or read it?"), max_length=300)
    expires = forms.DateField(label=_("Until when do you share it?"), widget=DateInput())


class PreparationForm(Editing, Making):
    thing: Cohort

    conversation = forms.DateField(label=_("First conversation held on"), widget=DateInput(), required=False)
    narrative_read = forms.DateField(
        label=_("Read a story beforehand on"), widget=DateInput(), required=False
    )
    hopes_and_fears = forms.CharField(label=_("Hopes and fears"), widget=long_text(), required=False)
    protected_time = forms.CharField(label=_("Protected time"), max_length=200, required=False)
    supervision = forms.CharField(label=_("Reflective supervision"), max_length=200, required=False)
    booster = forms.DateField(label=_("Coming back to it on"), widget=DateInput(), required=False)

    all_optional = True

    def __init__(self, *args: Any, learner: Person, **kwargs: Any) -> None:
        self.learner = learner
        super().__init__(*args, **kwargs)

    def audited(self) -> Preparation | None:
        return preparation_of(self.learner, self.thing)

    def as_it_is(self) -> dict[str, Any]:
        known = self.audited() or Preparation()
        return {name: getattr(known, name) for name in self.base_fields}
