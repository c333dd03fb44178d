from typing import Any

from allauth.account.forms import ConfirmLoginCodeForm, RequestLoginCodeForm
from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.accounts.models import Study
from alongside.accounts.permissions import Role


class AskForCode(RequestLoginCodeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        email = self.fields["email"]
        email.label = _("Your e-mail address")
        email.help_text = _("The one to which you were invited.")
        email.error_messages["required"] = _("Type your e-mail address, so that we can send a code to it.")
        email.widget.attrs = {"autocomplete": "email"}


class GiveCode(ConfirmLoginCodeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        code = self.fields["code"]
        code.label = _("The code from the e-mail")
        code.error_messages["required"] = _("Type the code that we sent you.")
        code.widget.attrs = {"autocomplete": "one-time-code", "spellcheck": "false"}


class FirstStudy(forms.Form):
    name = forms.CharField(
        label=_("What is the study called?"),
        max_length=200,
        help_text=_("A working name will do."),
        error_messages={"required": _("Give the study a name. A working name will do.")},
    )
    coordinator = forms.CharField(
        label=_("Who coordinates it?"),
        max_length=120,
        help_text=_("Your own name, as colleagues know you."),
        error_messages={"required": _("Type the coordinator’s name.")},
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("The coordinator’s e-mail address"),
        help_text=_("Codes for signing in are sent to it."),
        error_messages={"required": _("Type an e-mail address. Codes for signing in are sent to it.")},
        widget=forms.EmailInput({"autocomplete": "email"}),
    )


class NewStudy(forms.ModelForm):
    class Meta:
        model = Study
        fields = ["name", "place", "method"]
        labels = {
            "name": _("What is the study called?"),
            "place": _("Where does it take place?"),
            "method": _("Which family of thematic analysis?"),
        }
        help_texts = {
            "name": _("A working name will do."),
            "place": _("A college, a service, a town."),
            "method": _(
                "In reflexive analysis differences between readers are there to talk about, not to count."
            ),
        }
        widgets = {"method": forms.RadioSelect}
        error_messages = {"name": {"required": _("Give the study a name. A working name will do.")}}


class NewMember(forms.Form):
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("Codes for signing in are sent to it."),
        error_messages={"required": _("Type the e-mail address to which codes are sent.")},
    )
    name = forms.CharField(
        label=_("Name"), max_length=120, error_messages={"required": _("Type the name that colleagues use.")}
    )
    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        choices=Role.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one role.")},
    )


class MyName(forms.Form):
    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        help_text=_("Colleagues see it beside what you do."),
        error_messages={"required": _("Type the name that colleagues use.")},
        widget=forms.TextInput({"autocomplete": "name"}),
    )
