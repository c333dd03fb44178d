from dataclasses import dataclass
from itertools import islice
from uuid import UUID

import numpy as np
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, F, Prefetch, Q, QuerySet, Sum
from django.db.models.functions import Substr
from django.http import Http404

from alongside.accounts.models import Study, User
from alongside.accounts.permissions import Permission
from alongside.accounts.queries import NOT_HERE
from alongside.analysis.models import Coding
from alongside.analysis.queries import WORDS, code_paths, coding_arrays, codings_permitting, turns_at
from alongside.core.cooccurrence import cooccurrence
from alongside.interviews.models import Interview, Revision, Speaker, Transcript, Turn
from alongside.interviews.queries import (
    PARTICIPANT_PATHS,
    readable_transcripts,
    transcripts_open_to,
    transcripts_permitting,
    transcripts_unasked,
)
from alongside.people.models import Pair, Purpose
from alongside.people.queries import behind_firewall, pairs
from alongside.reporting.models import Quote, Report, Section

# Doors ------------------------------------------------------------------------------------------------


def report_for(study: Study, pk: UUID) -> Report:
    """The door for the study's own readers; a draft opens only to those who write."""
    report = readable(study).filter(pk=pk).select_related("study").first()
    if report is None:
        raise Http404(NOT_HERE)
    return report


def public_report(pk: UUID) -> Report:
    """The door for whoever reads a finding: only what was published for anyone."""
    report = (
        Report.objects.filter(pk=pk, audience=Report.Audience.PUBLIC, published__isnull=False)
        .select_related("study")
        .first()
    )
    if report is None:
        raise Http404(NOT_HERE)
    return report


def section_for(study: Study, pk: int) -> Section:
    section = Section.objects.filter(report__study=study, pk=pk).select_related("report__study").first()
    if section is None:
        raise Http404(NOT_HERE)
    return section


def quote_for(study: Study, user: User, pk: int) -> Quote:
    quote = (
        Quote.objects.filter(
            section__report__study=study, pk=pk, revision__transcript__in=transcripts_open_to(study, user)
        )
        .select_related("section__report__study")
        .first()
    )
    if quote is None:
        raise Http404(NOT_HERE)
    return quote


def reports(study: Study) -> QuerySet[Report]:
    return Report.objects.filter(study=study).annotate(times_read=Sum("reads__count")).order_by("number")


def holds_participants(transcript: Transcript) -> bool:
    """Whether anybody who takes part in the study speaks in it, or is spoken with."""
    interview = transcript.interview
    if interview is not None and interview.participant_id is not None:
        return True
    return transcript.speakers.filter(participant__isnull=False).exists()


def speaker_at(revision: Revision, offset: int) -> Speaker | None:
    turn = (
        Turn.objects.filter(revision=revision, start__lte=offset, end__gt=offset)
        .select_related("speaker__participant", "speaker__transcript__interview")
        .first()
    )
    return turn.speaker if turn else None


# The finding as it is read ----------------------------------------------------------------------------


@dataclass(frozen=True)
class ShownQuote:
    """Words, or the gap they left when the person they belong to changed what they share."""

    pk: int
    words: str
    attribution: str
    big: bool
    checked: bool
    note: str = ""
    transcript: UUID | None = None
    turn: Turn | None = None


@dataclass(frozen=True)
class ShownSection:
    pk: int
    heading: str
    body: str
    theme_id: UUID | None
    quotes: list[ShownQuote]


@dataclass(frozen=True)
class PairRow:
    """How many pairs spoke to a theme from both sides, from one, from neither."""

    theme: str
    both: int
    one: int
    neither: int


@dataclass(frozen=True)
class CodeCount:
    path: str
    count: int


@dataclass(frozen=True)
class Meeting:
    """Two codes whose passages overlap, and how often."""

    one: str
    other: str
    count: int

    @property
    def is_kin(self) -> bool:
        """Whether one code stands under the other: then they meet by design."""
        shorter, longer = sorted((self.one, self.other), key=len)
        return longer.startswith(f"{shorter} > ")


@dataclass(frozen=True)
class Stats:
    transcripts: int
    interviewed: int
    pairs: int
    turns: int
    words: int
    coders: int
    codings: int


@dataclass(frozen=True)
class Numbers:
    stats: Stats
    pairs: list[PairRow]
    pairs_hidden: bool
    counts: list[CodeCount]
    meetings: list[Meeting]


@dataclass(frozen=True)
class Finding(Numbers):
    report: Report
    sections: list[ShownSection]


