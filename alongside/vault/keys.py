"""Keys live in files of their own under the data folder, readable by the owner alone.

The identity key is kept apart from the database and from its backups: without it no participant can
be joined to a person again.
"""

import os
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from contextlib import suppress
from pathlib import Path

KEY_BYTES = 32


def key(data: Path, name: str) -> bytes:
    """The 32-byte key called `name`, made on first use."""
    path = data / "keys" / f"{name}.key"
    if not path.exists():
        _make(path)
    return urlsafe_b64decode(path.read_bytes())


def has_key(data: Path, name: str) -> bool:
    return (data / "keys" / f"{name}.key").exists()


def text_key(data: Path, name: str) -> str:
    """The same key as text, for settings that want a string."""
    return urlsafe_b64encode(key(data, name)).decode("ascii")


def _make(path: Path) -> None:
    """Linked into place whole, so that of two processes starting together both read one key."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    temporary = path.with_name(f"{path.name}.{secrets.token_hex(6)}")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(urlsafe_b64encode(secrets.token_bytes(KEY_BYTES)))
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)
