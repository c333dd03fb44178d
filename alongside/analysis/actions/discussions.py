"""What the team says to one another about a passage. Open pages hear that something was said."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.accounts.models import User
from alongside.analysis.actions.acts import begin
from alongside.analysis.actions.codings import check_span
from alongside.analysis.models import Act, Discussion, Remark
from alongside.analysis.queries.apart import is_read_apart
from alongside.audit.actions import record
from alongside.interviews.models import Revision


@transaction.atomic
def start_discussion(
    *, by: User, revision: Revision, start: int, end: int, words: str, key: UUID | None = None
) -> Discussion:
    """Begin to talk about `revision.text[start:end]`. Where somebody has begun, this is the next remark."""
    check_span(revision, start, end)
    _begin(by, revision, key)
    discussion = Discussion.objects.filter(revision=revision, start=start, end=end, settled=None).first()
    if discussion is None:
        study = revision.transcript.study_id
        discussion = Discussion.objects.create(study_id=study, revision=revision, start=start, end=end)
        record(by=by, verb="start_discussion", on=discussion, fields=["start", "end"])
    _remark(by, discussion, words)
    return discussion


@transaction.atomic
def add_remark(*, by: User, discussion: Discussion, words: str, key: UUID | None = None) -> Remark:
    """Say something further. On what is settled, it takes opening again first."""
    _begin(by, discussion.revision, key)
    if Discussion.objects.select_for_update().get(pk=discussion.pk).settled is not None:
        raise ValidationError(_("This is settled. Open it again to say something further."))
    return _remark(by, discussion, words)


@transaction.atomic
def settle_discussion(
    *, by: User, discussion: Discussion, words: str = "", key: UUID | None = None
) -> Discussion:
    """Say that nothing is left to talk about here, with a last remark in `words`. Twice is as once."""
    _begin(by, discussion.revision, key)
    settled = Discussion.objects.select_for_update().get(pk=discussion.pk)
    if words.strip():
        _remark(by, settled, words)
    if settled.settled is None:
        settled.settled, settled.settled_by = timezone.now(), by
        settled.save(update_fields=["settled", "settled_by"])
        record(by=by, verb="settle_discussion", on=settled, fields=["settled"])
    return settled


@transaction.atomic
def reopen_discussion(*, by: User, discussion: Discussion, key: UUID | None = None) -> Discussion:
    """Take up again what was settled."""
    _begin(by, discussion.revision, key)
    opened = Discussion.objects.select_for_update().get(pk=discussion.pk)
    if opened.settled is None:
        return opened
    opened.settled = opened.settled_by = None
    opened.full_clean()
    opened.save(update_fields=["settled", "settled_by"])
    record(by=by, verb="reopen_discussion", on=opened, fields=["settled"])
    return opened


def _begin(by: User, revision: Revision, key: UUID | None) -> None:
    """Open pages are told; what a page asks again because it missed the answer is done once."""
    transcript = revision.transcript
    begin(by, transcript.study, Act.Kind.TELL, transcript=transcript, key=key)
    if is_read_apart(transcript):
        raise ValidationError(_("Talking waits until everyone who reads this separately has finished."))


def _remark(by: User, discussion: Discussion, words: str) -> Remark:
    remark = Remark(discussion=discussion, by=by, words=words.strip())
    remark.full_clean()
    remark.save()
    record(by=by, verb="add_remark", on=remark, study=discussion.study_id, fields=["words"])
    return remark
