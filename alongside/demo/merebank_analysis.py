"""Codebook, codings, memos, themes and the finding of the invented study."""

from datetime import datetime
from zoneinfo import ZoneInfo

from alongside.accounts.models import Study, User
from alongside.analysis.actions import (
    add_code,
    choose_passage,
    keep_memo,
    start_theme,
    tie_themes,
)
from alongside.analysis.models import Code, Theme
from alongside.demo.merebank import findings
from alongside.demo.merebank.content import Content
from alongside.demo.tables import codings_file
from alongside.exchange.importing import import_codings
from alongside.interviews.models import Revision, Transcript
from alongside.interviews.queries import current_revision, turn_for
from alongside.people.actions import link_pair
from alongside.people.models import Person, WorkingRelationship
from alongside.people.queries import participants_of, permits
from alongside.reporting.actions import add_quote, add_section, check_quote, publish_report, start_report
from alongside.reporting.models import Report

Place = tuple[Revision, int, int]


def analyse(
    study: Study,
    told: Content,
    people: dict[str, Person],
    team: dict[str, User],
    transcripts: dict[str, Transcript],
    zone: ZoneInfo,
) -> None:
    codes = _codebook(study, told, team["hilary"])
    _code(study, told, team)
    themes, places = _themes(study, told, team["hilary"], codes, transcripts)
    _memos(study, told, team, codes, themes, transcripts, zone)
    _link_pairs(study)
    _report(study, told, team["hilary"], themes, places)


def _codebook(study: Study, told: Content, by: User) -> dict[str, Code]:
    codes = {}
    for group in told.codebook.groups:
        codes[group.name] = add_code(by=by, study=study, name=group.name, definition=group.definition)
    for code in told.codebook.codes:
        codes[code.path] = add_code(
            by=by,
            study=study,
            name=code.name,
            parent=codes[code.group],
            definition=code.definition,
            include=code.include,
            exclude=code.exclude,
            example=code.example,
            colour=code.colour,
        )
    return codes


def _code(study: Study, told: Content, team: dict[str, User]) -> None:
    """Each reader's own table, brought in by that reader."""
    for member in team.values():
        own = [coding for coding in told.codings if coding.coder == member.name]
        if own:
            import_codings(by=member, study=study, name=f"codings-{member.name}.csv", data=codings_file(own))


def _themes(
    study: Study, told: Content, by: User, codes: dict[str, Code], transcripts: dict[str, Transcript]
) -> tuple[dict[str, Theme], dict[str, Place]]:
    themes, places = {}, {}
    for known in told.themes:
        theme = themes[known.key] = start_theme(
            by=by,
            study=study,
            name=known.name,
            idea=known.idea.strip(),
            status=known.status,
            named_by=known.named_by,
            named=known.named,
            codes=[codes[path] for path in known.codes],
        )
        for passage in known.passages:
            place = places[passage.key] = _place(transcripts, passage)
            choose_passage(by=by, theme=theme, revision=place[0], start=place[1], end=place[2])
    for tie in told.ties:
        tie_themes(by=by, one=themes[tie.one], other=themes[tie.other], says=tie.says, against=tie.against)
    return themes, places


def _place(transcripts: dict[str, Transcript], passage: findings.Passage) -> Place:
    revision = current_revision(transcripts[passage.transcript])
    turn = turn_for(revision, passage.turn)
    start = revision.text.index(passage.quote, turn.start, turn.end)
    return revision, start, start + len(passage.quote)


def _memos(
    study: Study,
    told: Content,
    team: dict[str, User],
    codes: dict[str, Code],
    themes: dict[str, Theme],
    transcripts: dict[str, Transcript],
    zone: ZoneInfo,
) -> None:
    for memo in told.memos:
        made: datetime = memo.made.replace(tzinfo=zone)
        keep_memo(
            by=team[memo.author],
            study=study,
            words=memo.words,
            transcript=transcripts.get(memo.transcript),
            code=codes.get(memo.code),
            theme=themes.get(memo.theme),
            private=memo.private,
            made=made,
        )


def _link_pairs(study: Study) -> None:
    for relationship in WorkingRelationship.objects.filter(study=study, ended=None):
        halves = relationship.halves
        if len(participants_of(halves)) == 2 and all(permits(half, "pair_link") for half in halves):
            link_pair(by=None, relationship=relationship)


def _report(
    study: Study, told: Content, by: User, themes: dict[str, Theme], places: dict[str, Place]
) -> Report:
    known = told.report
    report = start_report(
        by=by,
        study=study,
        title=known.title,
        authors=", ".join(known.authors),
        aim=known.aim.strip(),
        methodology=known.methodology.strip(),
        findings=known.findings.strip(),
        implications=known.implications.strip(),
        limits=known.limits.strip(),
        shaped_by=known.shaped_by.strip(),
        checked_by=known.checked_by,
        permission=known.permission.strip(),
        licence=known.licence,
    )
    # Its readers are named first, since a quote asks what they may read.
    report.audience = known.audience
    for section in known.sections:
        made = add_section(
            by=by,
            report=report,
            heading=section.heading,
            body=section.body,
            theme=themes.get(section.theme),
        )
        for quote in section.quotes:
            revision, start, end = places[quote.passage]
            added = add_quote(by=by, section=made, revision=revision, start=start, end=end, big=quote.big)
            check_quote(by=by, quote=added, note=quote.insider)
    return publish_report(by=by, report=report, audience=known.audience, version=known.version)
