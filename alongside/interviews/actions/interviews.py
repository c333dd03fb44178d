from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from alongside.accounts.models import Study, User
from alongside.accounts.queries import NOT_HERE
from alongside.audit.actions import Actor, record
from alongside.core.draws import drawn_number
from alongside.followup.models import TimepointInstance
from alongside.interviews.actions.stored import erase_file_after
from alongside.interviews.models import WITHHELD, Guide, Interview, Recording, Transcript
from alongside.interviews.queries import interviewers, may_interview, overlapping
from alongside.people.actions import agrees, hold_gate
from alongside.people.models import Participant, Purpose
from alongside.people.queries import works_with
from alongside.vault import files

ARRANGEMENTS = ("if_hard", "support", "adjustments", "thanks", "ring", "debrief")
OF_THE_INTERVIEWER = {"debrief"}
SOUNDS = (
    ("audio/wav", 8, b"WAVE"),
    ("audio/mpeg", 0, b"ID3"),
    ("audio/mpeg", 0, b"\xff\xfb"),
    ("audio/mpeg", 0, b"\xff\xf3"),
    ("audio/mpeg", 0, b"\xff\xf2"),
    ("audio/ogg", 0, b"OggS"),
    ("audio/mp4", 4, b"ftyp"),
    ("audio/webm", 0, b"\x1a\x45\xdf\xa3"),
)


@transaction.atomic
def book_interview(
    *,
    by: User | None,
    study: Study,
    participant: Participant,
    interviewer: User,
    starts: datetime,
    ends: datetime,
    instance: TimepointInstance | None = None,
    guide: Guide | None = None,
    place: str = "",
    mode: str = Interview.Mode.IN_PERSON,
    override: str = "",
) -> Interview:
    """Arrange an interview: who meets whom, when and where."""
    # Taken first, so that two bookings at once can't both find the time free.
    Study.objects.select_for_update(no_key=True).get(pk=study.pk)
    _check_people(by, study, participant, interviewer)
    if not starts < ends:
        raise ValidationError(_("The interview ends before it starts."))
    interview = Interview(
        study=study,
        number=_free_number(study),
        participant=participant,
        instance=instance,
        interviewer=interviewer,
        guide=guide,
        starts=starts,
        ends=ends,
        place=place.strip(),
        mode=mode,
        override=override.strip(),
    )
    _check_belongs(interview)
    _check_window(interview)
    _check_time_is_free(interview, starts, ends)
    interview.full_clean()
    interview.save()
    record(
        by=by,
        verb="book_interview",
        on=interview,
        fields=["participant", "interviewer", "starts"],
    )
    return interview


def _free_number(study: Study) -> int:
    """Drawn, since a gap in a row of numbers would tell that there is one that the reader may not see."""
    return int(drawn_number({str(number) for number in study.interviews.values_list("number", flat=True)}))


def _check_people(by: User | None, study: Study, participant: Participant, interviewer: User) -> None:
    if participant.study_id != study.pk or (by and works_with(by, participant)):
        raise Http404(NOT_HERE)
    if not agrees(participant, Purpose.INTERVIEW_CONTACT):
        raise ValidationError(
            _("%(name)s hasn’t agreed to be asked about an interview.") % {"name": participant}
        )
    if not interviewers(study).filter(pk=interviewer.pk).exists():
        raise ValidationError(_("%(name)s doesn’t hold interviews in this study.") % {"name": interviewer})
    if not may_interview(interviewer, participant):
        # One sentence for both, so that it tells neither.
        raise ValidationError(
            _("%(name)s can’t hold this interview: they work together or trained together.")
            % {"name": interviewer}
        )


def _check_belongs(interview: Interview) -> None:
    instance, guide = interview.instance, interview.guide
    if instance is not None and instance.participant_id != interview.participant_id:
        raise ValidationError(_("This timepoint is another participant’s."))
    if guide is not None and guide.study_id != interview.study_id:
        raise ValidationError(_("This guide belongs to another study."))


def _check_window(interview: Interview) -> None:
    if not interview.is_outside_window:
        interview.override = ""
    elif not interview.override and interview.instance and interview.starts:
        raise ValidationError(
            _("%(day)s is outside the window (%(opens)s to %(closes)s). Say why it should be then.")
            % {
                "day": date_format(timezone.localdate(interview.starts)),
                "opens": date_format(interview.instance.opens),
                "closes": date_format(interview.instance.closes),
            }
        )


