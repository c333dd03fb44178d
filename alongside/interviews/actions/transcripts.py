from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.accounts.models import Study, User
from alongside.accounts.queries import NOT_HERE
from alongside.audit.actions import Actor, hold, record, record_all
from alongside.audit.queries import did_today, did_today_to
from alongside.core.lines import number
from alongside.interviews.actions.stored import erase_file_after
from alongside.interviews.models import Interview, Recording, Revision, Speaker, Transcript, Turn
from alongside.interviews.preparing import Prepared, preview
from alongside.interviews.queries import current_revision, is_worked_on, readable_transcripts
from alongside.people.actions import agrees, hold_gate
from alongside.people.models import Participant, Purpose
from alongside.people.queries import works_with
from alongside.vault import files

BATCH = 1000


def import_transcript(
    *,
    by: User | None,
    study: Study,
    name: str,
    data: bytes,
    interview: Interview | None = None,
    speakers: Mapping[str, Participant] | None = None,
    asks: Collection[str] = (),
    join_cues: bool = False,
) -> Transcript:
    """Take in one transcript file. `speakers` says which label is which participant; `asks`, who asks."""
    # The file is read before the transaction, which on SQLite lets nobody else write meanwhile.
    prepared = preview(name, data, asks=asks, join_cues=join_cues)
    return _take_in(by, study, [Incoming(prepared, data, interview, speakers or {})])[0]


def import_transcripts(
    *,
    by: User | None,
    study: Study,
    uploads: Sequence[tuple[str, bytes]],
    interview: Interview | None = None,
    join_cues: bool = False,
) -> list[Transcript]:
    """Take in several files, or none of them; the refusal has a sentence for each that can't be taken."""
    incoming, errors = [], []
    for name, data in uploads:
        try:
            incoming.append(Incoming(preview(name, data, join_cues=join_cues), data, interview))
        except ValidationError as error:
            errors.extend(error.messages)
    if errors:
        raise ValidationError(errors)
    if interview is not None and len(incoming) > 1:
        raise ValidationError(_("An interview has one transcript. Choose one file for it."))
    return _take_in(by, study, incoming)


@dataclass(frozen=True)
class Incoming:
    prepared: Prepared
    data: bytes
    interview: Interview | None = None
    speakers: Mapping[str, Participant] = field(default_factory=dict)


@transaction.atomic
def _take_in(by: User | None, study: Study, incoming: Sequence[Incoming]) -> list[Transcript]:
    # Taken first, so that the same file can't come in twice at once.
    Study.objects.select_for_update(no_key=True).get(pk=study.pk)
    for each in incoming:
        _check_interview(by, study, each)
        _check_participants(by, study, each)
    _check_new(by, study, [each.prepared for each in incoming])
    return [_keep(by, study, each) for each in incoming]


def _check_interview(by: User | None, study: Study, each: Incoming) -> None:
    interview = each.interview
    if interview is None:
        return
    if interview.study_id != study.pk:
        raise Http404(NOT_HERE)
    if interview.participant:
        _check_may_be_read(by, study, interview.participant)
    if interview.state == Interview.State.CANCELLED:
        raise ValidationError(_("%(interview)s was cancelled.") % {"interview": interview})
    if Transcript.objects.filter(interview=interview).exists():
        raise ValidationError(_("%(interview)s has a transcript already.") % {"interview": interview})


def _check_participants(by: User | None, study: Study, each: Incoming) -> None:
    for label, participant in each.speakers.items():
        if label not in each.prepared.speakers:
            raise ValidationError(
                _("“%(file)s” has no speaker called “%(label)s”.")
                % {"file": each.prepared.file, "label": label}
            )
        _check_may_be_read(by, study, participant)


def _check_may_be_read(by: User | None, study: Study, participant: Participant) -> None:
    if participant.study_id != study.pk or (by and works_with(by, participant)):
        raise Http404(NOT_HERE)
    if not agrees(participant, Purpose.INTERVIEW):
        raise ValidationError(
            _("%(name)s hasn’t agreed to an interview, so their words can’t be kept.") % {"name": participant}
        )


