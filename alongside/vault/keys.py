"""Keys live in files of their own, readable by the owner alone: the installation's under the data folder,
and one for the identities of each study, which can lie elsewhere."""

import os
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from contextlib import suppress
from pathlib import Path

KEY_BYTES = 32


def key(data: Path, name: str) -> bytes:
    """The 32-byte key of this installation called `name`, made on first use."""
    return made_key(data / "keys" / f"{name}.key")


def text_key(data: Path, name: str) -> str:
    """The same key as text, for settings that want a string."""
    return urlsafe_b64encode(key(data, name)).decode("ascii")


def made_key(path: Path) -> bytes:
    """The key in that file, which is made if it isn't there."""
    if not path.exists():
        _make(path)
    return urlsafe_b64decode(path.read_bytes())


def read_key(path: Path) -> bytes | None:
    """The key in that file, if it is there."""
    try:
        return urlsafe_b64decode(path.read_bytes())
    except FileNotFoundError:
        return None


def destroy_key(path: Path) -> None:
    """Written over in place, then taken away; what a disk keeps of it elsewhere is beyond any program."""
    if not path.exists():
        return
    with path.open("r+b") as file:
        file.write(secrets.token_bytes(path.stat().st_size))
        file.flush()
        os.fsync(file.fileno())
    path.unlink(missing_ok=True)


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
