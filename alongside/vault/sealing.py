"""The identity bridge: a person's id sealed for storage, and a keyed token to find it again."""

import hashlib
import hmac
import secrets
from pathlib import Path
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from alongside.vault.keys import has_key, key

NONCE_BYTES = 12


def seal(value: UUID, context: UUID) -> bytes:
    """`value` encrypted so that only this installation, in this `context`, can open it."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(_key()).encrypt(nonce, value.bytes, context.bytes)


def unseal(sealed: bytes, context: UUID) -> UUID:
    sealed = bytes(sealed)
    return UUID(bytes=AESGCM(_key()).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], context.bytes))


def token(value: UUID, context: UUID) -> str:
    """The same for the same value and context, and meaningless without the key."""
    return hmac.new(_key(), context.bytes + value.bytes, hashlib.sha256).hexdigest()


def is_able() -> bool:
    """Whether the identity key is there; the first sealing makes it."""
    return has_key(Path(settings.ALONGSIDE_DATA), "identity")


def _key() -> bytes:
    return key(Path(settings.ALONGSIDE_DATA), "identity")
