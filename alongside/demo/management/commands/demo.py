from argparse import BooleanOptionalAction
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import CommandParser

from alongside.accounts.models import Study, User
from alongside.accounts.permissions import Permission
from alongside.accounts.queries import acting_in
from alongside.analysis.queries import count_table
from alongside.demo.merebank.content import load
from alongside.demo.merebank_study import load_merebank
from alongside.demo.practice.dialogues import practice
from alongside.demo.practice_study import load_practice
from alongside.demo.queries import cast
from alongside.demo.steps import Steps
from alongside.reporting.actions import take_report
from alongside.reporting.documents import WRITERS
from alongside.reporting.queries import readable
from alongside.web.command import PlainCommand
from alongside.web.management.commands.serve import free_port, serve

LOADERS: tuple[tuple[str, Callable[[], str], Callable[[Steps], Study]], ...] = (
    ("Practice dialogues: real, published transcripts", lambda: practice().study.slug, load_practice),
    ("Six months on: an invented college", lambda: load().study.slug, load_merebank),
)


class Command(PlainCommand):
    help = "Load the two demonstration studies, write their findings, serve the site with links to sign in."
    example = "alongside demo --output demo-output --no-serve"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--output", type=Path, default=Path("demo-output"), help="folder for the findings"
        )
        parser.add_argument(
            "--serve", action=BooleanOptionalAction, default=True, help="serve the site after"
        )
        parser.add_argument("--port", type=int, default=8000, help="first port to try (8000)")

    def handle(self, *args: Any, **options: Any) -> None:
        steps = Steps()
        for title, slug, loader in LOADERS:
            steps.say(title)
            if Study.objects.filter(slug=slug()).exists():
                steps.say("  There already; left as it is.")
            else:
                loader(steps)
        output: Path = options["output"]
        output.mkdir(parents=True, exist_ok=True)
        for _title, slug, _loader in LOADERS:
            self._report(steps, slug(), output)
        if options["serve"]:
            self._serve(steps, options["port"])

    def _report(self, steps: Steps, slug: str, output: Path) -> None:
        """The study's counts on the screen, its finding in two files."""
        study, user = acting_in(slug, to=Permission.EXPORT)
        table = count_table(study, user)
        steps.say(f"{study.name}: {sum(line.total for line in table.lines):,} codings")
        for line in table.lines:
            steps.say(f"  {line.total:>7,}  {line.path}")
        report = readable(study).last()
        if report is None:
            return
        for kind in WRITERS:
            path = output / f"{study.slug}.{kind}"
            path.write_bytes(take_report(by=user, report=report, kind=kind))
            steps.say(f"  The finding is in {path.resolve()}")

    def _serve(self, steps: Steps, port: int) -> None:
        call_command("collectstatic", interactive=False, verbosity=0)
        port = free_port("127.0.0.1", port)
        address = f"http://127.0.0.1:{port}"
        steps.say(f"\nAlongside is at {address}/  (Ctrl+C stops it). Sign in as:")
        for user, roles in cast():
            steps.say(f"  {user.name:18}{roles:44} {address}/demo/as/{_key(user)}")
        serve("127.0.0.1", port)


def _key(user: User) -> str:
    return str(user.pk)
