import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

SIXTY = 60
SPACE = " \t\n\f\v\u00a0"
LONGEST_LABEL, MOST_WORDS = 60, 6
CLOCK = r"(?:[0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}|[0-9]{1,3}:[0-9]{2})(?:[.,][0-9]{1,3})?"
# White space is counted, because unbounded white space beside a label of any length would be slow to refuse.
GAP = r"[^\S\n]{0,20}"
LABEL = r"(?P<label>[^\s:：\[\]{}<>|=!?;\"“”…][^:：\n\[\]{}<>|=!?;\"“”…]{0,59}?)"
COLON = rf"{GAP}(?::(?=\s|$)|：)"


def _range(start: str, end: str) -> str:
    return rf"(?P<{start}>{CLOCK})(?:{GAP}(?:-->|-|–|—|to){GAP}(?P<{end}>{CLOCK}))?"


RANGE = _range("start", "end")
BARE_RANGE = _range("bare_start", "bare_end")
STAMP = re.compile(rf"(?:(?P<open>[\[(]){GAP}{RANGE}{GAP}[\])]|{BARE_RANGE}(?=\s)){GAP}(?:[-–—:]\s{GAP})?")
FRAMED = re.compile(rf"\[(?P<label>[^\[\]\n]*)\]{COLON}")
SPOKEN = re.compile(rf"{LABEL}{COLON}")
SPOKEN_AT = re.compile(rf"{LABEL}{GAP}[\[(]{GAP}{RANGE}{GAP}[\])](?:{COLON}|{GAP}$)")
HEADED = re.compile(rf"(?:\[(?P<framed>[^\[\]\n]+)\]|{LABEL})\s{GAP}{RANGE}{GAP}$")
HEAD_AFTER = re.compile(rf"{LABEL}{GAP}$")
ARROW = re.compile(rf"(?P<start>{CLOCK}){GAP}-->{GAP}(?P<end>{CLOCK}){GAP}$")
# Small words that stand inside names and roles: "Ann van Dijk", "Head of Care".
WITHIN_NAMES = frozenset({"and", "da", "de", "del", "der", "di", "du", "la", "le", "of", "the", "van", "von"})


@dataclass(frozen=True)
class Opening:
    """How a paragraph says that a turn begins.

    `label` is None when only a time is given. `sure` marks a label that needs no second look; `weak`
    one that counts only when it comes back (a time, then a few words, and nothing else).
    """

    label: str | None
    text: str
    start_ms: int | None = None
    end_ms: int | None = None
    sure: bool = False
    weak: bool = False


def milliseconds(clock: str) -> int | None:
    """Of `1:02:03.4`, `02:03` or `75:10`; None when seconds pass 59, or minutes after hours do."""
    whole, _, fraction = clock.replace(",", ".").partition(".")
    parts = [int(part) for part in whole.split(":")]
    hours, minutes, seconds = parts if len(parts) == 3 else [0, *parts]
    if seconds >= SIXTY or (len(parts) == 3 and minutes >= SIXTY):
        return None
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + int(fraction.ljust(3, "0") or 0)


def _times(start: str | None, end: str | None) -> tuple[int | None, int | None] | None:
    """Start and end, or None when the clock is impossible and the words should stay words."""
    begin = milliseconds(start) if start else None
    finish = milliseconds(end) if end else None
    if (start and begin is None) or (end and finish is None):
        return None
    if begin is not None and finish is not None and finish < begin:
        return None
    return begin, finish


def opening(paragraph: str) -> Opening | None:
    """The opening of a turn in a paragraph's first line, or None when it goes on with what was before."""
    line, newline, below = paragraph.partition("\n")
    arrow = ARROW.match(line)
    if arrow:
        return _under_arrow(arrow, below)
    stamp = STAMP.match(line)
    found = _after_stamp(line, stamp) if stamp else None
    found = found or _unstamped(line)
    if found is None or not newline:
        return found
    text = f"{found.text}\n{below}" if found.text else below
    return Opening(found.label, text, found.start_ms, found.end_ms, found.sure, found.weak)


def _under_arrow(arrow: re.Match[str], below: str) -> Opening | None:
    """Older Teams exports: `0:0:5.100 --> 0:0:8.250`, the speaker on the next line, words below."""
    times = _times(arrow["start"], arrow["end"])
    if times is None:
        return None
    first, _, rest = below.partition("\n")
    label = HEAD_AFTER.fullmatch(first.strip())
    if label and rest.strip() and _short(label["label"]):
        return Opening(_name(label["label"]), rest, *times)
    return Opening(None, below, *times)


def _after_stamp(line: str, stamp: re.Match[str]) -> Opening | None:
    times = _times(stamp["start"] or stamp["bare_start"], stamp["end"] or stamp["bare_end"])
    if times is None:
        return None
    rest = line[stamp.end() :]
    framed = FRAMED.match(rest)
    if framed:
        return Opening(_name(framed["label"]), rest[framed.end() :].lstrip(SPACE), *times, sure=True)
    spoken = SPOKEN.match(rest)
    if spoken and _short(spoken["label"]):
        return Opening(_name(spoken["label"]), rest[spoken.end() :].lstrip(SPACE), *times)
    head = HEAD_AFTER.fullmatch(rest)
    if head and not stamp["open"] and _short(head["label"]) and line.count(":") > 1:
        return Opening(_name(head["label"]), "", *times, weak=True)
    return Opening(None, rest.lstrip(SPACE), *times) if stamp["open"] == "[" else None


def _unstamped(line: str) -> Opening | None:
    framed = FRAMED.match(line)
    if framed:
        return Opening(_name(framed["label"]), line[framed.end() :].lstrip(SPACE), sure=True)
    for pattern in (SPOKEN_AT, HEADED, SPOKEN):
        match = pattern.match(line)
        if match is None:
            continue
        groups = match.groupdict()
        label = groups.get("framed") or groups["label"]
        times = _times(groups.get("start"), groups.get("end"))
        if label and times is not None and _short(label):
            return Opening(_name(label), line[match.end() :].lstrip(SPACE), *times)
    return None


def _name(label: str) -> str:
    return " ".join(label.split())


def _short(label: str) -> bool:
    words = label.split()
    return 0 < len(words) <= MOST_WORDS and len(label) <= LONGEST_LABEL


def looks_like_a_name(label: str) -> bool:
    """Every word begins as names do, and there is a letter (or another sign beyond ASCII) in it."""
    if not any(char.isalpha() or not char.isascii() for char in label):
        return False
    return not any(word[0].islower() and word not in WITHIN_NAMES for word in label.split())


def labels_that_count(openings: Iterable[Opening]) -> frozenset[str]:
    """The labels which name speakers: those which look like a name, and those which come back.

    `practitioner: ...` or `and so I said: ...` counts when it opens at least two paragraphs.
    """
    seen: Counter[str] = Counter()
    named: set[str] = set()
    for each in openings:
        if each.label:
            seen[each.label] += 1
            if each.sure or (not each.weak and looks_like_a_name(each.label)):
                named.add(each.label)
    return frozenset(named | {label for label, times in seen.items() if times > 1})
