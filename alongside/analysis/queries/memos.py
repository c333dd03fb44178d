from django.db.models import Q, QuerySet

from alongside.accounts.models import User
from alongside.analysis.models import Memo
from alongside.interviews.models import Transcript


def memo_of(user: User, transcript: Transcript) -> Memo | None:
    return Memo.objects.filter(author=user, transcript=transcript, coding=None).first()


def memos_on(transcript: Transcript, user: User) -> QuerySet[Memo]:
    """What the readers of a transcript wrote about it, without what others keep to themselves."""
    rows = Memo.objects.filter(transcript=transcript, coding=None)
    return rows.filter(Q(private=False) | Q(author=user)).select_related("author")
