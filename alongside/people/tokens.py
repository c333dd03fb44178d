"""Tokens of personal links, and the short codes that can be typed in their place: shown once, kept as a hash.

Whoever types a code gets an address that works for a while and is made anew each time: the link's own
token can't be told, since nothing but its hash is there.
"""

import hashlib
import hmac
import secrets
import unicodedata
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner

from alongside.vault.keys import key

# No vowels, so that no code is a word; no 0, 1 or L, which look like others.
ALPHABET = "23456789BCDFGHJKMNPQRSTVWXYZ"
HALF = 4
PASS_LASTS = timedelta(hours=2)
PASSES = TimestampSigner(salt="people.typed-code")


def fresh() -> str:
    return secrets.token_urlsafe(24)


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def fresh_code() -> str:
    """A code in two halves, as in “B7KM-42XW”: easy to read out, and one of 28⁸."""
    halves = ("".join(secrets.choice(ALPHABET) for _sign in range(HALF)) for _half in range(2))
    return "-".join(halves)


def code_digest(typed: str) -> str:
    """The keyed hash of a code, whatever spaces, hyphens and small letters it was typed with."""
    plain = unicodedata.normalize("NFKC", typed).upper()
    signs = "".join(sign for sign in plain if sign.isalnum())
    return hmac.new(key(Path(settings.ALONGSIDE_DATA), "codes"), signs.encode(), hashlib.sha256).hexdigest()


def pass_for(grant: int) -> str:
    """What stands in an address for the token of a link whose code was typed."""
    return PASSES.sign(str(grant))


def grant_of_pass(token: str) -> int | None:
    """The link that `token` was made for when its code was typed; nothing if it is no such pass any more."""
    try:
        return int(PASSES.unsign(token, max_age=PASS_LASTS))
    except (BadSignature, ValueError):
        return None
