from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.accounts.editing import Editing
from alongside.people.models import Person
from alongside.training.forms.common import Making, long_text
from alongside.training.models import DisclosurePlan, Session
from alongside.training.queries import own_disclosure
from alongside.web.fields import DateInput


class DisclosureForm(Editing, Making):
    thing: Session

    purpose = forms.CharField(label=_("What would it be for?"), widget=long_text(2), required=False)
    share = forms.CharField(label=_("What I might share"), widget=long_text(), required=False)
    keep_back = forms.CharField(label=_("What I keep back"), widget=long_text(), required=False)
    exit_line = forms.CharField(
        label=_("A sentence to stop with"),
        max_length=300,
        required=False,
        help_text=_("Such as: “I’ll leave it there for today.”"),
    )
    aftercare = forms.CharField(label=_("What I do afterwards"), widget=long_text(2), required=False)
    rehearsed_with = forms.CharField(
        label=_("With whom I try it out first"),
        max_length=120,
        required=False,
        help_text=_("Someone you trust. They don’t see this page."),
    )
    rehearsed_on = forms.DateField(label=_("When I try it out"), widget=DateInput(), required=False)
    debrief_with = forms.CharField(
        label=_("With whom I talk it over afterwards"), max_length=120, required=False
    )
    debrief_on = forms.DateField(label=_("When we talk it over"), widget=DateInput(), required=False)
    how_it_went = forms.CharField(label=_("How it went"), widget=long_text(), required=False)

    all_optional = True

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        self.person = person
        super().__init__(*args, **kwargs)

    def audited(self) -> DisclosurePlan | None:
        return own_disclosure(self.person, self.thing)

    def as_it_is(self) -> dict[str, Any]:
        plan = self.audited() or DisclosurePlan()
        return {name: getattr(plan, name) for name in self.base_fields}
