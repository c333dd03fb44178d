"""Memos as a Word document: what each is about as a heading, then its words, then who wrote it and when."""

import io
import re
from collections.abc import Iterable
from dataclasses import dataclass

from docx import Document
from docx.shared import Pt

# Word's own limit for a document's title.
LONGEST_PROPERTY = 255
# XML has no way to write these.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class WrittenMemo:
    """A memo in words as they are to stand on the page, in the language of whoever takes it."""

    heading: str
    passage: str
    words: str
    signed: str


def memos_docx(title: str, notice: str, memos: Iterable[WrittenMemo]) -> bytes:
    """A Word file; `notice` stands below the title where there is one."""
    document = Document()
    document.styles["Normal"].font.name = "Georgia"
    document.styles["Normal"].font.size = Pt(11)
    document.core_properties.title = _fit(title)[:LONGEST_PROPERTY]
    document.core_properties.author = ""
    document.add_heading(_fit(title), 0)
    if notice:
        document.add_paragraph(_fit(notice), style="Intense Quote")
    for memo in memos:
        document.add_heading(_fit(memo.heading), 2)
        if memo.passage:
            document.add_paragraph(_fit(memo.passage), style="Quote")
        for paragraph in re.split(r"\n{2,}", _fit(memo.words).replace("\r\n", "\n")):
            document.add_paragraph(paragraph)
        document.add_paragraph().add_run(_fit(memo.signed)).italic = True
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _fit(words: str) -> str:
    return UNWRITABLE.sub("", words)
