"""Uploaded files, named by the SHA-256 of their content and encrypted at rest.

The file is on disk, synced and renamed into place, before any row may name it.
"""

import hashlib
import logging
import os
import secrets
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CTR, GCM
from django.conf import settings

from alongside.vault.keys import key

log = logging.getLogger(__name__)

NONCE_BYTES, TAG_BYTES, BLOCK_BYTES = 12, 16, 16
PIECE = 64 * 1024


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


def size(digest: str) -> int:
    """How long the content is."""
    try:
        return _path(digest).stat().st_size - NONCE_BYTES - TAG_BYTES
    except FileNotFoundError as error:
        raise Damaged(f"The stored file {digest} is missing.") from error
    except OSError as error:
        raise Damaged(f"The stored file {digest} can't be read: {error}") from error


def is_whole(digest: str) -> bool:
    """Whether the content can be given as it was stored; if not, what is wrong with it is logged."""
    try:
        pieces(digest, 0, 0)
    except Damaged:
        log.exception("A stored file can't be given")
        return False
    return True


def pieces(digest: str, start: int, end: int) -> Iterator[bytes]:
    """`content[start:end]` piece by piece, for what is too long to be held in memory.

    The whole file is checked before the first piece is given, once for each process and state of the file.
    """
    end = min(end, size(digest))
    path = _path(digest)
    try:
        state = path.stat()
        is_as_stored = _is_whole(digest, path, state.st_mtime_ns, state.st_size)
    except OSError as error:
        raise Damaged(f"The stored file {digest} can't be read: {error}") from error
    if not is_as_stored:
        raise Damaged(f"The stored file {digest} has been altered.")
    return _opened(path, start, end)


def _opened(path: Path, start: int, end: int) -> Iterator[bytes]:
    # AES-GCM is a counter mode whose content begins at the second block that the counter makes (NIST SP
    # 800-38D, 7.1): decryption can begin at any block. What GCM adds, the check of the whole, is made by now.
    skipped = start % BLOCK_BYTES
    with path.open("rb") as file:
        first = file.read(NONCE_BYTES) + (2 + start // BLOCK_BYTES).to_bytes(4, "big")
        decryptor = Cipher(AES(_key()), CTR(first)).decryptor()
        file.seek(start - skipped, os.SEEK_CUR)
        decryptor.update(file.read(skipped))
        left = end - start
        while left > 0 and (sealed := file.read(min(PIECE, left))):
            left -= len(sealed)
            yield decryptor.update(sealed)


@lru_cache(maxsize=64)
def _is_whole(digest: str, path: Path, _changed: int, length: int) -> bool:
    """Whether the file is what was stored: read through once, keeping nothing of it."""
    if length < NONCE_BYTES + TAG_BYTES:
        return False
    with path.open("rb") as file:
        nonce = file.read(NONCE_BYTES)
        file.seek(length - TAG_BYTES)
        tag = file.read(TAG_BYTES)
        file.seek(NONCE_BYTES)
        decryptor = Cipher(AES(_key()), GCM(nonce, tag)).decryptor()
        decryptor.authenticate_additional_data(digest.encode())
        left = length - NONCE_BYTES - TAG_BYTES
        while left > 0 and (sealed := file.read(min(PIECE, left))):
            left -= len(sealed)
            decryptor.update(sealed)
    try:
        decryptor.finalize()
    except InvalidTag:
        return False
    return True


def erase(digest: str) -> None:
    _path(digest).unlink(missing_ok=True)


def _path(digest: str) -> Path:
    return Path(settings.ALONGSIDE_DATA) / "files" / digest[:2] / digest


def _cipher() -> AESGCM:
    return AESGCM(_key())


def _key() -> bytes:
    return key(Path(settings.ALONGSIDE_DATA), "files")


def _sync_folder(folder: Path) -> None:
    # Windows can't open a folder; there the rename itself is what we have.
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
