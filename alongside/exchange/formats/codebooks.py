"""Codebooks as tables and their neutral form, which every format is written from and read into."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from alongside.exchange.formats.rows import PARENT, CodebookRow, TableError
from alongside.interviews.reading.shapes import Sentence, shown

WORDS = ("definition", "include", "exclude", "example", "plain")
LONGEST_NAME = 300
MOST_CODES = 5000
# The twelve colours by the values that other programs are told.
COLOURS = {
    1: "#104325",
    2: "#b25003",
    3: "#8879df",
    4: "#9f8810",
    5: "#5a0f5e",
    6: "#3696ad",
    7: "#745246",
    8: "#c56986",
    9: "#3f6892",
    10: "#707453",
    11: "#503d82",
    12: "#7e1e55",
}
# What columns are called in a table that is made to be read, and by other programs.
ALIASES = {
    "name": "code",
    "code name": "code",
    "what it means": "definition",
    "description": "definition",
    "use it when": "include",
    "don’t use it when": "exclude",
    "don't use it when": "exclude",
    "an example": "example",
    "in plain words": "plain",
    "color": "colour",
    "out of use": "retired",
    "parent": "under",
}
TAKEN = ("id", "under", "code", *WORDS, "colour", "retired")
IMPLIED = "above row "
YES = {"yes", "y", "true", "1", "x"}


@dataclass(frozen=True)
class Entry:
    """One code. `key` is its id, or what the file has in place of one; `above` the key of its parent."""

    key: str
    above: str
    name: str
    words: Mapping[str, str] = field(default_factory=dict)
    colour: int | None = None
    retired: bool = False


@dataclass(frozen=True)
class CodebookFile:
    """Codes of a file, each after the one above it; a sentence for everything else that stands in it."""

    kind: str
    entries: tuple[Entry, ...]
    not_taken: tuple[Sentence, ...]


def entries_of(rows: Iterable[CodebookRow]) -> tuple[Entry, ...]:
    """Rows as they leave, in the neutral form."""
    listed = list(rows)
    paths = {row.id: row.code for row in listed}
    return tuple(
        Entry(
            row.id,
            row.under,
            _own_name(row.code, paths.get(row.under, "")),
            {word: getattr(row, word) for word in WORDS if getattr(row, word)},
            int(row.colour) if row.colour else None,
            row.retired == "yes",
        )
        for row in listed
    )


def _own_name(path: str, above: str) -> str:
    """The last name of a path, though names may themselves hold what stands between names."""
    before = above + PARENT
    return path[len(before) :] if above and path.startswith(before) else path


# Reading tables ---------------------------------------------------------------------------------------


def from_table(
    kind: str,
    label: str,
    header: Sequence[str],
    rows: Iterable[tuple[int, Sequence[str]]],
    beside: Iterable[Sentence] = (),
) -> CodebookFile:
    """A table with a row of columns' names: `code` is needed. `rows` are (number, cells)."""
    columns: dict[str, int] = {}
    not_taken = list(beside)
    for place, title in enumerate(header):
        called = title.strip().lower()
        column = ALIASES.get(called, called)
        if column in TAKEN and column not in columns:
            columns[column] = place
        elif called:
            not_taken.append(Sentence("The column “%(column)s”.", column=shown(title.strip())))
    if "code" not in columns:
        raise TableError(
            [
                Sentence(
                    "“%(file)s”: a column “code” was expected, “%(came)s” came.",
                    file=label,
                    came=shown(", ".join(header), 120),
                )
            ]
        )
    records = [
        _Record(number, {column: cells[at] for column, at in columns.items() if at < len(cells)})
        for number, cells in rows
    ]
    entries = list(_entries([record for record in records if record.says], not_taken))
    return whole(kind, label, entries, not_taken)


@dataclass(frozen=True)
class _Record:
    number: int
    cells: Mapping[str, str]

    @property
    def says(self) -> bool:
        return any(cell.strip() for cell in self.cells.values())

    def get(self, column: str) -> str:
        return self.cells.get(column, "").strip()


def _entries(records: list[_Record], not_taken: list[Sentence]) -> Iterator[Entry]:
    paths = {record.get("id"): record.get("code") for record in records if record.get("id")}
    by_path: dict[tuple[str, ...], str] = {}
    implied: set[str] = set()
    problems = [
        Sentence("Row %(row)d, column “code”: a name was expected, nothing came.", row=record.number)
        for record in records
        if not record.get("code")
    ]
    problems += [
        Sentence(
            "Row %(row)d, column “under”: the id of another row was expected, “%(came)s” came.",
            row=record.number,
            came=shown(record.get("under")),
        )
        for record in records
        if record.get("under") and record.get("under") not in paths
    ]
    if problems:
        raise TableError(problems)
    for record in records:
        if record.get("id") or record.get("under"):
            key, above = record.get("id") or f"row {record.number}", record.get("under")
            yield _entry(record, key, above, _own_name(record.get("code"), paths.get(above, "")), not_taken)
        else:
            yield from _by_path(record, by_path, implied, not_taken)


