import hashlib
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.accounts.models import Study, User
from alongside.analysis.models import Theme
from alongside.analysis.queries import without_others_passages
from alongside.audit.actions import record, register_export
from alongside.interviews.actions import note_reads
from alongside.interviews.models import Revision, Speaker, Transcript
from alongside.interviews.queries import transcripts_permitting
from alongside.people.actions import hold_gate
from alongside.people.models import Participant
from alongside.reporting.documents import WRITERS
from alongside.reporting.models import DayOfReads, Quote, Report, Section
from alongside.reporting.queries import (
    Finding,
    finding,
    holds_participants,
    numbers_now,
    quotes_as_seen,
    speaker_at,
    unasked_in,
)

WORDS = (
    "title",
    "authors",
    "aim",
    "methodology",
    "findings",
    "implications",
    "limits",
    "shaped_by",
    "checked_by",
    "permission",
    "licence",
    "shows_counts",
)


@transaction.atomic
def start_report(*, by: User | None, study: Study, title: str, **words: Any) -> Report:
    # Taken first, so that two begun at once don't get one number.
    Study.objects.select_for_update(no_key=True).get(pk=study.pk)
    last = Report.objects.filter(study=study).aggregate(last=Max("number"))["last"] or 0
    report = Report(study=study, number=last + 1, title=title.strip())
    for field in WORDS:
        if field in words:
            setattr(report, field, words[field])
    report.full_clean()
    report.save()
    record(by=by, verb="start_report", on=report, fields=["title"])
    return report


@transaction.atomic
def write_report(*, by: User | None, report: Report, **words: Any) -> Report:
    changed = [field for field in WORDS if field in words and getattr(report, field) != words[field]]
    for field in changed:
        setattr(report, field, words[field])
    report.full_clean()
    if changed:
        report.save()
        record(by=by, verb="write_report", on=report, fields=changed)
    return report


@transaction.atomic
def add_section(
    *, by: User | None, report: Report, heading: str, body: str = "", theme: Theme | None = None
) -> Section:
    Study.objects.select_for_update(no_key=True).get(pk=report.study_id)
    last = report.sections.aggregate(last=Max("number"))["last"] or 0
    section = Section(report=report, number=last + 1, heading=heading.strip(), body=body.strip(), theme=theme)
    section.full_clean()
    section.save()
    record(by=by, verb="add_section", on=section, study=report.study_id, fields=["heading"])
    return section


@transaction.atomic
def draw_theme(*, by: User | None, report: Report, theme: Theme, body: str = "") -> Section:
    """A section from a theme as it stands now, with those of its chosen words that may be quoted here. Words
    of a transcript that is still read separately wait: they would show the others where somebody coded."""
    if theme.study_id != report.study_id:
        raise ValidationError(_("This theme belongs to another study."))
    section = add_section(by=by, report=report, heading=theme.name, body=body or theme.idea, theme=theme)
    may_be_quoted = transcripts_permitting(report.study, report.quotation_purpose)
    chosen = without_others_passages(theme.passages.all(), None)
    for passage in chosen.filter(revision__transcript__in=may_be_quoted).select_related("revision"):
        add_quote(by=by, section=section, revision=passage.revision, start=passage.start, end=passage.end)
    return section


@transaction.atomic
def write_section(*, by: User, section: Section, heading: str, body: str) -> Section:
    section.heading, section.body = heading.strip(), body.strip()
    section.full_clean()
    section.save()
    record(by=by, verb="write_section", on=section, study=section.report.study_id, fields=["heading", "body"])
    return section


@transaction.atomic
def drop_section(*, by: User, section: Section) -> None:
    record(by=by, verb="drop_section", on=section, study=section.report.study_id)
    section.delete()


@transaction.atomic
def add_quote(
    *, by: User | None, section: Section, revision: Revision, start: int, end: int, big: bool = False
) -> Quote:
    """Words for a finding, if the person they belong to agrees to be quoted to its readers."""
    report = section.report
    if not 0 <= start < end <= revision.length:
        raise ValidationError(_("A quote is a passage of the transcript; this one lies outside it."))
    hold_gate(report.study_id)
    permitting = transcripts_permitting(report.study, report.quotation_purpose)
    if not permitting.filter(pk=revision.transcript_id).exists():
        raise ValidationError(_("These words can’t be quoted here."))
    speaker = speaker_at(revision, start)
    last = section.quotes.aggregate(last=Max("number"))["last"] or 0
    quote = Quote(
        section=section,
        number=last + 1,
        revision=revision,
        start=start,
        end=end,
        big=big,
        attribution=_attribution(speaker),
    )
    if not holds_participants(revision.transcript):
        quote.insider_checked, quote.insider_checked_by = timezone.now(), by
    quote.full_clean()
    quote.save()
    record(by=by, verb="add_quote", on=quote, study=report.study_id, fields=["start", "end"])
    return quote


