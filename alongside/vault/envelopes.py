"""Content kept in a row for a short while, so that it goes with its row, and a backup made meanwhile can't
be read without the key."""

import secrets
import zlib
from pathlib import Path
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from alongside.vault.keys import key

NONCE_BYTES = 12


def close(content: bytes, context: UUID) -> bytes:
    """`content` packed and encrypted, to be opened in the same `context` only."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + _cipher().encrypt(nonce, zlib.compress(content), context.bytes)


def reopen(closed: bytes, context: UUID) -> bytes:
    closed = bytes(closed)
    return zlib.decompress(_cipher().decrypt(closed[:NONCE_BYTES], closed[NONCE_BYTES:], context.bytes))


def _cipher() -> AESGCM:
    return AESGCM(key(Path(settings.ALONGSIDE_DATA), "files"))