def _check_new(by: User | None, study: Study, prepared: Iterable[Prepared]) -> None:
    known = {t.source_sha256: t for t in Transcript.objects.filter(study=study)}
    readable = set(readable_transcripts(study, by).values_list("pk", flat=True)) if by else None
    seen: dict[str, str] = {}
    errors = []
    for each in prepared:
        earlier = known.get(each.sha256)
        if each.sha256 in seen:
            errors.append(
                _("“%(file)s” is the same file as “%(other)s”.")
                % {"file": each.file, "other": seen[each.sha256]}
            )
        elif earlier and (readable is None or earlier.pk in readable):
            errors.append(
                _("“%(file)s” has been imported already, as “%(name)s”.")
                % {"file": each.file, "name": earlier}
            )
        elif earlier:
            errors.append(_("“%(file)s” has been imported already.") % {"file": each.file})
        seen.setdefault(each.sha256, each.file)
    if errors:
        raise ValidationError(errors)


def _keep(by: User | None, study: Study, each: Incoming) -> Transcript:
    prepared = each.prepared
    transcript = Transcript(
        study=study,
        interview=each.interview,
        name=_free_name(study, prepared.name),
        source_name=prepared.file,
        source_kind=prepared.kind,
        source_sha256=prepared.sha256,
        not_taken=list(prepared.not_taken),
        imported_by=by,
    )
    transcript.full_clean()
    files.store(each.data)
    transcript.save()
    speakers = _keep_speakers(transcript, each)
    revision = Revision.objects.create(
        transcript=transcript, number=1, text=prepared.text, length=len(prepared.text), made_by=by
    )
    Turn.objects.bulk_create(
        (
            Turn(
                revision=revision,
                number=place,
                speaker=speakers[turn.speaker],
                start=turn.start,
                end=turn.end,
                start_ms=turn.start_ms,
                end_ms=turn.end_ms,
                line=turn.line,
            )
            for place, turn in enumerate(prepared.turns, start=1)
        ),
        batch_size=BATCH,
    )
    record(by=by, verb="import_transcript", on=transcript, fields=["source_sha256", "text"])
    return transcript


def _keep_speakers(transcript: Transcript, each: Incoming) -> dict[str, Speaker]:
    kinds = each.prepared.speakers
    known = dict(each.speakers)
    answering = [label for label, kind in kinds.items() if kind == Speaker.Kind.ANSWERS]
    if not known and len(answering) == 1 and each.interview and each.interview.participant:
        known[answering[0]] = each.interview.participant
    made = [
        Speaker(transcript=transcript, label=label, kind=kind, participant=known.get(label))
        for label, kind in kinds.items()
    ]
    return {speaker.label: speaker for speaker in Speaker.objects.bulk_create(made)}


def _free_name(study: Study, stem: str) -> str:
    taken = set(Transcript.objects.filter(study=study, name__startswith=stem).values_list("name", flat=True))
    name, count = stem, 2
    while name in taken:
        name, count = f"{stem} ({count})", count + 1
    return name


@transaction.atomic
def open_transcript(*, by: User, transcript: Transcript) -> Revision:
    """The current text, and an entry of who read it: one a day, however often they come back to it."""
    if not did_today(by.pk, "read_transcript", transcript):
        record(by=by, verb="read_transcript", on=transcript, roles=by.roles_in(transcript.study_id))
    return current_revision(transcript)


@transaction.atomic
def note_reads(*, by: User, study: Study, transcripts: Iterable[Transcript]) -> None:
    """That `by` read words of these on another page: on record as if they had opened each, once a day."""
    shown = {str(transcript.pk): transcript for transcript in transcripts}
    for noted in did_today_to(by.pk, "read_transcript", study.pk, shown):
        shown.pop(noted)
    if shown:
        record_all(
            by=by,
            verb="read_transcript",
            on=list(shown.values()),
            study=study.pk,
            roles=by.roles_in(study.pk),
        )


@transaction.atomic
def name_speaker(
    *, by: User | None, speaker: Speaker, kind: str, participant: Participant | None = None
) -> Speaker:
    """Say whether a speaker asks or answers, and which participant it is."""
    hold_gate(speaker.transcript.study_id)
    if participant is not None:
        _check_may_be_read(by, speaker.transcript.study, participant)
    speaker.kind, speaker.participant = kind, participant
    speaker.full_clean()
    speaker.save(update_fields=["kind", "participant"])
    record(
        by=by,
        verb="name_speaker",
        on=speaker,
        study=speaker.transcript.study_id,
        fields=["kind", "participant"],
    )
    return speaker