def _by_path(
    record: _Record, known: dict[tuple[str, ...], str], implied: set[str], not_taken: list[Sentence]
) -> Iterator[Entry]:
    """A code that is told by its path alone; those above it that have no row yet come first, and are filled
    when theirs comes."""
    names = tuple(part.strip() for part in record.get("code").split(PARENT))
    for depth in range(1, len(names)):
        if names[:depth] not in known:
            key = known[names[:depth]] = f"{IMPLIED}{record.number}, {depth}"
            implied.add(key)
            yield Entry(key, known.get(names[: depth - 1], ""), names[depth - 1])
    key = known.get(names, "")
    if key in implied:
        implied.discard(key)
    else:
        key = f"row {record.number}"
        known.setdefault(names, key)
    yield _entry(record, key, known.get(names[:-1], ""), names[-1], not_taken)


def _entry(record: _Record, key: str, above: str, name: str, not_taken: list[Sentence]) -> Entry:
    words = {word: record.get(word) for word in WORDS if record.get(word)}
    said = record.get("colour")
    colour = colour_of(said)
    if said and colour is None:
        not_taken.append(
            Sentence(
                "Row %(row)d: the colour “%(came)s”. A number from 1 to 12 or a value like #104325 was "
                "expected.",
                row=record.number,
                came=shown(said),
            )
        )
    return Entry(key, above, name, words, colour, record.get("retired").lower() in YES)


def colour_of(said: str) -> int | None:
    """The colour of a number from 1, or that which comes nearest to a value like #b25003."""
    if said.isascii() and said.isdecimal():
        return int(said) if len(said) < 4 and int(said) in COLOURS else None
    asked = _parts(said)
    if asked is None:
        return None
    return min(COLOURS, key=lambda each: _distance(_parts(COLOURS[each]) or (0, 0, 0), asked))


def _parts(said: str) -> tuple[int, int, int] | None:
    digits = said.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    if not said.startswith("#") or len(digits) != 6:
        return None
    try:
        red, green, blue = bytes.fromhex(digits)
    except ValueError:
        return None
    return red, green, blue


def _distance(one: tuple[int, int, int], other: tuple[int, int, int]) -> int:
    return sum((a - b) ** 2 for a, b in zip(one, other, strict=True))


# What any codebook must hold to ------------------------------------------------------------------------


def whole(kind: str, label: str, entries: Sequence[Entry], not_taken: Iterable[Sentence]) -> CodebookFile:
    """The file, if its codes are whole: each has a name, none stands under itself, none twice in a place."""
    if not entries:
        raise TableError([Sentence("“%(file)s”: at least one code was expected, none came.", file=label)])
    if len(entries) > MOST_CODES:
        raise TableError(
            [
                Sentence(
                    "“%(file)s”: at most %(most)d codes were expected, %(count)d came.",
                    file=label,
                    most=MOST_CODES,
                    count=len(entries),
                )
            ]
        )
    tidy = [replace(entry, name=entry.name.strip()) for entry in _filled(entries)]
    problems = list(_faults(tidy))
    if problems:
        raise TableError(problems)
    return CodebookFile(kind, tuple(_in_order(tidy)), tuple(dict.fromkeys(not_taken)))


def _filled(entries: Sequence[Entry]) -> list[Entry]:
    """A code that stood above another before its own row came is one code, with what its row says."""
    found: list[Entry] = []
    places: dict[str, int] = {}
    for entry in entries:
        if entry.key.startswith(IMPLIED) and entry.key in places:
            found[places[entry.key]] = entry
        else:
            places[entry.key] = len(found)
            found.append(entry)
    return found


def _faults(entries: list[Entry]) -> Iterator[Sentence]:
    places: set[tuple[str, str]] = set()
    keys: set[str] = set()
    for entry in entries:
        if not entry.name:
            yield Sentence("A code without a name came, a name was expected.")
        elif len(entry.name) > LONGEST_NAME:
            yield Sentence(
                "The code “%(name)s”: at most %(most)d characters were expected, %(count)d came.",
                name=shown(entry.name),
                most=LONGEST_NAME,
                count=len(entry.name),
            )
        if (entry.above, entry.name) in places:
            yield Sentence("The code “%(name)s” is there twice in one place.", name=shown(entry.name))
        if entry.key in keys:
            yield Sentence("Two codes have the id “%(id)s”.", id=shown(entry.key))
        places.add((entry.above, entry.name))
        keys.add(entry.key)
    for entry in entries:
        if entry.above and entry.above not in keys:
            yield Sentence("The code above “%(name)s” is not in the file.", name=shown(entry.name))


def _in_order(entries: list[Entry]) -> Iterator[Entry]:
    """Each after the one above it, and otherwise as they came."""
    below: dict[str, list[Entry]] = {}
    for entry in entries:
        below.setdefault(entry.above, []).append(entry)
    waiting = below.get("", [])[::-1]
    count = 0
    while waiting:
        entry = waiting.pop()
        count += 1
        yield entry
        waiting += below.get(entry.key, [])[::-1]
    if count < len(entries):
        raise TableError([Sentence("Some codes stand under themselves, in a circle.")])