def _attribution(speaker: Speaker | None) -> str:
    """How the participant is described, unless too few are described so for it to hide anyone.

    A label of the file stands only for whoever asks, or where nobody takes part: it may be a person's name.
    """
    if speaker is None:
        return ""
    participant = speaker.participant
    if participant is None:
        named = speaker.kind == Speaker.Kind.ASKS or not holds_participants(speaker.transcript)
        return speaker.called if named else _("Someone who took part")
    alike = Participant.objects.filter(study=participant.study_id, described_as=participant.described_as)
    if participant.described_as and alike.count() >= settings.ALONGSIDE_SMALLEST_VOICE:
        return participant.described_as
    return _("Someone who took part")


@transaction.atomic
def check_quote(*, by: User, quote: Quote, note: str = "") -> Quote:
    """Someone read the quote, asked “would the other half of this pair know?”, and let it stand."""
    quote.insider_checked, quote.insider_checked_by = timezone.now(), by
    quote.insider_note = note.strip()
    quote.full_clean()
    quote.save(update_fields=["insider_checked", "insider_checked_by", "insider_note"])
    record(
        by=by, verb="check_quote", on=quote, study=quote.section.report.study_id, fields=["insider_checked"]
    )
    return quote


@transaction.atomic
def drop_quote(*, by: User, quote: Quote) -> None:
    record(by=by, verb="drop_quote", on=quote, study=quote.section.report.study_id)
    quote.delete()


@transaction.atomic
def publish_report(*, by: User | None, report: Report, audience: str, version: str) -> Report:
    """Let the finding be read by its audience, once every quote has been asked about.

    Of people whom `by` works with nothing is said, not even that there is a quote of theirs: one that nobody
    asked about yet shows to nobody outside the team, and one that may not be used leaves a gap. What it
    counts is kept as it is now; words can still be taken back.
    """
    hold_gate(report.study_id)
    quotes = Quote.objects.filter(section__report=report, revision__isnull=False)
    quotes = quotes_as_seen(quotes, by)
    if count := quotes.filter(insider_checked=None).count():
        raise ValidationError(
            _("%(count)s quotes still wait for the question: would the other half of this pair know?")
            % {"count": count}
        )
    report.audience = audience
    willing = transcripts_permitting(report.study, report.quotation_purpose)
    unwilling = quotes.exclude(revision__transcript__in=willing)
    if count := unwilling.count():
        raise ValidationError(
            _("%(count)s quotes belong to people who don’t agree to being quoted there. Take them out first.")
            % {"count": count}
        )
    report.version, report.published = version.strip(), timezone.now()
    report.numbers = asdict(numbers_now(report))
    report.full_clean()
    report.save()
    record(by=by, verb="publish_report", on=report, fields=["audience", "version", "numbers"])
    return report


@transaction.atomic
def take_back_report(*, by: User, report: Report) -> Report:
    """Make it a draft again, which only the team sees."""
    report.audience, report.published, report.numbers = Report.Audience.STUDY, None, None
    report.save()
    record(by=by, verb="take_back_report", on=report, fields=["audience"])
    return report


@transaction.atomic
def count_read(*, report: Report) -> None:
    """One more reading today. Nothing about the reader is kept."""
    day, _new = DayOfReads.objects.get_or_create(report=report, day=timezone.localdate())
    DayOfReads.objects.filter(pk=day.pk).update(count=F("count") + 1)


@transaction.atomic
def note_quotes_read(*, by: User, report: Report, shown: Finding) -> None:
    """That `by` read words in a draft, as a reading of the transcripts they are from. What is published is
    read by whom it is for, and nobody's reading of it is kept."""
    if report.published is None:
        quotes = [quote for section in shown.sections for quote in section.quotes]
        quoted = {quote.transcript for quote in quotes if quote.transcript is not None}
        transcripts = Transcript.objects.filter(pk__in=quoted)
        note_reads(by=by, study=report.study, transcripts=transcripts)


@transaction.atomic
def take_report(*, by: User, report: Report, kind: str) -> bytes:
    """A finding as a file that may leave, as `by` may read it: it is in the register."""
    if count := unasked_in(report, by).count():
        raise ValidationError(
            ngettext(
                "It quotes %(count)s transcript of which you haven’t said yet whether you know who speaks.",
                "It quotes %(count)s transcripts of which you haven’t said yet whether you know who speaks.",
                count,
            )
            % {"count": count}
        )
    shown = finding(report, by)
    note_quotes_read(by=by, report=report, shown=shown)
    _content_type, write = WRITERS[kind]
    content = write(shown)
    register_export(
        by=by,
        study=report.study_id,
        what="finding",
        about=report.title,
        format=kind,
        rows=sum(len(section.quotes) for section in shown.sections),
        sha256=hashlib.sha256(content).hexdigest(),
    )
    return content
