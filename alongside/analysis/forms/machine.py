from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.accounts.editing import Editing
from alongside.accounts.models import Study
from alongside.analysis.models import MachineHelp
from alongside.analysis.queries import machine_help


class MachineHelpForm(Editing):
    thing: Study

    is_on = forms.BooleanField(label=_("A machine may help in this study"), required=False)
    address = forms.CharField(
        label=_("Address of a language model"),
        required=False,
        max_length=200,
        help_text=_("On this machine, as http://127.0.0.1:11434. Left empty, no language model is asked."),
    )
    model = forms.CharField(
        label=_("Name of the model"),
        required=False,
        max_length=100,
        help_text=_("As its server calls it."),
    )

    def as_it_is(self) -> dict[str, Any]:
        decided = machine_help(self.thing)
        return {name: getattr(decided, name) for name in self.base_fields}

    def audited(self) -> MachineHelp:
        return machine_help(self.thing)