def finding(report: Report, user: User | AnonymousUser | None) -> Finding:
    """Everything a reader of `report` sees. Only a published report is the same for everyone.

    In a draft the firewall holds for numbers too: nobody counts words of someone they work with.
    """
    reader = user if report.published is None else None
    numbers = numbers_now(report, reader) if report.published is None else kept_numbers(report)
    return Finding(**vars(numbers), report=report, sections=_sections(report, reader))


Reader = User | AnonymousUser | None


def numbers_now(report: Report, reader: Reader = None) -> Numbers:
    """What is counted at this moment, of all who may be counted or of those whom `reader` may know of."""
    study, hidden = report.study, hides_pairs(report)
    counts = code_counts(study, reader) if report.shows_counts else []
    return Numbers(
        stats=stats(study, reader),
        pairs=[] if hidden else pair_rows(report, reader),
        pairs_hidden=hidden,
        counts=counts,
        meetings=meetings(study, reader) if counts else [],
    )


def kept_numbers(report: Report) -> Numbers:
    """What it said when it was published: nobody learns from it who stopped since."""
    kept, shown = report.numbers or {}, report.shows_counts
    return Numbers(
        stats=Stats(**kept["stats"]),
        pairs=[PairRow(**row) for row in kept["pairs"]],
        pairs_hidden=kept["pairs_hidden"],
        counts=[CodeCount(**row) for row in kept["counts"]] if shown else [],
        meetings=[Meeting(**row) for row in kept["meetings"]] if shown else [],
    )


def _counted(study: Study, reader: Reader) -> QuerySet[Transcript]:
    """Transcripts whose words count in a finding: all that may be used, or those its reader may read."""
    return (
        transcripts_permitting(study, Purpose.INTERVIEW)
        if reader is None
        else readable_transcripts(study, reader)
    )


def _counted_codings(study: Study, reader: Reader) -> QuerySet[Coding]:
    codings = codings_permitting(study, Purpose.INTERVIEW)
    return codings.filter(revision__transcript__in=_counted(study, reader))


def _counted_pairs(study: Study, reader: Reader) -> QuerySet[Pair]:
    return Pair.objects.filter(study=study) if reader is None else pairs(study, reader)


def _sections(report: Report, user: User | AnonymousUser | None) -> list[ShownSection]:
    willing = transcripts_permitting(report.study, report.quotation_purpose)
    shown = Quote.objects.filter(revision__transcript__in=willing)
    if user is not None:
        shown = shown.filter(revision__transcript__in=transcripts_open_to(report.study, user))
    cut = shown.filter(section__report=report).annotate(
        words=Substr("revision__text", F("start") + 1, F("end") - F("start"))
    )
    standing = {quote.pk: quote for quote in cut.defer("revision__text").select_related("revision")}
    turns = turns_at([place for quote in standing.values() if (place := _place(quote))])
    # A gap says that somebody changed what they share, so of a barred person there isn't even a gap; nor is
    # there one of whom the reader hasn't said yet whether they know them.
    places = quotes_as_seen(Quote.objects.order_by("number"), user)
    if user is not None:
        places = places.exclude(revision__transcript__in=unasked_in(report, user))
    elif report.published is not None:
        # Whoever published it may have been kept from words that nobody had asked about.
        places = places.exclude(insider_checked=None, revision__isnull=False)
    sections = report.sections.prefetch_related(Prefetch("quotes", queryset=places))
    return [
        ShownSection(
            pk=section.pk,
            heading=section.heading,
            body=section.body,
            theme_id=section.theme_id,
            quotes=[_shown(quote, standing.get(quote.pk), turns) for quote in section.quotes.all()],
        )
        for section in sections
    ]


def quotes_as_seen(quotes: QuerySet[Quote], user: User | AnonymousUser | None) -> QuerySet[Quote]:
    """Those of people whom `user` doesn't work with; all of them for nobody in particular."""
    paths = (f"revision__transcript__{path}" for path in PARTICIPANT_PATHS)
    return quotes if user is None else behind_firewall(quotes, user, *paths)


def unasked_in(report: Report, user: User | AnonymousUser) -> QuerySet[Transcript]:
    """Transcripts quoted in a draft whose words wait for `user` to say whether they know who speaks."""
    if report.published is not None:
        return Transcript.objects.none()
    return transcripts_unasked(report.study, user, revisions__quotes__section__report=report)


def _place(quote: Quote) -> tuple[int, int] | None:
    return (quote.revision_id, quote.start) if quote.revision_id is not None else None


def _shown(quote: Quote, standing: Quote | None, turns: dict[tuple[int, int], Turn]) -> ShownQuote:
    place = _place(standing) if standing else None
    if standing is None or standing.revision is None or place is None:
        return ShownQuote(quote.pk, "", "", big=False, checked=True)
    return ShownQuote(
        pk=quote.pk,
        words=getattr(standing, WORDS),
        attribution=quote.attribution,
        big=quote.big,
        checked=quote.insider_checked is not None,
        note=quote.insider_note,
        transcript=standing.revision.transcript_id,
        turn=turns.get(place),
    )


