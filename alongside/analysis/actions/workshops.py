"""Reading and coding as a team round one screen."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.accounts.models import Study, User
from alongside.analysis.models import Workshop
from alongside.analysis.queries.apart import is_read_apart
from alongside.analysis.queries.reading import may_be_asked
from alongside.analysis.queries.workshops import open_workshop
from alongside.audit.actions import record
from alongside.interviews.models import Transcript


@transaction.atomic
def begin_workshop(*, by: User, transcript: Transcript, present: Iterable[User]) -> Workshop:
    """Say who is in the room. One that is still open at the same keyboard ends."""
    Study.objects.select_for_update(no_key=True).get(pk=transcript.study_id)
    if is_read_apart(transcript):
        raise ValidationError(_("A workshop waits until everyone who reads this separately has finished."))
    allowed = {member.pk for member in may_be_asked(transcript)}
    room = {by.pk: by, **{each.pk: each for each in present}}
    for each in room.values():
        if each.pk not in allowed:
            raise ValidationError(
                {"present": _("%(name)s can’t be asked to read this.") % {"name": each.name}}
            )
    before = open_workshop(transcript, by)
    if before:
        end_workshop(by=by, workshop=before)
    workshop = Workshop.objects.create(study_id=transcript.study_id, transcript=transcript, keeper=by)
    workshop.present.set(room.values())
    record(by=by, verb="begin_workshop", on=workshop, fields=["present"])
    return workshop


@transaction.atomic
def end_workshop(*, by: User, workshop: Workshop) -> Workshop:
    """The room breaks up. Twice is as once."""
    if workshop.ended is None:
        workshop.ended = timezone.now()
        workshop.save(update_fields=["ended"])
        record(by=by, verb="end_workshop", on=workshop, fields=["ended"])
    return workshop


def check_together(by: User, transcript: Transcript, workshop: Workshop) -> None:
    """Refuse what wasn’t done at this keyboard. It may come after the room broke up: a page can be late."""
    if workshop.keeper_id != by.pk or workshop.transcript_id != transcript.pk:
        raise ValidationError(_("This is another workshop."))
    if is_read_apart(transcript):
        raise ValidationError(_("The team chooses once everyone who reads this separately has finished."))
