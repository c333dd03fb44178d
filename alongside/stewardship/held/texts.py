"""What was said: the person's words and the questions put to them. Of a conversation of several, the other
ones' words are left blank; the team is named by what it did, not by who did it."""

from collections.abc import Iterator
from typing import TypeVar
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from alongside.analysis.models import Coding, Passage
from alongside.interviews.models import WITHHELD, Revision, Speaker, Transcript, Turn
from alongside.people.models import Participant
from alongside.reporting.models import Quote
from alongside.stewardship.held.kinds import Kind, Value, Whose
from alongside.stewardship.queries.uses import readers_of
from alongside.stewardship.rooms import spans_apart, spoken_in, spoken_with_others

Rows = Iterator[tuple[Value, ...]]
M = TypeVar("M", Coding, Passage, Quote)


def _transcripts(of: Whose) -> Rows:
    shared = _shared(of)
    for each in _spoken(of):
        yield each.imported, each.source_kind, None if each.pk in shared else each.revisions.count()


def _turns(of: Whose) -> Rows:
    shared = _shared(of)
    for transcript in _spoken(of):
        # Another one's stop may take the earlier texts of a conversation of several.
        told = (
            transcript.revisions.filter(is_current=True) if transcript.pk in shared else transcript.revisions
        )
        for revision in told.order_by("number"):
            text = _without_others(revision, of.participant)
            for turn in revision.turns.select_related("speaker").order_by("number"):
                yield (
                    transcript.imported,
                    revision.number,
                    turn.number,
                    turn.clock,
                    _called(turn.speaker, of.participant),
                    turn.words_in(text),
                )


def _readers(of: Whose) -> Rows:
    yield from readers_of(of.person.study, [each.pk for each in _spoken(of)])


def _codings(of: Whose) -> Rows:
    for coding, words in _cut(of, Coding.objects.select_related("code").order_by("revision", "start", "pk")):
        yield words, coding.code.name, coding.made, coding.removed


def _passages(of: Whose) -> Rows:
    for passage, words in _cut(
        of, Passage.objects.select_related("theme").order_by("revision", "start", "pk")
    ):
        yield words, passage.theme.name


def _quotes(of: Whose) -> Rows:
    for quote, words in _cut(of, Quote.objects.select_related("section__report").order_by("pk")):
        report = quote.section.report
        title = report.title if report.published else now("A draft that the team is writing")
        yield words, title, report.get_audience_display(), report.published, quote.attribution


def _spoken(of: Whose) -> QuerySet[Transcript]:
    if of.participant is None:
        return Transcript.objects.none()
    return spoken_in(of.participant).order_by("imported", "pk")


def _shared(of: Whose) -> set[UUID]:
    """Conversations in which somebody else who takes part speaks, or did."""
    if of.participant is None:
        return set()
    return set(spoken_with_others(of.participant).values_list("pk", flat=True))


def _called(speaker: Speaker, participant: Participant | None) -> str:
    if participant is not None and speaker.participant_id == participant.pk:
        return now("You")
    if speaker.participant_id is not None:
        return now("Someone else")
    return now("The interviewer") if speaker.kind == Speaker.Kind.ASKS else now("A voice")


def _without_others(revision: Revision, participant: Participant | None) -> str:
    """The text, with the words of others who take part left blank. Every word keeps its place."""
    text = revision.text
    others = revision.turns.filter(speaker__participant__isnull=False).exclude(
        speaker__participant=participant
    )
    for turn in others:
        text = text[: turn.start] + WITHHELD * (turn.end - turn.start) + text[turn.end :]
    return text


def _cut(of: Whose, rows: QuerySet[M]) -> Iterator[tuple[M, str]]:
    """Spans of the person's words with those words, one text at a time."""
    if of.participant is None:
        return
    texts: dict[int, str] = {}
    for row in spans_apart(rows, of.participant).select_related("revision").defer("revision__text"):
        revision = row.revision
        assert revision is not None
        if revision.pk not in texts:
            texts = {revision.pk: _without_others(revision, of.participant)}
        yield row, texts[revision.pk][row.start : row.end]


TEXTS = (
    Kind(
        "transcripts",
        _("Conversations of mine that were written down"),
        (Transcript, Revision),
        {"at": _("Written down on"), "kind": _("Kind of file"), "texts": _("How often it was gone over")},
        _transcripts,
    ),
    Kind(
        "words",
        _("What was said"),
        (Turn, Speaker),
        {
            "at": _("Written down on"),
            "text": _("Text"),
            "number": _("Turn"),
            "clock": _("Clock"),
            "who": _("Who"),
            "words": _("Words"),
        },
        _turns,
    ),
    Kind(
        "readers",
        _("Who read it, by their role"),
        (),
        {"day": _("Day"), "roles": _("As")},
        _readers,
    ),
    Kind(
        "codings",
        _("What the team noted my words are about"),
        (Coding,),
        {"words": _("My words"), "about": _("About"), "made": _("Noted on"), "removed": _("Taken off on")},
        _codings,
    ),
    Kind(
        "passages",
        _("Words of mine that were chosen for a theme"),
        (Passage,),
        {"words": _("My words"), "theme": _("Theme")},
        _passages,
    ),
    Kind(
        "quotes",
        _("Words of mine in findings"),
        (Quote,),
        {
            "words": _("My words"),
            "finding": _("Finding"),
            "audience": _("For"),
            "published": _("Published"),
            "attribution": _("How I am described"),
        },
        _quotes,
    ),
)
