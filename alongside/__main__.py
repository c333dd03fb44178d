"""The `alongside` command: sets the software up, then hands over to the command that was asked for."""

import importlib
import os
import sys
from collections.abc import Sequence

COMMANDS = {
    "serve": ("alongside.web", "serve", "serve the site and open it in a browser (also without any command)"),
    "demo": ("alongside.demo", "demo", "load the demonstration, write its reports, serve it"),
    "study": ("alongside.accounts", "study", "open a new study: alongside study new NAME --email YOU"),
    "second-step": ("alongside.accounts", "second_step", "forget a second step that someone has lost"),
    "import": ("alongside.exchange", "import_transcripts", "bring transcripts into a study"),
    "people": ("alongside.exchange", "import_people", "bring people from a CSV or XLSX table into a study"),
    "codings": ("alongside.exchange", "import_codings", "bring codings from a CSV table into a study"),
    "export": ("alongside.exchange", "export_material", "write passages, codebook or codings to a file"),
    "report": ("alongside.reporting", "write_report", "write a study's finding to an HTML or DOCX file"),
    "tick": ("alongside.stewardship", "tick", "send what is due; to be run every few minutes"),
    "audit": ("alongside.stewardship", "audit", "verify the chain of audit entries: alongside audit verify"),
}


def main(argv: Sequence[str] | None = None) -> int:
    words = list(sys.argv[1:] if argv is None else argv)
    if words and words[0] in {"-h", "--help", "help"}:
        print(usage())
        return 0
    name, rest = (words[0], words[1:]) if words and not words[0].startswith("-") else ("serve", words)
    if name not in COMMANDS:
        print(f"alongside has no command “{name}”. It has: {', '.join(COMMANDS)}.", file=sys.stderr)
        return 2
    return run(name, rest)


def usage() -> str:
    lines = [f"  {name:12}{said}" for name, (_package, _module, said) in COMMANDS.items()]
    return "\n".join(
        [
            "alongside: joint recovery training, and what it changed between people.",
            "",
            *lines,
            "",
            "alongside COMMAND --help says more. ALONGSIDE_DATA names the data folder.",
        ]
    )


def run(name: str, rest: Sequence[str]) -> int:
    package, module, _said = COMMANDS[name]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.settings")
    if name in {"serve", "demo"}:
        os.environ.setdefault("ALONGSIDE_STATIC_COLLECTED", "1")
    if name == "demo":
        os.environ.setdefault("ALONGSIDE_DEMONSTRATION", "1")
    # Django can only be imported once the settings are named.
    django = importlib.import_module("django")
    try:
        django.setup()
    except OSError as error:
        print(f"The data folder can't be used: {error}.", file=sys.stderr)
        return 1
    command = importlib.import_module(f"{package}.management.commands.{module}").Command()
    command.run_from_argv(["alongside", name, *rest])
    return 0


if __name__ == "__main__":
    sys.exit(main())
