"""One HTML file with its look inside it: no script, nothing fetched, the same words as the page."""

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from alongside.reporting.figures import pair_figure
from alongside.reporting.queries import Finding

SHEETS = ("css/tokens.css", "css/base.css", "css/reporting.css")


def to_html(finding: Finding) -> bytes:
    page = {
        "study": finding.report.study,
        "report": finding.report,
        "finding": finding,
        "figure": pair_figure(finding.pairs),
        "sheets": mark_safe("\n".join(_sheet(name) for name in SHEETS)),  # noqa: S308 - our own files
        "alone": True,
    }
    return render_to_string("reporting/alone.html", page).encode("utf-8")


def _sheet(name: str) -> str:
    path = finders.find(name)
    if path is None:
        raise FileNotFoundError(name)
    with open(path, encoding="utf-8") as file:
        return file.read()
