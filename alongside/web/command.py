import errno
import sqlite3
import sys
from argparse import RawDescriptionHelpFormatter
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError, connections
from django.db.utils import DatabaseError


class PlainCommand(BaseCommand):
    """A command of `alongside`: help with an example, and trouble told in one sentence."""

    example = ""
    suppressed_base_arguments = {
        "--version",
        "--verbosity",
        "--settings",
        "--pythonpath",
        "--traceback",
        "--no-color",
        "--force-color",
        "--skip-checks",
    }
    requires_system_checks: list[str] = []

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        return super().create_parser(
            prog_name,
            subcommand,
            formatter_class=RawDescriptionHelpFormatter,
            epilog=f"example:\n  {self.example}" if self.example else None,
            **kwargs,
        )

    def run_from_argv(self, argv: list[str]) -> None:
        """Django's own, but for trouble being told without the name of an exception."""
        options = vars(self.create_parser(argv[0], argv[1]).parse_args(argv[2:]))
        try:
            self.execute(**options)
        except CommandError as error:
            sys.stderr.write(f"{error}\n")
            sys.exit(error.returncode)
        finally:
            connections.close_all()

    def execute(self, *args: Any, **options: Any) -> str | None:
        try:
            # A new data folder, or one of an earlier version, is brought up to date first.
            call_command("migrate", interactive=False, verbosity=0)
            return super().execute(*args, **options)
        except OSError as error:
            raise CommandError(_about_disk(error)) from error
        except OperationalError as error:
            raise CommandError(_about_database(error)) from error


def _about_disk(error: OSError) -> str:
    if error.errno == errno.ENOSPC:
        return "The disk is full. Make some room and run the same command again."
    where = f" ({error.filename})" if error.filename else ""
    return f"{error.strerror or error}{where}."


def _about_database(error: DatabaseError) -> str:
    cause = error.__cause__
    if isinstance(cause, sqlite3.OperationalError) and "full" in str(cause):
        return "The disk is full. Make some room and run the same command again."
    return f"The database could not be used: {error}"
