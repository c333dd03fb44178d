from alongside.interviews.reading.decoding import decode
from alongside.interviews.reading.prose import Paragraph, turns_of
from alongside.interviews.reading.shapes import LeftOut, Turn


def turns_in(name: str, data: bytes, left_out: LeftOut, join_cues: bool) -> tuple[list[Turn], str]:
    """Turns of a plain text, each line a paragraph for `prose.turns_of`."""
    text, encoding = decode(name, data)
    paragraphs = [Paragraph(number, line) for number, line in enumerate(text.split("\n"), start=1)]
    return turns_of(paragraphs, left_out), encoding
