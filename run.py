#!/usr/bin/env python3
"""Everything Alongside does from a fresh copy: python3 run.py demo

Only the standard library, and only syntax that Python 3.6 can read, so that an old Python gets
to say in one sentence what is missing.
"""

import argparse
import errno
import glob
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from typing import Any
from xml.etree import ElementTree

ROOT = os.path.dirname(os.path.abspath(__file__))
VENV = os.path.join(ROOT, ".venv")
WINDOWS = os.name == "nt"
PYTHON = os.path.join(VENV, "Scripts", "python.exe") if WINDOWS else os.path.join(VENV, "bin", "python")
RUNTIME, DEVELOPMENT = "requirements.lock", "requirements-dev.lock"
OLDEST = (3, 11)
NEWER_NAMES = ("python3.14", "python3.13", "python3.12", "python3.11", "python3", "python")
# What the two locks take up once installed, with room for pip's own temporary files.
ROOM_NEEDED = {RUNTIME: 400, DEVELOPMENT: 1100}

FULL = re.compile(r"No space left on device|Errno 28|Disk quota exceeded|not enough space on the disk", re.I)
OFFLINE = re.compile(
    r"NewConnectionError|Failed to establish a new connection|Name or service not known|name resolution"
    r"|Connection refused|Network is unreachable|ConnectTimeout|getaddrinfo failed|ConnectionResetError"
    r"|Cannot connect to proxy|ProxyError|Max retries exceeded|Read timed out|connection error",
    re.I,
)
NO_NETWORK = (
    "Alongside could not reach the Python package index, from which it installs what it needs:"
    " check the network connection (or the proxy settings), then run the same command again."
)


# How a child is run out of sight.
HIDDEN: "dict[str, Any]" = {
    "stdin": subprocess.DEVNULL,
    "stdout": subprocess.PIPE,
    "stderr": subprocess.STDOUT,
    "universal_newlines": True,
    "errors": "replace",
}


class Stop(Exception):
    """Ends the command; the message is the one sentence that the person reads."""


def step(text: str) -> None:
    print("\n" + text, flush=True)


def disk_full(needed: int = 0) -> Stop:
    free, place = min((shutil.disk_usage(place).free, place) for place in (ROOT, tempfile.gettempdir()))
    wanted = f", and about {needed} MB are needed" if needed else ""
    return Stop(
        f"The disk is full: {free // 1_000_000} MB are free where {place} is{wanted};"
        " make room, then run the same command again."
    )


# A Python that is new enough.


def is_new_enough(python: str) -> bool:
    try:
        return answer([python, "-c", "import sys; sys.exit(sys.version_info < (3, 11))"])[0] == 0
    except OSError:
        return False


def hand_over_to_newer_python() -> int:
    """Run this same command with a newer Python that is already on the machine."""
    found = (shutil.which(name) for name in NEWER_NAMES)
    newer = next((python for python in found if python and is_new_enough(python)), None)
    this = ".".join(str(part) for part in sys.version_info[:3])
    if newer is None:
        raise Stop(
            f"Alongside needs Python 3.11 or newer; this is {this}, and no newer one is on this machine:"
            " install one from https://www.python.org/downloads/, then run the same command again."
        )
    print(f"This is Python {this}; using {newer} instead, because Alongside needs 3.11 or newer.", flush=True)
    return call([newer, os.path.abspath(__file__), *sys.argv[1:]])


# Child processes.


def call(command: "list[str]", folder: str = ROOT, **environment: str) -> int:
    """Run a command to its end. Ctrl-C reaches it as well, and it's given the time to stop by itself."""
    process = subprocess.Popen(command, cwd=folder, env={**os.environ, **environment})
    try:
        return process.wait()
    except KeyboardInterrupt:
        try:
            process.wait(timeout=10)
        except (subprocess.TimeoutExpired, KeyboardInterrupt):
            process.kill()
            process.wait()
        raise


def answer(command: "list[str]", folder: str = ROOT) -> "tuple[int, str]":
    """Run a command out of sight: its exit status, and all it printed."""
    process = subprocess.Popen(command, cwd=folder, **HIDDEN)
    printed, _ = process.communicate()
    return process.returncode, printed


# The virtual environment.


def make_environment() -> None:
    if is_new_enough(PYTHON) and answer([PYTHON, "-c", "import pip"])[0] == 0:
        return
    step("Making .venv, where everything is kept that Alongside needs")
    status, printed = answer([sys.executable, "-m", "venv", "--clear", VENV])
    if status and FULL.search(printed):
        raise disk_full()
    if status and not pip_from_elsewhere():
        raise Stop(
            "This Python has neither ensurepip nor pip to install anything with: run"
            " 'sudo apt install python3-venv' on Debian or Ubuntu, or install Python from"
            " https://www.python.org/downloads/ elsewhere, then run the same command again."
        )


