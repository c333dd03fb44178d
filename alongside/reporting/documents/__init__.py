"""A finding as a file that stands alone."""

from collections.abc import Callable

from alongside.reporting.documents.docx import to_docx
from alongside.reporting.documents.html import to_html
from alongside.reporting.queries import Finding

WRITERS: dict[str, tuple[str, Callable[[Finding], bytes]]] = {
    "html": ("text/html; charset=utf-8", to_html),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", to_docx),
}

__all__ = ["WRITERS"]
