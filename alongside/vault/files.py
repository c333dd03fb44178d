"""Uploaded files, named by the SHA-256 of their content and encrypted at rest.

The file is on disk, synced and renamed into place, before any row may name it.
"""

import hashlib
import os
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from alongside.vault.keys import key

NONCE_BYTES = 12


class Damaged(Exception):
    """A stored file is missing or isn't what its name says."""


def store(content: bytes) -> str:
    """Keep `content` and return its SHA-256; storing the same bytes twice keeps one file."""
    digest = hashlib.sha256(content).hexdigest()
    path = _path(digest)
    if path.exists():
        return digest
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    nonce = secrets.token_bytes(NONCE_BYTES)
    sealed = nonce + _cipher().encrypt(nonce, content, digest.encode())
    temporary = path.with_name(f"{digest}.{secrets.token_hex(6)}.part")
    try:
        with temporary.open("wb") as file:
            file.write(sealed)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    _sync_folder(path.parent)
    return digest


def read(digest: str) -> bytes:
    path = _path(digest)
    if not path.exists():
        raise Damaged(f"The stored file {digest} is missing.")
    sealed = path.read_bytes()
    try:
        return _cipher().decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], digest.encode())
    except InvalidTag as error:
        raise Damaged(f"The stored file {digest} has been altered.") from error


def erase(digest: str) -> None:
    _path(digest).unlink(missing_ok=True)


def _path(digest: str) -> Path:
    return Path(settings.ALONGSIDE_DATA) / "files" / digest[:2] / digest


def _cipher() -> AESGCM:
    return AESGCM(key(Path(settings.ALONGSIDE_DATA), "files"))


def _sync_folder(folder: Path) -> None:
    # Windows can't open a folder; there the rename itself is what we have.
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