def pip_from_elsewhere() -> bool:
    """Without ensurepip: an environment without pip, then pip's own wheel, run as the program it is."""
    if answer([sys.executable, "-m", "venv", "--clear", "--without-pip", VENV])[0]:
        return False
    print("  ensurepip is missing; fetching pip another way", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        wheel = wheel_from_pip(folder) or wheel_from_debian(folder)
        if not wheel:
            return False
        itself = os.path.join(wheel, "pip")
        return answer([PYTHON, itself, "install", "--no-index", "--no-deps", wheel])[0] == 0


def wheel_from_pip(folder: str) -> "str | None":
    """From a pip on this machine: any age of pip may fetch, also where it may not install."""
    pips = [[sys.executable, "-m", "pip"], *([path] for path in map(shutil.which, ("pip3", "pip")) if path)]
    for pip in pips:
        command = [*pip, "download", "--quiet", "--retries", "2", "--no-deps", "--dest", folder, "pip"]
        status, printed = answer(command)
        if status and FULL.search(printed):
            raise disk_full()
        if status and OFFLINE.search(printed):
            raise Stop(NO_NETWORK)
        for wheel in glob.glob(os.path.join(folder, "pip-*.whl")):
            return wheel
    return None


def wheel_from_debian(folder: str) -> "str | None":
    """From the package that Debian and Ubuntu keep it in: fetched and unpacked here, not installed."""
    if not shutil.which("apt-get") or not shutil.which("dpkg-deb"):
        return None
    fetch = ["apt-get", "download", "python3-pip-whl"]
    if answer(fetch, folder)[0] and os.geteuid() == 0:
        answer(["apt-get", "update"])
        answer(fetch, folder)
    for package in glob.glob(os.path.join(folder, "*.deb")):
        answer(["dpkg-deb", "-x", package, folder])
    wheels = glob.glob(os.path.join(folder, "usr", "share", "python-wheels", "pip-*.whl"))
    return wheels[0] if wheels else None


def stamp_of(lock: str) -> "tuple[str, str]":
    """Where it's noted which lock was installed, and what the note says when it's this one."""
    with open(os.path.join(ROOT, lock), "rb") as file:
        return os.path.join(VENV, f"installed-{lock}"), hashlib.sha256(file.read()).hexdigest()


def is_installed(lock: str) -> bool:
    path, wanted = stamp_of(lock)
    try:
        with open(path, encoding="ascii") as file:
            return file.read() == wanted
    except FileNotFoundError:
        return False


def prepare(lock: str) -> None:
    """Bring .venv to what the lock says; quick when it is already there."""
    # The development lock holds all of the runtime lock.
    if is_new_enough(PYTHON) and (is_installed(lock) or is_installed(DEVELOPMENT)):
        return
    if shutil.disk_usage(ROOT).free < ROOM_NEEDED[lock] * 1_000_000:
        raise disk_full(ROOM_NEEDED[lock])
    make_environment()
    install(lock)
    path, wanted = stamp_of(lock)
    with open(path, "w", encoding="ascii") as file:
        file.write(wanted)


def install(lock: str) -> None:
    step(f"Installing what {lock} names (the first time only; a minute or two)")
    command = [PYTHON, "-m", "pip", "install", "--require-hashes", "--only-binary", ":all:", "-r", lock]
    command += ["--no-input", "--disable-pip-version-check", "--progress-bar", "off", "--retries", "2"]
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "PIP_USER": "0"}, **HIDDEN)
    printed = []
    for line in process.stdout or ():
        printed.append(line)
        if line.startswith("Collecting "):
            print("  " + line.split()[1].replace("==", " "), flush=True)
        elif line.startswith("Installing collected"):
            print("  putting them in place", flush=True)
    if process.wait() == 0:
        return
    everything = "".join(printed)
    if FULL.search(everything):
        raise disk_full(ROOM_NEEDED[lock])
    if OFFLINE.search(everything):
        raise Stop(NO_NETWORK)
    print("".join(printed[-15:]), file=sys.stderr)
    raise Stop(f"pip could not install what {lock} names; its own last words are above.")


# The commands.


def demo(arguments: "list[str]") -> int:
    """load the demonstration, write its report to ./demo-output/ and serve the site"""
    parser = argparse.ArgumentParser(
        prog="run.py demo",
        description="Loads the demonstration, writes its report to ./demo-output/ and serves the site.",
        epilog="Example: python3 run.py demo --no-serve",
    )
    parser.add_argument("--no-serve", action="store_true", help="end after the report")
    parser.add_argument("--port", type=int, help="serve on this port of 127.0.0.1")
    options = parser.parse_args(arguments)
    prepare(RUNTIME)
    command = [PYTHON, "-m", "alongside", "demo", "--output", "demo-output"]
    if options.no_serve:
        command.append("--no-serve")
    if options.port is not None:
        command += ["--port", str(options.port)]
    data = os.environ.get("ALONGSIDE_DATA") or os.path.join(ROOT, "data", "demo")
    return call(command, ALONGSIDE_DATA=data)


