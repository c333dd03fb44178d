"""A finding as a Word document, with real headings, lists and tables."""

import re
from io import BytesIO

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from docx import Document
from docx.document import Document as Docx
from docx.shared import Pt

from alongside.reporting.queries import Finding, ShownQuote

# Word's own limit for a document's title, author and comments.
LONGEST_PROPERTY = 255
# XML has no way to write these; a transcript may hold some.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def to_docx(finding: Finding) -> bytes:
    document = Document()
    document.styles["Normal"].font.name = "Georgia"
    document.styles["Normal"].font.size = Pt(11)
    _front(document, finding)
    _abstract(document, finding)
    for section in finding.sections:
        document.add_heading(_fit(section.heading), 1)
        _prose(document, section.body)
        for quote in section.quotes:
            _quote(document, quote)
    _pairs(document, finding)
    _counts(document, finding)
    _end(document, finding)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def _fit(words: str) -> str:
    return UNWRITABLE.sub("", words)


def _front(document: Docx, finding: Finding) -> None:
    report = finding.report
    document.core_properties.title = _fit(report.title)[:LONGEST_PROPERTY]
    document.core_properties.author = _fit(report.authors)[:LONGEST_PROPERTY]
    document.core_properties.comments = _fit(report.study.notice)[:LONGEST_PROPERTY]
    document.add_heading(_fit(report.title), 0)
    if report.authors:
        document.add_paragraph(_fit(report.authors))
    when = report.published or report.changed
    said = _("%(study)s. Version %(version)s, %(date)s.") % {
        "study": report.study.name,
        "version": report.version,
        "date": formats.date_format(timezone.localtime(when)),
    }
    document.add_paragraph(_fit(said))
    if report.study.notice:
        document.add_paragraph(_fit(report.study.notice), style="Intense Quote")


def _abstract(document: Docx, finding: Finding) -> None:
    report = finding.report
    document.add_heading(_("Abstract"), 1)
    for heading, words in (
        (_("Aim"), report.aim),
        (_("Methodology"), report.methodology),
        (_("Findings"), report.findings),
        (_("Implications for future practice"), report.implications),
    ):
        if words:
            document.add_heading(heading, 2)
            _prose(document, words)


def _prose(document: Docx, words: str) -> None:
    for paragraph in _fit(words).replace("\r\n", "\n").split("\n\n"):
        if paragraph.strip():
            document.add_paragraph(" ".join(paragraph.split()))


def _quote(document: Docx, quote: ShownQuote) -> None:
    if not quote.words:
        gap = _("A quote stood here. The person it belongs to has since changed what they share.")
        document.add_paragraph(gap).runs[0].italic = True
        return
    paragraph = document.add_paragraph(f"“{_fit(quote.words).strip()}”", style="Quote")
    if quote.attribution:
        paragraph.add_run(f"\n{_fit(quote.attribution)}").italic = False


def _pairs(document: Docx, finding: Finding) -> None:
    if not finding.pairs:
        return
    document.add_heading(_("From how many sides each theme was spoken of"), 1)
    head = (_("Theme"), _("Both halves"), _("One half"), _("Neither"))
    _table(document, head, [(row.theme, row.both, row.one, row.neither) for row in finding.pairs])


def _counts(document: Docx, finding: Finding) -> None:
    if not finding.counts:
        return
    document.add_heading(_("How often each code was used"), 1)
    _table(document, (_("Code"), _("Codings")), [(count.path, count.count) for count in finding.counts])
    if finding.meetings:
        document.add_heading(_("Codes that meet on the same words"), 1)
        head = (_("Code"), _("And"), _("Times"))
        _table(document, head, [(row.one, row.other, row.count) for row in finding.meetings])


def _table(document: Docx, head: tuple[str, ...], rows: list[tuple[object, ...]]) -> None:
    table = document.add_table(rows=1, cols=len(head), style="Light Grid Accent 1")
    for cell, words in zip(table.rows[0].cells, head, strict=True):
        cell.text = words
    for row in rows:
        for cell, value in zip(table.add_row().cells, row, strict=True):
            cell.text = formats.localize(value) if isinstance(value, int) else _fit(str(value))


def _end(document: Docx, finding: Finding) -> None:
    report, stats = finding.report, finding.stats
    for heading, words in (
        (_("Who shaped this"), report.shaped_by),
        (_("Limits"), report.limits),
        (_("Permission"), report.permission),
    ):
        if words:
            document.add_heading(heading, 1)
            _prose(document, words)
    document.add_heading(_("What it rests on"), 1)
    for value, name in (
        (stats.transcripts, _("conversations")),
        (stats.turns, _("turns")),
        (stats.words, _("words")),
        (stats.codings, _("codings")),
        (stats.coders, _("people who read and coded")),
    ):
        document.add_paragraph(f"{formats.localize(value)} {name}", style="List Bullet")
