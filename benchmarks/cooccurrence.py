import sqlite3
from functools import partial

import numpy as np

from alongside.core.arrays import IntArray
from alongside.core.cooccurrence import cooccurrence
from benchmarks.harness import Report, in_turn, seconds_of

TITLE = "Which of 100 codes meet on the same words, over 50,000 codings and 4 and 16 times that"
PEER = "SQL self-join"

CODES = 100
DOCUMENTS, CODINGS = 200, 50_000
DOCUMENT_LENGTH = 33_000
CODING_LENGTHS = (20, 400)

PLAIN = """
    SELECT min(a.code, b.code), max(a.code, b.code), count(*)
    FROM coding a JOIN coding b
      ON b.document = a.document AND b.start < a.stop AND a.start < b.stop AND a.id < b.id
    GROUP BY 1, 2
"""
# The same pairs, each found from the coding that starts first: the index then gives true pairs alone.
TUNED = """
    SELECT min(a.code, b.code), max(a.code, b.code), count(*)
    FROM coding a JOIN coding b
      ON b.document = a.document AND b.start >= a.start AND b.start < a.stop
     AND (b.start > a.start OR b.id > a.id)
    GROUP BY 1, 2
"""


def project(scale: int) -> sqlite3.Connection:
    """Codings at random places, in memory, indexed as a join wants them."""
    random = np.random.default_rng(2026)
    n = CODINGS * scale
    documents = random.integers(DOCUMENTS * scale, size=n)
    codes = random.integers(CODES, size=n)
    starts = random.integers(DOCUMENT_LENGTH - CODING_LENGTHS[1], size=n)
    stops = starts + random.integers(*CODING_LENGTHS, size=n)
    database = sqlite3.connect(":memory:")
    database.execute(
        "CREATE TABLE coding (id INTEGER PRIMARY KEY, document INT, code INT, start INT, stop INT)"
    )
    rows = zip(*(column.tolist() for column in (documents, codes, starts, stops)), strict=True)
    database.executemany("INSERT INTO coding (document, code, start, stop) VALUES (?, ?, ?, ?)", rows)
    database.execute("CREATE INDEX place ON coding (document, start, stop, code)")
    database.execute("ANALYZE")
    return database


def read(database: sqlite3.Connection) -> IntArray:
    rows = database.execute("SELECT code, document, start, stop FROM coding").fetchall()
    return np.array(rows, dtype=np.int64).T


def counted(columns: IntArray) -> IntArray:
    return cooccurrence(*columns, n_codes=CODES)


def read_and_counted(database: sqlite3.Connection) -> IntArray:
    return counted(read(database))


def joined(database: sqlite3.Connection, query: str) -> IntArray:
    table = np.zeros((CODES, CODES), dtype=np.int64)
    for one, other, count in database.execute(query):
        table[one, other] = table[other, one] = count
    return table


def run(report: Report) -> None:
    for scale in (1, 4, 16):
        database = project(scale)
        columns = read(database)
        size = f"{scale}x: {CODINGS * scale:,} codings in {DOCUMENTS * scale:,} documents"
        ours = counted(columns)
        for name, query in (("plain", PLAIN), ("tuned", TUNED)):
            if not np.array_equal(ours, joined(database, query)):
                raise SystemExit(
                    f"The {name} join and ours count differently at {scale}x; nothing was timed."
                )
        report.say(f"{scale}x: both count {int(np.triu(ours).sum()):,} pairs alike")
        counting, with_reading, plain, tuned = in_turn(
            partial(seconds_of, partial(counted, columns)),
            partial(seconds_of, partial(read_and_counted, database)),
            partial(seconds_of, partial(joined, database, PLAIN)),
            partial(seconds_of, partial(joined, database, TUNED)),
            warm=False,
            budget=60,
        )
        report.row(f"{size}, read and counted", with_reading, plain, headline=scale == 1)
        report.row(f"{scale}x, already in memory", counting, plain)
        report.row(f"{scale}x, read and counted, join tuned by hand", with_reading, tuned)
        database.close()