@transaction.atomic
def leave_to_nobody(*, by: User | None, transcript: Transcript) -> Transcript:
    """Say that nobody who takes part in the study speaks here: then nobody's agreement is asked."""
    if transcript.interview_id or transcript.speakers.filter(participant__isnull=False).exists():
        raise ValidationError(_("Someone who takes part speaks in this transcript."))
    transcript.belongs_to_nobody = True
    transcript.save(update_fields=["belongs_to_nobody"])
    record(by=by, verb="leave_to_nobody", on=transcript, fields=["belongs_to_nobody"])
    return transcript


@transaction.atomic
def check_transcript(*, by: User, transcript: Transcript) -> Transcript:
    """Say that it was compared with its recording: from now on the time is counted to keep that."""
    checked = Transcript.objects.select_for_update(no_key=True).get(pk=transcript.pk)
    if not Recording.objects.filter(interview=checked.interview_id).exists():
        raise ValidationError(_("There is no recording to compare it with."))
    if checked.checked is None:
        checked.checked, checked.checked_by = timezone.now(), by
        checked.save(update_fields=["checked", "checked_by"])
        record(by=by, verb="check_transcript", on=checked, fields=["checked"])
    return checked


@dataclass(frozen=True)
class NewTurn:
    """A turn of a corrected text."""

    speaker: Speaker
    words: str
    start_ms: int | None = None
    end_ms: int | None = None


@transaction.atomic
def revise_transcript(
    *, by: User | None, revision: Revision, turns: Sequence[NewTurn], reason: str
) -> Revision:
    """The next text of a transcript, beside the one it corrects.

    Codings stay on the earlier text; carrying them across is for the room that knows them.
    """
    hold(revision.transcript.study_id)
    transcript = Transcript.objects.select_for_update(no_key=True).get(pk=revision.transcript_id)
    if not transcript.revisions.filter(pk=revision.pk, is_current=True).exists():
        raise ValidationError(_("This text has been corrected since you opened it. Please open it again."))
    if not reason.strip():
        raise ValidationError(_("Say why the text is corrected."))
    if not any(turn.words.strip() for turn in turns):
        raise ValidationError(_("A transcript has words in it; this one would have none."))
    if any(turn.speaker.transcript_id != transcript.pk for turn in turns):
        raise ValidationError(_("A turn belongs to a speaker of the same transcript."))
    text = "\n".join(turn.words for turn in turns)
    transcript.revisions.filter(is_current=True).update(is_current=False)
    newer = Revision(
        transcript=transcript,
        number=revision.number + 1,
        text=text,
        length=len(text),
        reason=reason.strip(),
        made_by=by,
    )
    newer.full_clean()
    newer.save()
    Turn.objects.bulk_create(_placed(newer, turns), batch_size=BATCH)
    record(by=by, verb="revise_transcript", on=transcript, fields=["text"])
    return newer


def _placed(revision: Revision, turns: Sequence[NewTurn]) -> list[Turn]:
    lines = number([turn.words for turn in turns]).starts
    placed: list[Turn] = []
    at = 0
    for place, (turn, line) in enumerate(zip(turns, lines, strict=True), start=1):
        end = at + len(turn.words)
        placed.append(
            Turn(
                revision=revision,
                number=place,
                speaker=turn.speaker,
                start=at,
                end=end,
                start_ms=turn.start_ms,
                end_ms=turn.end_ms,
                line=line,
            )
        )
        at = end + 1
    return placed


@transaction.atomic
def take_out_transcript(*, by: User | None, transcript: Transcript) -> None:
    """Undo an import, as long as nobody's work rests on it."""
    if is_worked_on(transcript):
        raise ValidationError(
            _("“%(name)s” has been coded, quoted or written about, so it can’t be taken out.")
            % {"name": transcript}
        )
    erase_transcript(by=by, transcript=transcript)


@transaction.atomic
def erase_transcript(*, by: Actor | None, transcript: Transcript) -> None:
    """Erase a transcript with its texts and, once nothing else names it, the file it came from."""
    digest = transcript.source_sha256
    record(by=by, verb="erase_transcript", on=transcript)
    # Turns hold on to their speakers, so the texts go first.
    transcript.revisions.all().delete()
    transcript.delete()
    erase_file_after(digest)
