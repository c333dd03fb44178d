from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.accounts.models import Study, User
from alongside.analysis.actions.acts import tell
from alongside.analysis.models import MEMO_ABOUT, Memo, Summary
from alongside.analysis.queries.apart import is_read_apart
from alongside.audit.actions import hold, record
from alongside.interviews.models import Transcript


@transaction.atomic
def write_memo(
    *, by: User, study: Study, words: str, transcript: Transcript, private: bool = False
) -> Memo | None:
    """A reader's one memo on a transcript, as they write it beside the text. Emptied, it goes."""
    hold(study.pk)
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    known = Memo.objects.filter(study=study, author=by, transcript=transcript).first()
    if not words.strip():
        if known:
            delete_memo(by=by, memo=known)
        return None
    if known is None:
        known = Memo(study=study, author=by, transcript=transcript)
    known.words, known.private, known.changed = words, private, timezone.now()
    known.save()
    record(by=by, verb="write_memo", on=known, fields=["words"])
    return known


@transaction.atomic
def keep_memo(
    *,
    by: User,
    study: Study,
    words: str,
    private: bool = False,
    made: datetime | None = None,
    **about: Any,
) -> Memo:
    """A memo about one thing, by the name that `MEMO_ABOUT` gives it, or about the study."""
    hold(study.pk)
    named = {name: thing for name, thing in about.items() if thing is not None}
    if not named.keys() <= set(MEMO_ABOUT):
        raise TypeError(f"A memo is about one of {MEMO_ABOUT}; {sorted(named)} came.")
    if any(thing.study_id != study.pk for thing in named.values()):
        raise ValidationError(_("A memo is about something of its own study."))
    at = made or timezone.now()
    memo = Memo(study=study, author=by, words=words.strip(), private=private, made=at, changed=at, **named)
    memo.full_clean()
    memo.save()
    record(by=by, verb="keep_memo", on=memo, fields=["words", "private"])
    return memo


@transaction.atomic
def change_memo(*, by: User, memo: Memo, words: str, private: bool) -> Memo:
    """Change one's own memo, or who may read it."""
    _check_own(by, memo)
    hold(memo.study_id)
    said = {"words": words.strip(), "private": private}
    changed = [field for field, value in said.items() if getattr(memo, field) != value]
    for field in changed:
        setattr(memo, field, said[field])
    memo.full_clean()
    if changed:
        memo.changed = timezone.now()
        memo.save(update_fields=[*changed, "changed"])
        record(by=by, verb="change_memo", on=memo, fields=changed)
    return memo


@transaction.atomic
def delete_memo(*, by: User, memo: Memo) -> None:
    """Delete one's own memo, for good."""
    _check_own(by, memo)
    record(by=by, verb="delete_memo", on=memo)
    memo.delete()


def _check_own(by: User, memo: Memo) -> None:
    if memo.author_id != by.pk:
        raise ValidationError(_("Only the person who wrote a memo can change it or delete it."))


@transaction.atomic
def write_summary(*, by: User, transcript: Transcript, words: str) -> Summary | None:
    """What an interview was about, in the team's words. Emptied, it goes."""
    if is_read_apart(transcript):
        raise ValidationError(_("The summary waits until everyone who reads this separately has finished."))
    tell(transcript.study, transcript)
    known = Summary.objects.filter(transcript=transcript).first()
    if not words.strip():
        if known:
            record(by=by, verb="clear_summary", on=known, study=transcript.study_id)
            known.delete()
        return None
    summary = known or Summary(transcript=transcript)
    summary.words, summary.changed_by = words.strip(), by
    summary.save()
    record(by=by, verb="write_summary", on=summary, study=transcript.study_id, fields=["words"])
    return summary