def pytest(arguments: "list[str]", **environment: str) -> "tuple[int, int, int]":
    """Run pytest; how many tests passed, failed (errors are failures) and were skipped."""
    workers = str(min(os.cpu_count() or 1, 8))
    with tempfile.TemporaryDirectory() as folder:
        results = os.path.join(folder, "results.xml")
        command = [PYTHON, "-m", "pytest", "-n", workers, "--dist", "worksteal", f"--junitxml={results}"]
        status = call([*command, *arguments], **environment)
        passed = failed = skipped = 0
        if os.path.exists(results):
            for suite in ElementTree.parse(results).getroot().iter("testsuite"):  # noqa: S314  our own file
                bad = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
                left_out = int(suite.get("skipped", 0))
                passed += int(suite.get("tests", 0)) - bad - left_out
                failed, skipped = failed + bad, skipped + left_out
    nothing_chosen = 5
    if status not in (0, nothing_chosen):
        failed = max(failed, 1)
    return passed, failed, skipped


def test(arguments: "list[str]") -> int:
    """run the suite on SQLite, then what asks a database again on PostgreSQL; takes pytest's arguments"""
    prepare(DEVELOPMENT)
    finding = subprocess.Popen(
        [PYTHON, "-m", "tests.support.chromium"], cwd=ROOT, stdout=subprocess.PIPE, universal_newlines=True
    )
    browser = finding.communicate()[0].strip()
    if finding.returncode:
        return 1
    step(f"The suite on SQLite, with {browser}")
    first = pytest(arguments, CHROMIUM=browser)
    step("What asks a database, again on PostgreSQL")
    server = subprocess.Popen(
        [PYTHON, "-m", "tests.support.postgres"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        universal_newlines=True,
    )
    try:
        address = server.stdout.readline().strip() if server.stdout else ""
        second = (0, 1, 0)
        if address:
            second = pytest(["-p", "tests.support.database_only", *arguments], DATABASE_URL=address)
    finally:
        # The server lives as long as its standard input is open.
        server.communicate()
    passed, failed, skipped = (sum(both) for both in zip(first, second))  # noqa: B905  Python 3.10's
    if passed + failed == 0:
        raise Stop("No test was run: nothing matches " + " ".join(arguments) + ".")
    if skipped:
        print("\nA test is never skipped here: let it fail, and say what is missing.", file=sys.stderr)
    print(f"\n{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""), flush=True)
    return 1 if failed or skipped else 0


def lint(arguments: "list[str]") -> int:
    """check style, format, types and who imports whom"""
    prepare(DEVELOPMENT)
    worst = 0
    checks = ["ruff check .", "ruff format --check .", "mypy", "lint-imports"]
    with tempfile.TemporaryDirectory() as folder:
        for check in checks:
            step(check)
            program, *rest = check.split()
            path = os.path.join(os.path.dirname(PYTHON), program)
            worst = max(worst, call([path, *rest], ALONGSIDE_DATA=folder))
    return 1 if worst else 0


def docs(arguments: "list[str]") -> int:
    """make the pictures in docs/pictures anew, by the tests that take them"""
    prepare(DEVELOPMENT)
    return call([PYTHON, "-m", "pytest", "-m", "picture", *arguments], ALONGSIDE_PICTURES="1")


def bench(arguments: "list[str]") -> int:
    """list the benchmarks; with a name, run that one beside its peer"""
    prepare(DEVELOPMENT)
    return call([PYTHON, "-m", "benchmarks", *arguments])


def drill(arguments: "list[str]") -> int:
    """list the drills; with a name, run that one and count what was lost"""
    prepare(DEVELOPMENT)
    return call([PYTHON, "-m", "benchmarks", "--drills", *arguments])


COMMANDS = {command.__name__: command for command in (demo, test, lint, docs, bench, drill)}


def usage() -> str:
    lines = ["Usage: python3 run.py COMMAND", ""]
    lines += [f"  {name:6} {command.__doc__}" for name, command in COMMANDS.items()]
    examples = ("demo", "demo --no-serve", "test", "test alongside/people -k consent", "bench cooccurrence")
    return "\n".join(lines + ["", "Examples:"] + [f"  python3 run.py {example}" for example in examples])


def main(words: "list[str]") -> int:
    if sys.version_info < OLDEST:
        return hand_over_to_newer_python()
    if not words or words[0] in ("-h", "--help", "help"):
        print(usage())
        return 0
    name, *arguments = words
    if name not in COMMANDS:
        raise Stop(f"There is no command '{name}': it is one of {', '.join(COMMANDS)} (see run.py --help).")
    if name != "demo" and arguments[:1] in (["-h"], ["--help"]):
        print(f"python3 run.py {name}: {COMMANDS[name].__doc__}")
        return 0
    return COMMANDS[name](arguments)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Stop as stop:
        print("\n" + str(stop), file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        sys.exit(130)
    except OSError as problem:
        if problem.errno not in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)):
            print(f"\n{problem.filename or ROOT}: {problem.strerror}.", file=sys.stderr)
            sys.exit(1)
        print("\n" + str(disk_full()), file=sys.stderr)
        sys.exit(1)
