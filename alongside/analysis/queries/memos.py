import re
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, Model, Prefetch, Q, QuerySet
from django.db.models.functions import Substr
from django.http import Http404

from alongside.accounts.models import Study, User
from alongside.accounts.queries import NOT_HERE
from alongside.analysis.models import MEMO_ABOUT, Code, Coding, Memo, Summary, Theme
from alongside.analysis.queries.apart import is_read_apart, without_others_memos
from alongside.analysis.queries.codebook import code_for, code_paths
from alongside.analysis.queries.codings import coding_for
from alongside.analysis.queries.passages import NOTED, turns_at
from alongside.analysis.queries.themes import pairs_open_to, theme_for
from alongside.interviews.models import Revision, Transcript, Turn
from alongside.interviews.queries import (
    is_uuid,
    readable_transcripts,
    transcript_for,
    transcripts_open_to,
    transcripts_unasked,
)
from alongside.people.models import Pair

# The name under which the database's own cut of a text is annotated.
PASSAGE = "passage"
NUMBER = re.compile("[0-9]{1,18}")

# Doors ------------------------------------------------------------------------------------------------


def own_memo_for(study: Study, user: User, pk: UUID) -> Memo:
    """The door to changing a memo: its author's alone, and closed where what it is about is."""
    memo = told(memos_open_to(study, user)).filter(author=user, pk=pk).first()
    if memo is None:
        raise Http404(NOT_HERE)
    return memo


def thing_for(study: Study, user: User, kind: str, pk: str) -> Model:
    """What a memo is to be about, through that thing's own door."""
    if kind == "coding" and NUMBER.fullmatch(pk):
        return coding_for(study, user, int(pk))
    if kind == "pair" and NUMBER.fullmatch(pk):
        return pair_for(study, user, int(pk))
    if kind == "code" and is_uuid(pk):
        return code_for(study, user, UUID(pk))
    if kind == "theme" and is_uuid(pk):
        return theme_for(study, UUID(pk))
    if kind == "transcript" and is_uuid(pk):
        return transcript_for(study, user, UUID(pk))
    raise Http404(NOT_HERE)


def pair_for(study: Study, user: User, pk: int) -> Pair:
    pair = pairs_open_to(study, user).filter(pk=pk).first()
    if pair is None:
        raise Http404(NOT_HERE)
    return pair


def memos_open_to(study: Study, user: User) -> QuerySet[Memo]:
    """What `user` may read: their own and what others share, but nothing about words or pairs that are
    closed to them, and, while a transcript is read apart, nothing that others wrote there."""
    texts = transcripts_open_to(study, user)
    return _read_by(study, user).filter(
        Q(transcript=None) | Q(transcript__in=texts),
        Q(coding=None) | Q(coding__revision__transcript__in=texts),
        Q(pair=None) | Q(pair__in=pairs_open_to(study, user)),
    )


def _read_by(study: Study, user: User) -> QuerySet[Memo]:
    shared = Memo.objects.filter(Q(private=False) | Q(author=user), study=study)
    return without_others_memos(shared, user)


def memos_unasked(study: Study, user: User) -> QuerySet[Transcript]:
    """Transcripts with memos that wait for `user` to say whether they know who speaks in them."""
    waiting = _read_by(study, user).filter(pair=None)
    return transcripts_unasked(
        study,
        user,
        pk__in=readable_transcripts(study, user).filter(
            Q(memos__in=waiting) | Q(revisions__codings__memos__in=waiting)
        ),
    )


# Memos ------------------------------------------------------------------------------------------------


def memo_of(user: User, transcript: Transcript) -> Memo | None:
    return Memo.objects.filter(author=user, transcript=transcript).first()


def memos_on(transcript: Transcript, user: User) -> QuerySet[Memo]:
    """What the readers of a transcript wrote about it, without what others keep to themselves."""
    rows = Memo.objects.filter(Q(private=False) | Q(author=user), transcript=transcript)
    return without_others_memos(rows, user).select_related("author")


def memos_beside(revision: Revision, user: User) -> QuerySet[Memo]:
    """What was written about passages of one text, in its order, without what others keep to themselves."""
    rows = _read_by(revision.transcript.study, user).filter(coding__revision=revision, coding__removed=None)
    return rows.select_related("author").order_by("coding__start", "coding", "made", "pk")


def with_memos(rows: QuerySet[Coding], user: User) -> QuerySet[Coding]:
    """Codings that `user` may see, each with what they may read about it: one more query for all."""
    memos = without_others_memos(Memo.objects.filter(Q(private=False) | Q(author=user)), user)
    memos = memos.select_related("author").order_by("made", "pk")
    return rows.prefetch_related(Prefetch("memos", queryset=memos, to_attr=NOTED))


def journal(study: Study, user: User) -> QuerySet[Memo]:
    """What `user` wrote about nothing but the study, newest first."""
    return _of_kind(Memo.objects.filter(study=study, author=user), Memo.About.STUDY).order_by("-made", "pk")