def stats(study: Study, reader: Reader = None) -> Stats:
    willing = _counted(study, reader)
    texts = Revision.objects.filter(transcript__in=willing, is_current=True)
    codings = _counted_codings(study, reader)
    interviewed = Interview.objects.filter(transcript__in=willing, participant__isnull=False)
    return Stats(
        transcripts=willing.count(),
        interviewed=interviewed.values("participant").distinct().count(),
        pairs=_counted_pairs(study, reader).count(),
        turns=Turn.objects.filter(revision__in=texts).count(),
        words=sum(len(text.split()) for text in texts.values_list("text", flat=True).iterator()),
        coders=codings.values("coder").distinct().count(),
        codings=codings.count(),
    )


def pair_rows(report: Report, reader: Reader = None) -> list[PairRow]:
    """For each theme of the report, from how many sides each linked pair spoke of it."""
    linked = list(_counted_pairs(report.study, reader).values_list("one_id", "two_id"))
    themes = [s.theme for s in report.sections.filter(theme__isnull=False).select_related("theme") if s.theme]
    if not linked or not themes:
        return []
    voices = _counted_codings(report.study, reader).filter(code__themes__in=themes)
    spoke = set(voices.values_list("code__themes", "revision__transcript__interview__participant").distinct())
    rows = []
    for theme in themes:
        sides = [((theme.pk, one) in spoke) + ((theme.pk, two) in spoke) for one, two in linked]
        rows.append(PairRow(theme.name, sides.count(2), sides.count(1), sides.count(0)))
    return sorted(rows, key=lambda row: (-row.both, -row.one))


def hides_pairs(report: Report) -> bool:
    """Whether readers outside the team could pick a pair out: some count of pairs is too small to show."""
    if report.audience == Report.Audience.STUDY:
        return False
    cells = [cell for row in pair_rows(report) for cell in (row.both, row.one, row.neither)]
    return any(0 < cell < settings.ALONGSIDE_SMALLEST_CELL for cell in cells)


def code_counts(study: Study, reader: Reader = None) -> list[CodeCount]:
    """How often each code was used, over every text of people who agree to their interview's use."""
    codings = _counted_codings(study, reader)
    used = dict(codings.order_by().values_list("code_id").annotate(count=Count("pk")))
    return [CodeCount(path, used[pk]) for pk, path in code_paths(study).items() if pk in used]


MEETINGS_SHOWN = 12


def meetings(study: Study, reader: Reader = None) -> list[Meeting]:
    """The two codes that meet most often on the same words, and so on down."""
    arrays = coding_arrays(study, _counted_codings(study, reader))
    if not arrays.codes:
        return []
    together = cooccurrence(arrays.code, arrays.text, arrays.start, arrays.end, n_codes=len(arrays.codes))
    paths = code_paths(study)
    one, other = np.triu_indices(len(arrays.codes), k=1)
    order = np.argsort(-together[one, other], kind="stable")
    found = (
        Meeting(paths[arrays.codes[a].pk], paths[arrays.codes[b].pk], int(together[a, b]))
        for a, b in zip(one[order], other[order], strict=True)
        if together[a, b]
    )
    return list(islice((meeting for meeting in found if not meeting.is_kin), MEETINGS_SHOWN))


# Lists and lines --------------------------------------------------------------------------------------


def readable(study: Study) -> QuerySet[Report]:
    """Reports with how often each was read; drafts only for those who write."""
    listed = reports(study)
    return listed if Permission.WRITE_REPORTS in study.may else listed.filter(published__isnull=False)


def counts(study: Study) -> dict[str, int]:
    listed = Report.objects.filter(study=study)
    return {"out": listed.filter(published__isnull=False).count(), "all": listed.count()}


def waiting(study: Study, user: User | AnonymousUser) -> QuerySet[Report]:
    """Drafts with quotes that nobody has asked about yet, of those whose words `user` may read."""
    unchecked = Q(
        sections__quotes__insider_checked=None,
        sections__quotes__revision__transcript__in=readable_transcripts(study, user),
    )
    return (
        Report.objects.filter(study=study, published=None)
        .annotate(unchecked=Count("sections__quotes", filter=unchecked))
        .filter(unchecked__gt=0)
    )


def citation(report: Report) -> str:
    """As one would cite it: authors, year, title, place, version."""
    when = report.published or report.changed
    place = report.study.place or report.study.name
    return f"{report.authors or place} ({when.year}). {report.title}. {place}. Version {report.version}."
