"""The invented study, read from the files beside this one. Nothing in it happened; nothing here knows Django.

`load()` answers everything as frozen dataclasses. People, cohorts, themes and passages are named by the keys
used in the files. Moments without a zone are local to the study's or the cohort's time zone.
"""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from alongside.demo.merebank.fieldwork import (
    Booking,
    ConsentDecision,
    ConsentEvent,
    ConsentText,
    Frame,
    Guide,
    Instrument,
    Pick,
    Protocol,
    Response,
    Restriction,
)
from alongside.demo.merebank.findings import Codebook, Coding, Decision, Memo, Report, Theme, Tie
from alongside.demo.merebank.learners import Learners
from alongside.demo.merebank.offering import Offering
from alongside.demo.merebank.setting import Cohort, Person, Programme, Relationship, Study, TeamMember
from alongside.demo.merebank.tables import BadContent, build, build_all, table

HERE = Path(__file__).parent
CODING_COLUMNS = ["transcript", "turn", "quote", "code", "coder", "memo"]


@dataclass(frozen=True)
class Content:
    """`consents` come first and `changes` last: what a change sets aside has to be there before it."""

    study: Study
    team: tuple[TeamMember, ...]
    people: tuple[Person, ...]
    relationships: tuple[Relationship, ...]
    programme: Programme
    offering: Offering
    cohorts: tuple[Cohort, ...]
    learners: Learners
    consent_texts: tuple[ConsentText, ...]
    consents: tuple[ConsentEvent, ...]
    changes: tuple[ConsentEvent, ...]
    protocol: Protocol
    instruments: tuple[Instrument, ...]
    responses: tuple[Response, ...]
    frame: Frame
    picks: tuple[Pick, ...]
    guide: Guide
    bookings: tuple[Booking, ...]
    restrictions: tuple[Restriction, ...]
    transcripts: tuple[Path, ...]
    codebook: Codebook
    codings: tuple[Coding, ...]
    themes: tuple[Theme, ...]
    ties: tuple[Tie, ...]
    report: Report
    memos: tuple[Memo, ...]
    decisions: tuple[Decision, ...]


@cache
def load(folder: Path = HERE) -> Content:
    return Content(
        **_setting(folder),
        **_consent(folder),
        **_followup(folder),
        **_interviews(folder),
        **_findings(folder),
    )


def _setting(folder: Path) -> dict[str, Any]:
    study = table(folder / "study.toml")
    training = table(folder / "training.toml")
    return {
        "study": build(Study, study["study"], "study.toml, study"),
        "team": build_all(TeamMember, study["team"], "study.toml, team"),
        "people": build_all(Person, study["people"], "study.toml, people"),
        "relationships": build_all(Relationship, study["relationships"], "study.toml, relationships"),
        "programme": build(Programme, training["programme"], "training.toml, programme"),
        "cohorts": build_all(Cohort, training["cohorts"], "training.toml, cohorts"),
        "learners": build(Learners, table(folder / "learners.toml"), "learners.toml"),
        "offering": build(Offering, table(folder / "prospectus.toml"), "prospectus.toml"),
    }


def _consent(folder: Path) -> dict[str, Any]:
    consent = table(folder / "consent.toml")
    return {
        "consent_texts": build_all(ConsentText, consent["texts"], "consent.toml, texts"),
        "consents": _events(consent["decisions"], "consent.toml, decisions"),
        "changes": _events(consent["changes"], "consent.toml, changes"),
    }


def _events(rows: list[dict[str, Any]], where: str) -> tuple[ConsentEvent, ...]:
    decisions = build_all(ConsentDecision, rows, where)
    events = [event for decision in decisions for event in decision.events()]
    return tuple(sorted(events, key=lambda event: event.at))


def _followup(folder: Path) -> dict[str, Any]:
    followup = table(folder / "followup.toml")
    return {
        "protocol": build(Protocol, followup["protocol"], "followup.toml, protocol"),
        "instruments": build_all(Instrument, followup["instruments"], "followup.toml, instruments"),
        "responses": build_all(Response, followup["responses"], "followup.toml, responses"),
    }


def _interviews(folder: Path) -> dict[str, Any]:
    interviews = table(folder / "interviews.toml")
    bookings = build_all(Booking, interviews["bookings"], "interviews.toml, bookings")
    return {
        "frame": build(Frame, interviews["frame"], "interviews.toml, frame"),
        "picks": build_all(Pick, interviews["picks"], "interviews.toml, picks"),
        "guide": build(Guide, interviews["guide"], "interviews.toml, guide"),
        "bookings": bookings,
        "restrictions": build_all(Restriction, interviews["restrictions"], "interviews.toml, restrictions"),
        "transcripts": tuple(
            folder / "transcripts" / f"{b.transcript}.vtt" for b in bookings if b.transcript
        ),
    }


def _findings(folder: Path) -> dict[str, Any]:
    themes = table(folder / "themes.toml")
    return {
        "codebook": build(Codebook, table(folder / "codebook.toml"), "codebook.toml"),
        "codings": _codings(folder / "codings.csv"),
        "themes": build_all(Theme, themes["themes"], "themes.toml, themes"),
        "ties": build_all(Tie, themes["ties"], "themes.toml, ties"),
        "report": build(Report, table(folder / "report.toml"), "report.toml"),
        "memos": build_all(Memo, table(folder / "memos.toml")["memos"], "memos.toml"),
        "decisions": build_all(Decision, table(folder / "decisions.toml")["decisions"], "decisions.toml"),
    }


def _codings(path: Path) -> tuple[Coding, ...]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        if reader.fieldnames != CODING_COLUMNS:
            raise BadContent(
                f"{path.name}: columns {CODING_COLUMNS} were expected, {reader.fieldnames} came."
            )
        return tuple(
            Coding(row["transcript"], int(row["turn"]), row["quote"], row["code"], row["coder"], row["memo"])
            for row in reader
        )
