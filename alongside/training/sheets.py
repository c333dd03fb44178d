"""A sheet of paper to sign on: names, boxes, and some lines for whoever isn't on it."""

import json
from dataclasses import dataclass
from importlib.resources import files

import typst
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alongside.training.models import Session
from alongside.training.queries import learners

BLANK_LINES = 5


@dataclass(frozen=True)
class Sheet:
    """Names only: no role, and nothing of what anybody needs."""

    title: str
    group: str
    when: str
    where: str
    names: list[str]

    @property
    def blank(self) -> range:
        return range(BLANK_LINES)


def sheet_of(session: Session) -> Sheet:
    starts, ends = (timezone.localtime(at, session.cohort.zone) for at in (session.starts, session.ends))
    told = {"day": date_format(starts, "l j F Y, H:i"), "ends": date_format(ends, "H:i")}
    return Sheet(
        title=_("Session %(number)s: %(title)s") % {"number": session.number, "title": session.title},
        group=session.cohort.name,
        when=_("%(day)s to %(ends)s") % told,
        where=session.where,
        names=[person.name for person in learners(session.cohort)],
    )


def as_pdf(sheet: Sheet) -> bytes:
    """Tagged for screen readers (PDF/UA-1). The words go in as data, so none of them is taken as markup."""
    words = {
        "language": (get_language() or "en-gb")[:2],
        "title": sheet.title,
        "group": sheet.group,
        "when": sheet.when,
        "where": sheet.where,
        "names": sheet.names,
        "blank": BLANK_LINES,
        "name": _("Name"),
        "signature": _("Signature"),
    }
    content = json.dumps(words, cls=DjangoJSONEncoder, ensure_ascii=False)
    layout = files("alongside.training").joinpath("sheet.typ").read_bytes()
    made: bytes = typst.compile(layout, format="pdf", sys_inputs={"sheet": content}, pdf_standards=["ua-1"])
    return made
