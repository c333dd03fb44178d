import re
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from alongside.audit.models import Entry

TWO_TURNS = b"""WEBVTT

00:00:01.000 --> 00:00:04.000
<v Josef>How was it?</v>

00:00:05.000 --> 00:00:09.000
<v Rowan>Quiet. A good quiet.</v>
"""


def upload(name: str, data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def kept_files() -> set[str]:
    """The names of every file in the vault."""
    return {path.name for path in (Path(settings.ALONGSIDE_DATA) / "files").glob("*/*")}


def bare(page: bytes, pk: object) -> str:
    """A page without its own address and without the tokens that differ on every page."""
    without = re.sub(r"[A-Za-z0-9]{64}", "", page.decode())
    return without.replace(str(pk), "")


def verbs() -> list[str]:
    return list(Entry.objects.order_by("pk").values_list("verb", flat=True))
