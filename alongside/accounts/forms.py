from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import ConfirmLoginCodeForm, RequestLoginCodeForm
from allauth.core import context, ratelimit
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.conf import settings
from django.core.cache import cache
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alongside.accounts.editing import Editing
from alongside.accounts.models import Study, User
from alongside.accounts.permissions import Role
from alongside.accounts.queries import sought_by
from alongside.web.forms import Asking

# The provider, the name of its address, and what of the provider stands in that.
SINGLE_SIGN_ON = (
    ("openid_connect", "openid_connect_login", "provider_id"),
    ("saml", "saml_login", "client_id"),
)
# A code of an app is good from half a minute before it shows to half a minute after.
CODE_SHOWS = 120


class AskForCode(RequestLoginCodeForm):
    """Asks for a code for anyone: an address that nobody has goes the same way, as nobody's."""

    _user: User

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        email = self.fields["email"]
        email.label = _("Your e-mail address")
        email.help_text = _("The one to which you were invited.")
        email.error_messages["required"] = _("Type your e-mail address, so that we can send a code to it.")
        email.widget.attrs = {"autocomplete": "email"}

    @property
    def other_ways(self) -> list[dict[str, str]]:
        """Single sign-on, where it is set up: what it is called, and its address here."""
        return [
            {"name": str(app["name"]), "address": reverse(name, args=[app[key]])}
            for provider, name, key in SINGLE_SIGN_ON
            for app in settings.SOCIALACCOUNT_PROVIDERS.get(provider, {}).get("APPS", [])
        ]

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).lower()
        if not ratelimit.consume(context.request, action="request_login_code", key=email):
            raise get_adapter().validation_error("too_many_login_attempts")
        self._user = sought_by(email)
        return email


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


class NewMember(Asking):
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("The invitation is sent to it, and codes for signing in."),
        error_messages={"required": _("Type the e-mail address to which the invitation is sent.")},
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


class MyName(Editing):
    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        help_text=_("Colleagues see it beside what you do."),
        error_messages={"required": _("Type the name that colleagues use.")},
        widget=forms.TextInput({"autocomplete": "name"}),
    )


class _OnceOnly(forms.Form):
    """A code that shows a second time is refused, for as long as clocks that differ would accept it."""

    user: User

    def clean_code(self) -> str:
        code = str(super().clean_code())  # type: ignore[misc]
        if not cache.add(f"second-step:{self.user.pk}:{normalize_user_code(code)}", 1, timeout=CODE_SHOWS):
            raise get_mfa_adapter().validation_error("incorrect_code")
        return code


class GiveSecondCode(_OnceOnly, AuthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _as_code_of_the_app(self.fields["code"], _("The code from your app"))
        self.fields["code"].help_text = _("Six digits. A recovery code works here too.")


class ConfirmWithCode(_OnceOnly, ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _as_code_of_the_app(self.fields["code"], _("The code from your app"))
        self.fields["code"].help_text = _("Six digits. A recovery code works here too.")


class SetUpApp(_OnceOnly, ActivateTOTPForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _as_code_of_the_app(self.fields["code"], _("The code that the app shows"))


class AddPasskey(AddWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name = self.fields["name"]
        name.label = _("What do you call it?")
        name.help_text = _("So that you can tell this one from others: “my phone”, “the key on my ring”.")
        name.max_length = 100
        passwordless = self.fields["passwordless"]
        passwordless.label = _("Sign in with it alone")
        passwordless.help_text = _(
            "Then no code by e-mail is needed. The device asks for your finger, face or PIN."
        )
        passwordless.initial = True


def _as_code_of_the_app(code: forms.Field, label: Any) -> None:
    code.label = label
    code.widget.attrs = {"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}
    code.error_messages["required"] = _("Type the code that your app shows now.")
