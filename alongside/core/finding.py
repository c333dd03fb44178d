"""Words and phrases looked for in a text, whatever their capitals and however their accents are written."""

import re
import unicodedata
from functools import cache

_QUOTED = re.compile(r'["“”„«»]([^"“”„«»]*)["“”„«»]?')
_APOSTROPHES = "'’"
# What ends a sentence, with the quotation marks and brackets that close behind it.
_ENDS = re.compile(r"(?:[.!?…]+[\"”’»)\]]*(?=\s|$)|[。！？]+[」』）]*|\n)")


@cache
def marks() -> str:
    """The combining marks, as they stand inside the brackets of a pattern."""
    known = (chr(point) for point in range(0x300, 0x20000))
    return re.escape("".join(each for each in known if unicodedata.category(each).startswith("M")))


def phrases(query: str) -> list[str]:
    """What a query asks for, recomposed (NFC): words, and each phrase in quotation marks."""
    text = unicodedata.normalize("NFC", query)
    quoted = [" ".join(found.split()) for found in _QUOTED.findall(text)]
    asked = [*quoted, *_QUOTED.sub(" ", text).split()]
    return list(dict.fromkeys(phrase for phrase in asked if phrase))


def pattern(phrase: str, *, whole: bool) -> re.Pattern[str]:
    """Finds `phrase` in a text: composed or not, with either apostrophe and any white space between words;
    with `whole`, not as a part of longer words."""
    inside = r"\s+".join("".join(map(_either, word)) for word in phrase.split())
    before = r"(?<!\w)" if whole else ""
    after = rf"(?![\w{marks()}])" if whole else f"(?![{marks()}])"
    return re.compile(f"{before}(?:{inside}){after}", re.IGNORECASE)


def _either(letter: str) -> str:
    if letter in _APOSTROPHES:
        return f"[{_APOSTROPHES}]"
    apart = unicodedata.normalize("NFD", letter)
    return re.escape(letter) if apart == letter else f"(?:{re.escape(letter)}|{re.escape(apart)})"


def plainest(phrase: str) -> str:
    """The longest run of plain letters in `phrase`, or nothing: whatever `pattern` finds holds it, but for
    its capitals. For asking a database that knows less of letters."""
    runs = re.findall(r"[A-Za-z0-9]+", phrase)
    return max(runs, key=len, default="")


def sentences(text: str) -> list[tuple[int, int]]:
    """Where each sentence of `text` begins and ends, without the white space around it."""
    found, start = [], 0
    for end in [*(match.end() for match in _ENDS.finditer(text)), len(text)]:
        said = text[start:end]
        if said.strip():
            first = start + len(said) - len(said.lstrip())
            found.append((first, start + len(said.rstrip())))
        start = end
    return found
