from base64 import urlsafe_b64decode, urlsafe_b64encode
from pathlib import Path
from secrets import token_bytes
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alongside.accounts.models import User
from alongside.accounts.posting import post
from alongside.accounts.queries import gets_mail, is_last_needed, signs_in_with
from alongside.vault.keys import key

NONCE_BYTES = 12


class Adapter(DefaultAccountAdapter):
    """Nobody signs up: people are invited to a study by its coordinator."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Written in full whether or not anyone has the address, and posted only if someone has."""
        message = self.render_mail(template_prefix, email, {"email": email, **context})
        post(message if gets_mail(email) else None)

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        return redirect("account_request_login_code")


class SingleSignOn(DefaultSocialAccountAdapter):
    """Lets in whoever was let in already, by the address that the provider says it has verified."""

    def authenticate_by_email(self, sociallogin: SocialLogin) -> tuple[User, str] | None:
        # Some providers say “false” in words, which would count as true.
        verified = [address for address in sociallogin.email_addresses if address.verified is True]
        found = signs_in_with([address.email.lower() for address in verified])
        return (found, str(found.email)) if found else None

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        if not sociallogin.is_existing or sociallogin.state.get("process") != "login":
            self.on_authentication_error(request)

    def on_authentication_error(self, request: HttpRequest, *_given: Any, **_more: Any) -> None:
        """The same for everyone who doesn't get in, whatever the reason."""
        messages.error(request, _("That did not sign you in. It works with the address that was invited."))
        raise ImmediateHttpResponse(redirect("account_request_login_code"))


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets of authenticator apps and recovery codes are encrypted with a key outside the database."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("That code does not fit. Type the one that is shown now; each works once."),
        "cannot_delete_authenticator": _(
            "Your roles need a second step, and this is the only one. Set up another first."
        ),
    }

    def encrypt(self, text: str) -> str:
        nonce = token_bytes(NONCE_BYTES)
        return urlsafe_b64encode(nonce + self._cipher.encrypt(nonce, text.encode(), None)).decode("ascii")

    def decrypt(self, encrypted_text: str) -> str:
        sealed = urlsafe_b64decode(encrypted_text)
        return self._cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], None).decode()

    @property
    def _cipher(self) -> AESGCM:
        return AESGCM(key(Path(settings.ALONGSIDE_DATA), "second-factor"))

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return not is_last_needed(authenticator)

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return gettext("My passkey") if not number else gettext("Passkey %(number)s") % {"number": number + 1}
