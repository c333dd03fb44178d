from alongside.accounts.models import Study, User
from alongside.analysis.models import Coding, Discussion, Memo, Reading
from alongside.analysis.queries import notes_in


def test_where_something_is_written_beside_the_text(study: Study, hilary: User, dot: User, visitor: Coding):
    """Memos on codings and talk that goes on, once a place; not what others keep to themselves, nor what was
    settled."""
    Memo.objects.create(study=study, author=dot, coding=visitor, words="The chair again")
    Memo.objects.create(study=study, author=hilary, coding=visitor, words="Mine", private=True)
    open_talk = Discussion.objects.create(study=study, revision=visitor.revision, start=3, end=9)
    Discussion.objects.create(
        study=study, revision=visitor.revision, start=11, end=14, settled="2026-11-01T00:00Z"
    )
    assert notes_in(visitor.revision, hilary) == [open_talk.start, visitor.start]
    Memo.objects.filter(author=dot).delete()
    assert notes_in(visitor.revision, dot) == [open_talk.start]


def test_none_of_others_while_it_is_read_apart(study: Study, hilary: User, dot: User, visitor: Coding):
    """Where others wrote would tell where they coded."""
    Memo.objects.create(study=study, author=hilary, coding=visitor, words="Here")
    Discussion.objects.create(study=study, revision=visitor.revision, start=3, end=9)
    Reading.objects.create(transcript=visitor.revision.transcript, reader=dot, mode=Reading.Mode.APART)
    assert notes_in(visitor.revision, dot) == []
    assert notes_in(visitor.revision, hilary) == [visitor.start]