def _check_time_is_free(interview: Interview, starts: datetime, ends: datetime) -> None:
    taken = overlapping(starts, ends)
    for who, theirs in (
        (interview.interviewer, taken.filter(interviewer=interview.interviewer)),
        (interview.participant, taken.filter(participant=interview.participant)),
    ):
        if theirs.exists():
            # Not “has another interview”: it may be with someone of whom the reader may know nothing.
            raise ValidationError(_("%(name)s isn’t free at that time.") % {"name": who})


@transaction.atomic
def arrange_interview(*, by: User | None, interview: Interview, **arrangements: Any) -> Interview:
    """What was agreed about the meeting: support, adjustments, thanks, what helps if it becomes hard."""
    hold_gate(interview.study_id)
    changed = [
        field
        for field in ARRANGEMENTS
        if field in arrangements and getattr(interview, field) != arrangements[field]
    ]
    if set(changed) - OF_THE_INTERVIEWER and not _may_be_arranged(interview):
        raise ValidationError(_("Nothing more can be arranged for %(interview)s.") % {"interview": interview})
    for field in changed:
        setattr(interview, field, arrangements[field])
    interview.full_clean()
    if changed:
        interview.save(update_fields=changed)
        record(by=by, verb="arrange_interview", on=interview, fields=changed)
    return interview


def _may_be_arranged(interview: Interview) -> bool:
    """Whether it still takes place, or took place, with someone who agrees: as it is now."""
    now = Interview.objects.exclude(state=Interview.State.CANCELLED).filter(pk=interview.pk).first()
    if now is None or now.participant is None:
        return False
    return agrees(now.participant, Purpose.INTERVIEW_CONTACT) or agrees(now.participant, Purpose.INTERVIEW)


@transaction.atomic
def hold_interview(*, by: User | None, interview: Interview) -> Interview:
    """Say that the interview took place."""
    _check_is_booked(interview)
    if interview.participant and not agrees(interview.participant, Purpose.INTERVIEW):
        raise ValidationError(
            _("%(name)s hasn’t agreed to an interview. Ask for that first.") % {"name": interview.participant}
        )
    return _move_to(by, interview, Interview.State.HELD, "hold_interview")


@transaction.atomic
def cancel_interview(*, by: Actor | None, interview: Interview) -> Interview:
    """Take the interview off. No reason is asked, and its time is free again."""
    _check_is_booked(interview)
    return _move_to(by, interview, Interview.State.CANCELLED, "cancel_interview")


def _check_is_booked(interview: Interview) -> None:
    if interview.state != Interview.State.BOOKED:
        raise ValidationError(
            _("%(interview)s is no longer booked; it is marked “%(state)s”.")
            % {"interview": interview, "state": interview.get_state_display()}
        )


def _move_to(by: Actor | None, interview: Interview, state: str, verb: str) -> Interview:
    interview.state = state
    interview.save(update_fields=["state"])
    record(by=by, verb=verb, on=interview, fields=["state"])
    return interview


@transaction.atomic
def attach_recording(
    *, by: User | None, interview: Interview, name: str, data: bytes, seconds: int
) -> Recording:
    """Keep the sound of an interview, until its transcript has been checked."""
    Study.objects.select_for_update(no_key=True).get(pk=interview.study_id)
    if interview.participant and not agrees(interview.participant, Purpose.RECORDING):
        raise ValidationError(
            _("%(name)s hasn’t agreed to a recording, so the sound can’t be kept.")
            % {"name": interview.participant}
        )
    if Transcript.objects.filter(interview=interview, speakers__label__startswith=WITHHELD).exists():
        # Why, is told to nobody: whoever arranges interviews may not be the one to read them.
        raise ValidationError(_("No recording can be kept for %(interview)s.") % {"interview": interview})
    if Recording.objects.filter(interview=interview).exists():
        raise ValidationError(_("%(interview)s has a recording already.") % {"interview": interview})
    kind = next((kind for kind, at, sign in SOUNDS if data[at : at + len(sign)] == sign), None)
    if kind is None:
        raise ValidationError(
            _("“%(file)s”: a sound in WAV, MP3, OGG, M4A or WebM was expected; this is something else.")
            % {"file": name}
        )
    recording = Recording(interview=interview, kind=kind, seconds=seconds, sha256=files.store(data))
    recording.full_clean()
    recording.save()
    record(by=by, verb="attach_recording", on=recording, study=interview.study_id, fields=["sha256"])
    return recording


@transaction.atomic
def erase_recording(*, by: User | None, recording: Recording) -> None:
    """Erase the sound; its transcript stays."""
    digest = recording.sha256
    record(by=by, verb="erase_recording", on=recording, study=recording.interview.study_id)
    recording.delete()
    erase_file_after(digest)
