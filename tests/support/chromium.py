"""Finds the browser that the tests drive, or brings one.

As a script it prints the browser's path; where there is none and none can be brought, it says
in one sentence what to install.
"""

import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")
MAC = (
    "Google Chrome.app/Contents/MacOS/Google Chrome",
    "Chromium.app/Contents/MacOS/Chromium",
    "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
QUIET = (
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
WINDOWS = ("Google/Chrome/Application/chrome.exe", "Microsoft/Edge/Application/msedge.exe")


def standard_places() -> list[Path]:
    if platform.system() == "Darwin":
        return [root / app for root in (Path("/Applications"), Path.home() / "Applications") for app in MAC]
    if platform.system() == "Windows":
        roots = [os.environ.get(name) for name in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")]
        return [Path(root) / program for root in roots if root for program in WINDOWS]
    return []


def find() -> Path | None:
    """The browser named by CHROMIUM, else one on PATH, in its standard place, or playwright's own."""
    named = os.environ.get("CHROMIUM")
    if named:
        return Path(named) if Path(named).is_file() else None
    on_path = (shutil.which(name) for name in NAMES)
    found = next((Path(path) for path in on_path if path), None)
    if found is None:
        found = next((path for path in standard_places() if path.is_file()), None)
    if found is None:
        with sync_playwright() as playwright:
            own = Path(playwright.chromium.executable_path)
        found = own if own.is_file() else None
    return found


def launch_options() -> dict[str, Any]:
    """For playwright's launch: the browser that was found, quiet, without a sandbox only for root."""
    browser = find()
    if browser is None:
        raise FileNotFoundError("No browser is installed; `python3 run.py test` brings one or says how.")
    as_root = os.name != "nt" and os.geteuid() == 0
    return {"executable_path": str(browser), "args": [*QUIET, "--no-sandbox"] if as_root else [*QUIET]}


def install() -> None:
    """Debian's package where this is allowed, else playwright's own build."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        print("No browser found. Installing Debian's package chromium.", file=sys.stderr)
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for words in ("update", "install -y --no-install-recommends chromium"):
            subprocess.run(
                ["apt-get", *words.split()],
                check=False,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                env=environment,
            )
        if find():
            return
    print("No browser found. Fetching one with playwright.", file=sys.stderr)
    fetch = [sys.executable, "-m", "playwright", "install", "chromium"]
    subprocess.run(fetch, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def main() -> None:
    named = os.environ.get("CHROMIUM")
    if named and not find():
        sys.exit(f"CHROMIUM names {named}, and no browser is there.")
    if not find():
        install()
    found = find()
    if found is None:
        sys.exit(
            "The tests need a browser, and none could be found or fetched: install Chromium or Chrome"
            " (Debian: sudo apt install chromium), or name one in CHROMIUM, then run the tests again."
        )
    print(found)


if __name__ == "__main__":
    main()
