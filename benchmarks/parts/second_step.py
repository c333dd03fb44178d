"""Sessions in which the second step of signing in was given, as in everyone's who works on a study."""

import time

from django.test import Client


def give_second_step(client: Client) -> None:
    session = client.session
    given = {"method": "mfa", "type": "totp", "reauthenticated": True, "at": time.time()}
    session["account_authentication_methods"] = [given]
    session["account_authentication_methods_user"] = session["_auth_user_id"]
    session.save()
