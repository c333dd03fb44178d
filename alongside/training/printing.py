"""Stories and certificates as files. Words go into a PDF as data, so none of them is taken as markup."""

import json
from collections.abc import Callable
from hashlib import sha256
from importlib.resources import files
from typing import Any

import typst
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alongside.training.models import Completion, Copy, Narrative


def digest(content: bytes) -> str:
    return sha256(content).hexdigest()


def as_text(narrative: Narrative) -> bytes:
    parts = [narrative.title, *_around(narrative), narrative.words, _asked()]
    return "\n\n".join(parts).encode()


def as_pdf(narrative: Narrative) -> bytes:
    told = {
        "title": narrative.title,
        "around": _around(narrative),
        "words": narrative.words.replace("\r\n", "\n"),
        "asked": _asked(),
    }
    return _set("story.typ", told)


WRITERS: dict[str, Callable[[Narrative], bytes]] = {Copy.Format.TEXT: as_text, Copy.Format.PDF: as_pdf}


def _around(narrative: Narrative) -> list[str]:
    told = {
        "name": narrative.teller.name,
        "audience": narrative.audience,
        "purpose": narrative.purpose,
        "day": date_format(narrative.expires, "j F Y"),
    }
    return [
        _("A story of %(name)s’s own.") % told,
        _("What for: %(purpose)s") % told,
        _("For whom: %(audience)s") % told,
        _("Until %(day)s.") % told,
    ]


def _asked() -> str:
    return _("Please keep this for yourself. When its teller takes it back, you are asked to delete it.")


def as_certificate(completion: Completion, name: str, site: str) -> bytes:
    """On A4: who, which course, when, which college, and a number by which anyone can ask if it is real.

    Nothing on it says who stood where.
    """
    return _set("certificate.typ", on_certificate(completion, name, site))


def on_certificate(completion: Completion, name: str, site: str) -> dict[str, Any]:
    """What is printed on it, in words."""
    cohort, study = completion.cohort, completion.cohort.study
    days = {"first": _day(completion, last=False), "last": _day(completion, last=True)}
    return {
        "title": _("Certificate"),
        "college": study.place or study.name,
        "lines": [_("This is to say that"), _("has completed the course")],
        "name": name,
        "course": cohort.programme.title,
        "group": cohort.name,
        "when": _("%(first)s to %(last)s") % days if days["first"] != days["last"] else days["last"],
        "number": _("Number %(number)s") % {"number": completion.number},
        "check": _("Whether it is real can be asked at %(address)s")
        % {"address": site.rstrip("/") + reverse("training:certificate", args=[completion.number])},
        "notice": study.notice,
    }


def _day(completion: Completion, *, last: bool) -> str:
    cohort = completion.cohort
    held = cohort.sessions.exclude(state="cancelled").order_by("-starts" if last else "starts").first()
    return date_format(held.local_start if held else completion.on, "j F Y")


def _set(layout: str, told: dict[str, Any]) -> bytes:
    content = json.dumps({"language": (get_language() or "en-gb")[:2], **told}, ensure_ascii=False)
    source = files("alongside.training.layouts").joinpath(layout).read_bytes()
    made: bytes = typst.compile(source, format="pdf", sys_inputs={"told": content}, pdf_standards=["ua-1"])
    return made
