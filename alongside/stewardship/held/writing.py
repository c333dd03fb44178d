"""The copy as a file: one gathering of what is held, written as JSON for machines, and to be read as HTML
or as a tagged PDF, in large print for whoever asked for it; or all that with the sound of one's voice."""

import json
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from importlib.resources import files
from typing import IO, Any

import typst
from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alongside.people.models import Person
from alongside.stewardship.held.kinds import Kind, whose
from alongside.stewardship.held.sound import Sound
from alongside.stewardship.held.withheld import OF_SEVERAL, WITHHELD
from alongside.vault import files as stored

# Named in the file, so that whoever reads it by machine knows what they read. docs/reference/copy.md.
FORMAT, VERSION = "alongside.copy", 1


@dataclass(frozen=True)
class Copy:
    """What is held about one person at one moment."""

    person: Person
    made: datetime
    sections: list[dict[str, Any]]
    sounds: list[Sound]

    @property
    def rows(self) -> int:
        return sum(len(section["rows"]) for section in self.sections)

    @property
    def not_in_it(self) -> list[dict[str, str]]:
        told = dict.fromkeys((*WITHHELD.values(), OF_SEVERAL))
        return [{"what": str(what), "why": str(why)} for what, why in told]


def copy_for(person: Person, kinds: Sequence[Kind]) -> Copy:
    of = whose(person)
    sections = [
        {
            "key": kind.key,
            "title": str(kind.title),
            "columns": {name: str(label) for name, label in kind.columns.items()},
            "rows": kind.told(of),
        }
        for kind in kinds
    ]
    return Copy(person, timezone.now(), sections, of.sounds)


def as_json(copy: Copy, file: IO[bytes]) -> None:
    content = {
        "format": FORMAT,
        "version": VERSION,
        "made": copy.made,
        "language": get_language(),
        "study": {"id": copy.person.study_id, "name": copy.person.study.name},
        "person": {"id": copy.person.pk, "name": copy.person.name},
        "sections": copy.sections,
        "not_in_it": copy.not_in_it,
    }
    file.write(json.dumps(content, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1).encode())


def as_html(copy: Copy, file: IO[bytes]) -> None:
    file.write(render_to_string("stewardship/copy.html", _readable(copy)).encode())


def as_pdf(copy: Copy, file: IO[bytes]) -> None:
    """Tagged for screen readers (PDF/UA-1). The words go in as data, so none of them is taken as markup."""
    content = json.dumps(_readable(copy), cls=DjangoJSONEncoder, ensure_ascii=False)
    layout = files("alongside.stewardship.held").joinpath("copy.typ").read_bytes()
    file.write(typst.compile(layout, format="pdf", sys_inputs={"copy": content}, pdf_standards=["ua-1"]))


def as_zip(copy: Copy, file: IO[bytes]) -> None:
    """The page to read and the file for software, and each recording as it was put in."""
    with zipfile.ZipFile(file, "w") as bundle:
        for name, write in (("copy.html", as_html), ("copy.json", as_json)):
            with bundle.open(name, "w") as part:
                write(copy, part)
        # Sound is packed already, and it may be long: it goes through piece by piece.
        for sound in copy.sounds:
            digest = sound.recording.sha256
            with bundle.open(sound.name, "w") as part:
                for piece in stored.pieces(digest, 0, stored.size(digest)):
                    part.write(piece)


Writer = Callable[[Copy, IO[bytes]], None]
WRITERS: dict[str, tuple[str, Writer]] = {
    "html": ("text/html; charset=utf-8", as_html),
    "pdf": ("application/pdf", as_pdf),
    "json": ("application/json", as_json),
    "zip": ("application/zip", as_zip),
}


def _readable(copy: Copy) -> dict[str, Any]:
    """The same, with every value in words and empty sections left to one sentence."""
    return {
        "language": (get_language() or "en-gb")[:2],
        "large": copy.person.format == Person.Format.LARGE_PRINT,
        "title": _("Everything held about %(name)s") % {"name": copy.person.name},
        "study": copy.person.study.name,
        "notice": copy.person.study.notice,
        "made": _("Made on %(at)s.") % {"at": _in_words(copy.made)},
        "sections": [_readable_section(section) for section in copy.sections if section["rows"]],
        "empty_title": _("Nothing is held of these"),
        "empty": [section["title"] for section in copy.sections if not section["rows"]],
        "not_title": _("What is not in this copy, and why"),
        "not_in_it": copy.not_in_it,
    }


def _readable_section(section: dict[str, Any]) -> dict[str, Any]:
    labels = section["columns"]
    rows = [
        [
            {"label": labels[name], "value": _in_words(value)}
            for name, value in row.items()
            if value not in ("", None)
        ]
        for row in section["rows"]
    ]
    return {"title": section["title"], "rows": rows}


def _in_words(value: Any) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "j F Y, H:i")
    if isinstance(value, date):
        return date_format(value, "j F Y")
    if isinstance(value, int | float):
        return str(number_format(value))
    return "\n".join(map(str, value)) if isinstance(value, list) else str(value)
