"""Codings of the demonstration as the CSV file that any user could bring in."""

from collections.abc import Iterable

from alongside.demo.merebank.findings import Coding
from alongside.exchange.formats.tables import CodingRow, write_codings


def codings_file(codings: Iterable[Coding]) -> bytes:
    rows = (
        CodingRow(
            transcript=coding.transcript,
            turn=coding.turn,
            start=None,
            end=None,
            quote=coding.quote,
            code=coding.code,
            coder=coding.coder,
            memo=coding.memo,
        )
        for coding in codings
    )
    return "".join(write_codings(rows)).encode("utf-8")
