from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.accounts.models import User
from alongside.analysis.actions.acts import begin
from alongside.analysis.models import Act, Reading
from alongside.analysis.queries.apart import is_read_apart
from alongside.analysis.queries.reading import may_be_asked
from alongside.audit.actions import record
from alongside.interviews.models import Transcript


@transaction.atomic
def ask_to_read(*, by: User, transcript: Transcript, readers: Iterable[User], mode: str) -> list[Reading]:
    """Ask people to read a transcript, separately or together. Who was asked already stays as they are."""
    _tell_anew(transcript)
    allowed = {reader.pk for reader in may_be_asked(transcript)}
    asked = []
    for reader in readers:
        if reader.pk not in allowed:
            raise ValidationError(_("%(name)s can’t be asked to read this.") % {"name": reader.name})
        reading, new = Reading.objects.get_or_create(
            transcript=transcript, reader=reader, defaults={"mode": mode, "asked_by": by}
        )
        if new:
            reading.full_clean()
            record(by=by, verb="ask_to_read", on=reading, study=transcript.study_id, fields=["mode"])
            asked.append(reading)
    return asked


@transaction.atomic
def take_back_reading(*, by: User, reading: Reading) -> None:
    """No longer ask somebody to read. What they coded and wrote stays."""
    transcript = reading.transcript
    _tell_anew(transcript)
    record(by=by, verb="take_back_reading", on=reading, study=transcript.study_id)
    reading.delete()


@transaction.atomic
def finish_reading(*, by: User, transcript: Transcript) -> Reading:
    """Say that one has finished. Once all who read separately have, everyone sees what the others did."""
    _tell_anew(transcript)
    own = _own(by, transcript)
    if own.finished is None:
        own.finished = timezone.now()
        own.save(update_fields=["finished"])
        record(by=by, verb="finish_reading", on=own, study=transcript.study_id, fields=["finished"])
    return own


@transaction.atomic
def go_on_reading(*, by: User, transcript: Transcript) -> Reading:
    """Say that one isn't done after all: too late once what the others did has been seen."""
    _tell_anew(transcript)
    own = _own(by, transcript)
    if own.finished is None:
        return own
    if own.mode == Reading.Mode.APART and not is_read_apart(transcript):
        raise ValidationError(_("Everyone has finished, and what each of you did is open to the others now."))
    own.finished = None
    own.save(update_fields=["finished"])
    record(by=by, verb="go_on_reading", on=own, study=transcript.study_id, fields=["finished"])
    return own


def _tell_anew(transcript: Transcript) -> None:
    """Who sees what may change: open pages are read anew."""
    begin(None, transcript.study, Act.Kind.READ, transcript=transcript)


def _own(by: User, transcript: Transcript) -> Reading:
    own = Reading.objects.select_for_update().filter(transcript=transcript, reader=by).first()
    if own is None:
        raise ValidationError(_("You aren’t asked to read this now."))
    return own
