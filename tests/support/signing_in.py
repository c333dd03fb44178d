"""Being signed in, and the second step, for tests that are about something else."""

import re
import time

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import encrypt
from django.core import mail
from django.test import Client

from alongside.accounts.devices import DEVICE
from alongside.accounts.models import User
from alongside.accounts.posting import wait_until_posted

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def signed_in(user: User, *, second_step: bool = True) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    if second_step:
        authenticator = has_an_app(user)
        given = {"method": "mfa", "type": "totp", "id": authenticator.pk, "reauthenticated": True}
        session = client.session
        session["account_authentication_methods"] = [given | {"at": time.time()}]
        session["account_authentication_methods_user"] = str(user.pk)
        session[DEVICE] = {"key": session.session_key, "seen": time.time()}
        session.save()
    return client


def has_an_app(user: User) -> Authenticator:
    """The authenticator app of `user`, set up if it isn't."""
    found, _new = Authenticator.objects.get_or_create(
        user=user, type="totp", defaults={"data": {"secret": encrypt(SECRET)}}
    )
    return found


def code_of_the_app(secret: str = SECRET, later: int = 0) -> str:
    """What an authenticator app shows now, or so many half-minutes later."""
    now = list(yield_hotp_counters_from_time())[1]
    return format_hotp_value(hotp_value(secret, now + later))


def code_in_the_mail() -> str:
    wait_until_posted()
    [code] = re.findall(r"^[A-Z0-9-]{6,}$", str(mail.outbox[-1].body), re.MULTILINE)
    return str(code)
