from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.accounts.editing import Editing
from alongside.accounts.models import Study
from alongside.training.forms.common import Making, long_text
from alongside.training.models import Prospectus
from alongside.training.queries import prospectus_of


class ProspectusForm(Editing, Making):
    thing: Study

    welcome = forms.CharField(
        label=_("Welcome"),
        widget=long_text(5),
        required=False,
        help_text=_("What you would say to somebody who has never been."),
    )
    asking_for_help = forms.CharField(
        label=_("How can somebody ask without the form, or for help with it?"),
        widget=long_text(3),
        required=False,
        help_text=_("A number to ring, a door to knock at, and when somebody is there."),
    )
    who_we_are = forms.CharField(label=_("Who are you?"), widget=long_text(4), required=False)

    def audited(self) -> Prospectus:
        return prospectus_of(self.thing)

    def as_it_is(self) -> dict[str, Any]:
        prospectus = self.audited()
        return {name: getattr(prospectus, name) for name in self.base_fields}
