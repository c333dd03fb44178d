"""The real material: AnnoMI's dialogues through the same import that a user has, to a published finding."""

from django.db import transaction

from alongside.accounts.actions import give_role, invite_user, open_study
from alongside.accounts.models import Study, User
from alongside.accounts.permissions import Role
from alongside.analysis.actions import add_code, choose_passage, start_theme, tie_themes
from alongside.analysis.models import Code, Theme
from alongside.demo.practice.dialogues import Dialogue, Practice, chosen, codings, dialogues, practice
from alongside.demo.steps import Steps
from alongside.demo.tables import codings_file
from alongside.exchange.importing import import_codings
from alongside.interviews.actions import import_transcript
from alongside.interviews.models import Transcript
from alongside.interviews.queries import current_revision, turn_for
from alongside.interviews.reading.shapes import Turn
from alongside.interviews.reading.writing import to_docx, to_vtt
from alongside.reporting.actions import add_section, draw_theme, publish_report, start_report

READER = ("hilary.banks@example.org", "Hilary Banks")
ALSO = (
    ("dot.ellison@example.org", "Dot Ellison", Role.CO_RESEARCHER),
    ("priya.nair@example.org", "Priya Nair", Role.ANALYST),
    ("fern.adeyemi@example.org", "Fern Adeyemi", Role.READER),
)


@transaction.atomic
def load_practice(steps: Steps) -> Study:
    """All of the study, or none of it: an interrupted loading leaves nothing behind."""
    told = practice()
    study = told.study
    made = open_study(
        by=None,
        name=study.name,
        slug=study.slug,
        place=study.place,
        method=study.method,
        notice=study.notice,
    )
    reader = invite_user(by=None, email=READER[0], name=READER[1])
    for role in (Role.COORDINATOR, Role.ANALYST):
        give_role(by=None, study=made, user=reader, role=role)
    for email, name, role in ALSO:
        give_role(by=None, study=made, user=invite_user(by=None, email=email, name=name), role=role)
    talks = dialogues()
    with steps.step("Importing the dialogues from VTT and DOCX files"):
        transcripts = _import(steps, made, reader, talks)
        steps.result = f"{len(talks)} dialogues, {sum(len(d.turns) for d in talks):,} turns"
    with steps.step("Bringing in the experts’ codings"):
        codes = _codebook(made, reader, told)
        taken = import_codings(
            by=reader, study=made, name="annomi-codings.csv", data=codings_file(codings(talks))
        )
        steps.result = f"{taken.new:,} codings by {len(taken.coders)} coders"
    with steps.step("Building themes and writing the finding"):
        themes = _themes(made, reader, told, codes, transcripts)
        _report(made, reader, told, themes)
    return made


def _import(steps: Steps, study: Study, reader: User, talks: tuple[Dialogue, ...]) -> dict[str, Transcript]:
    """Every other dialogue goes by way of a subtitle file, the rest by way of a Word document."""
    made = {}
    for number, dialogue in enumerate(steps.each(talks)):
        turns = as_turns(dialogue)
        if number % 2:
            name, data = f"{dialogue.name}.docx", to_docx(turns, dialogue.title)
        else:
            name, data = f"{dialogue.name}.vtt", to_vtt(turns).encode("utf-8")
        made[dialogue.name] = import_transcript(by=reader, study=study, name=name, data=data)
    return made


def as_turns(dialogue: Dialogue) -> list[Turn]:
    """The turns with starting times that a file can hold: each as published, or as the one before."""
    turns, clock = [], 0
    for turn in dialogue.turns:
        clock = turn.start_ms if turn.start_ms is not None else clock
        turns.append(Turn(turn.speaker, turn.text, clock, None))
    return turns


def _codebook(study: Study, reader: User, told: Practice) -> dict[str, Code]:
    codes: dict[str, Code] = {}
    for code in told.codes:
        if code.group not in codes:
            codes[code.group] = add_code(by=reader, study=study, name=code.group)
        codes[code.path] = add_code(
            by=reader,
            study=study,
            name=code.name,
            parent=codes[code.group],
            definition=code.definition,
            include=code.include,
            exclude=code.exclude,
            colour=code.colour,
        )
    return codes


def _themes(
    study: Study, reader: User, told: Practice, codes: dict[str, Code], transcripts: dict[str, Transcript]
) -> dict[str, Theme]:
    themes = {}
    for theme in told.themes:
        made = themes[theme.key] = start_theme(
            by=reader,
            study=study,
            name=theme.name,
            idea=theme.idea,
            status=theme.status,
            codes=[codes[path] for path in theme.codes],
        )
        for path in theme.codes:
            for dialogue, turn in chosen(dialogues(), path, theme.passages):
                revision = current_revision(transcripts[dialogue.name])
                here = turn_for(revision, turn.number)
                choose_passage(by=reader, theme=made, revision=revision, start=here.start, end=here.end)
    for tie in told.ties:
        tie_themes(
            by=reader, one=themes[tie.one], other=themes[tie.other], says=tie.says, against=tie.against
        )
    return themes


def _report(study: Study, reader: User, told: Practice, themes: dict[str, Theme]) -> None:
    report = told.report
    made = start_report(
        by=reader,
        study=study,
        title=report.title,
        authors=", ".join(report.authors),
        aim=report.aim.strip(),
        methodology=report.methodology.strip(),
        findings=report.findings.strip(),
        implications=report.implications.strip(),
        limits=report.limits.strip(),
        shaped_by=report.shaped_by.strip(),
        permission=f"{report.permission.strip()}\n\n{report.citation}",
        licence=report.licence,
        shows_counts=True,
    )
    for section in report.sections:
        if section.theme:
            draw_theme(by=reader, report=made, theme=themes[section.theme], body=section.body)
        else:
            add_section(by=reader, report=made, heading=section.heading, body=section.body)
    publish_report(by=reader, report=made, audience=report.audience, version=report.version)