def memos(
    study: Study, user: User, *, kind: str = "", about: str = "", author: str = "", words: str = ""
) -> QuerySet[Memo]:
    """Memos that `user` may read, newest first, by what they are about, by whom, and by words in them."""
    rows = _of_kind(memos_open_to(study, user), kind) if kind else memos_open_to(study, user)
    if about:
        name, _dot, pk = about.partition(".")
        its = Q(**{name: pk})
        if name == "transcript":
            its |= Q(coding__revision__transcript=pk)
        if name == "code":
            its |= Q(coding__code=pk)
        rows = rows.filter(its)
    if author:
        rows = rows.filter(author=UUID(author))
    for word in words.split():
        rows = rows.filter(words__icontains=word)
    return told(rows).order_by("-changed", "pk")


def memos_about(study: Study, user: User, thing: Code | Theme) -> "list[Noted]":
    """What was written about one code or theme, as far as `user` may read it."""
    name = thing._meta.model_name
    rows = memos_open_to(study, user).filter(**{str(name): thing})
    return noted(study, told(rows).order_by("-changed", "pk"))


def _of_kind(rows: QuerySet[Memo], kind: str) -> QuerySet[Memo]:
    if kind == Memo.About.STUDY:
        return rows.filter(**{f"{name}__isnull": True for name in MEMO_ABOUT})
    return rows.filter(**{f"{kind}__isnull": False})


def told(rows: QuerySet[Memo]) -> QuerySet[Memo]:
    """Memos with what they are about, the words of a passage cut out by the database."""
    cut = Substr("coding__revision__text", F("coding__start") + 1, F("coding__end") - F("coding__start"))
    return (
        rows.annotate(**{PASSAGE: cut})
        .select_related(
            "author",
            "code",
            "theme",
            "pair__one",
            "pair__two",
            "transcript__interview__participant",
            "coding__code",
            "coding__revision__transcript__interview__participant",
        )
        .defer("coding__revision__text")
    )


@dataclass(frozen=True)
class Noted:
    """A memo with its place: the turn and the words of a passage, or a code's names from the top."""

    memo: Memo
    transcript: Transcript | None
    turn: Turn | None
    passage: str
    path: str


def noted(study: Study, rows: Iterable[Memo]) -> list[Noted]:
    """Memos of `told` with their places, in two more queries however many there are."""
    listed = list(rows)
    coded = [memo.coding for memo in listed if memo.coding is not None]
    turns = turns_at([(coding.revision_id, coding.start) for coding in coded])
    paths = code_paths(study) if any(memo.code_id or memo.coding_id for memo in listed) else {}
    return [_noted(memo, turns, paths) for memo in listed]


def _noted(memo: Memo, turns: dict[tuple[int, int], Turn], paths: dict[UUID, str]) -> Noted:
    coding = memo.coding
    if coding is None:
        return Noted(memo, memo.transcript, None, "", paths.get(memo.code_id, "") if memo.code_id else "")
    turn = turns.get((coding.revision_id, coding.start))
    words: str = getattr(memo, PASSAGE)
    return Noted(memo, coding.revision.transcript, turn, words, paths[coding.code_id])


def memo_authors(study: Study, user: User) -> QuerySet[User]:
    ids = memos_open_to(study, user).order_by().values("author_id")
    return User.objects.filter(pk__in=ids).order_by("name")


def memo_things(study: Study, user: User) -> dict[str, list[tuple[str, str]]]:
    """What the memos that `user` may read are about, by kind: for choosing one of them."""
    seen = memos_open_to(study, user).order_by()
    texts = Q(memos__in=seen) | Q(revisions__codings__memos__in=seen)
    transcripts = Transcript.objects.filter(texts).select_related("interview__participant").distinct()
    codes = set(seen.filter(code__isnull=False).values_list("code", flat=True))
    codes |= set(seen.filter(coding__isnull=False).values_list("coding__code", flat=True))
    themes = Theme.objects.filter(memos__in=seen).distinct()
    halves = Pair.objects.filter(memos__in=seen).select_related("one", "two").distinct()
    paths = code_paths(study) if codes else {}
    return {
        "transcript": [(f"transcript.{each.pk}", each.title) for each in transcripts],
        "code": [(f"code.{pk}", path) for pk, path in paths.items() if pk in codes],
        "theme": [(f"theme.{each.pk}", each.name) for each in themes],
        "pair": [(f"pair.{each.pk}", str(each)) for each in halves],
    }


# Summaries --------------------------------------------------------------------------------------------


def summary_of(transcript: Transcript) -> Summary | None:
    """What an interview was about. While it is read apart there is none for anyone: it would tell."""
    if is_read_apart(transcript):
        return None
    return Summary.objects.filter(transcript=transcript).select_related("changed_by").first()
