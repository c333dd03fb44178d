"""The identity bridge: a person's id sealed for storage, and a keyed token to find it again.

Each study has a key of its own, in a folder that can lie on another disk and is backed up apart. The key is
made by the first sealing and by nothing else: a new one in place of a lost one would open nothing.
"""

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from alongside.vault.keys import destroy_key, made_key, read_key

NONCE_BYTES = 12


class WrongKey(Exception):
    """What was sealed doesn't open: the key is missing, or is another than the one it was sealed with."""


def seal(value: UUID, context: UUID) -> bytes:
    """`value` encrypted so that only the key of this `context` can open it."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(made_key(key_file(context))).encrypt(nonce, value.bytes, context.bytes)


def unseal(sealed: bytes, context: UUID) -> UUID:
    sealed, key = bytes(sealed), read_key(key_file(context))
    if key is None:
        raise WrongKey
    try:
        return UUID(bytes=AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], context.bytes))
    except InvalidTag as error:
        raise WrongKey from error


def token(value: UUID, context: UUID) -> str:
    """The same for the same value and context, and meaningless without the key, which it makes if need be."""
    return _token(made_key(key_file(context)), value, context)


def tokens(values: Iterable[UUID], context: UUID) -> dict[str, UUID]:
    """Values by their tokens, with the key read once; none at all without the key."""
    key = read_key(key_file(context))
    return {_token(key, value, context): value for value in values} if key else {}


def is_able(context: UUID) -> bool:
    """Whether the key is there."""
    return key_file(context).exists()


def destroy(context: UUID) -> None:
    """Nothing that was sealed in `context` can be opened afterwards by anybody without a copy of the key."""
    destroy_key(key_file(context))


def key_file(context: UUID) -> Path:
    return Path(settings.ALONGSIDE_IDENTITY) / f"{context}.key"


def _token(key: bytes, value: UUID, context: UUID) -> str:
    return hmac.new(key, context.bytes + value.bytes, hashlib.sha256).hexdigest()
