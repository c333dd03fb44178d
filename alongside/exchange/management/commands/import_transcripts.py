import json
from argparse import Namespace
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError, CommandParser

from alongside.accounts.models import Study, User
from alongside.accounts.permissions import Permission
from alongside.accounts.queries import Unknown, acting_in
from alongside.interviews.actions import import_transcript
from alongside.interviews.models import Interview
from alongside.interviews.preparing import Prepared, preview
from alongside.interviews.queries import without_transcript
from alongside.web.command import PlainCommand


class Command(PlainCommand):
    help = (
        "Bring transcripts (VTT, SRT, DOCX, ODT, RTF, TXT) into a study. "
        "Each file is taken whole or not at all."
    )
    example = "alongside import interview-9.vtt interview-10.docx --study six-months-on --dry-run --json"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--study", required=True, metavar="S", help="the study's short name")
        parser.add_argument("--asks", action="append", default=[], metavar="NAME", help="a speaker who asks")
        parser.add_argument("--interview", type=int, metavar="N", help="the number of its interview")
        parser.add_argument("--join-cues", action="store_true", help="join subtitles of one speaker")
        parser.add_argument("--dry-run", action="store_true", help="store nothing, say what would be")
        parser.add_argument("--json", action="store_true", help="say it as JSON")
        parser.add_argument("--as", dest="email", default="", metavar="EMAIL", help="the member who does it")

    def handle(self, *args: Any, **options: Any) -> None:
        asked = Namespace(**options)
        try:
            study, user = acting_in(asked.study, to=Permission.IMPORT_TRANSCRIPTS, email=asked.email)
        except Unknown as error:
            raise CommandError(str(error)) from error
        interview = self._interview(study, user, asked)
        told, refused = [], []
        for path in asked.files:
            try:
                data = path.read_bytes()
                prepared = preview(path.name, data, asks=asked.asks, join_cues=asked.join_cues)
                if not asked.dry_run:
                    import_transcript(
                        by=user,
                        study=study,
                        name=path.name,
                        data=data,
                        interview=interview,
                        asks=asked.asks,
                        join_cues=asked.join_cues,
                    )
                told.append(prepared)
            except OSError as error:
                refused.append(f"{path}: {error.strerror}.")
            except ValidationError as error:
                refused.append(" ".join(error.messages))
        self._tell(told, asked)
        if refused:
            raise CommandError("\n".join(refused))

    def _interview(self, study: Study, user: User, asked: Namespace) -> Interview | None:
        if asked.interview is None:
            return None
        if len(asked.files) > 1:
            raise CommandError("An interview has one transcript. Name one file for it.")
        found = without_transcript(study, user).filter(number=asked.interview).first()
        if found is None:
            raise CommandError(f"There is no interview {asked.interview} that waits for a transcript.")
        return found

    def _tell(self, told: list[Prepared], asked: Namespace) -> None:
        if asked.json:
            self.stdout.write(
                json.dumps([prepared.as_json() for prepared in told], ensure_ascii=False, indent=1)
            )
            return
        for prepared in told:
            deed = "would be" if asked.dry_run else "is"
            self.stdout.write(
                f"{prepared.file} {deed} in the study: {len(prepared.turns)} turns by "
                f"{', '.join(prepared.speakers) or 'nobody named'}."
            )
            for left in prepared.not_taken:
                self.stdout.write(f"  Not taken: {left}")
