"""What hangs on a code or a coding and goes with it to another: memos, themes, links, suggestions.

It is kept with the act as lists of keys, so that undoing takes back exactly what went.
"""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.accounts.models import User
from alongside.analysis.models import Act, Code, Coding, Link, LinkChange, Memo, Suggestion, Theme

Followed = dict[str, Any]
# No more keys than this in one question.
FEW = 5000


def follow_codes(code: Code, into: Code) -> Followed:
    """Memos, themes and waiting suggestions of `code` go to `into`."""
    memos = [str(pk) for pk in Memo.objects.filter(code=code).values_list("pk", flat=True)]
    Memo.objects.filter(code=code).update(code=into)
    themes = set(code.themes.values_list("pk", flat=True))
    joined = themes - set(into.themes.values_list("pk", flat=True))
    code.themes.clear()
    into.themes.add(*Theme.objects.filter(pk__in=joined))
    return {
        "into": str(into.pk),
        "memos": memos,
        "themes": sorted(str(pk) for pk in themes),
        "joined": sorted(str(pk) for pk in joined),
        "suggestions": _follow_suggestions(code, into),
    }


def _follow_suggestions(code: Code, into: Code) -> list[int]:
    there = set(Suggestion.objects.filter(code=into).values_list("asking", "revision", "start", "end"))
    rows = Suggestion.objects.filter(code=code, state=Suggestion.State.OPEN)
    goes = [
        pk
        for pk, *place in rows.values_list("pk", "asking", "revision", "start", "end")
        if tuple(place) not in there
    ]
    Suggestion.objects.filter(pk__in=goes).update(code=into)
    return goes


def follow_fallen(act: Act, fallen: dict[int, int]) -> Followed:
    """Memos on codings that fell together with another go to that one; so do links, unless it has them."""
    notes: list[tuple[str, int, int]] = [
        (str(memo), was, fallen[was])
        for some in _few(list(fallen))
        for memo, was in Memo.objects.filter(coding__in=some).values_list("pk", "coding_id")
        if was is not None
    ]
    for memo, _was, now in notes:
        Memo.objects.filter(pk=memo).update(coding=now)
    return {"notes": notes, "links": _follow_links(act, fallen)}


def _follow_links(act: Act, fallen: dict[int, int]) -> list[list[int]]:
    moved: list[list[int]] = []
    standing = Link.objects.filter(removed=None)
    touched: dict[int, Link] = {}
    for some in _few(list(fallen)):
        touched |= standing.filter(Q(one__in=some) | Q(other__in=some)).in_bulk()
    for link in touched.values():
        was = (link.one_id, link.other_id)
        one, other = (fallen.get(end, end) for end in was)
        if one == other or _has_twin(link, one, other):
            link.removed = timezone.now()
            link.save(update_fields=["removed"])
            LinkChange.objects.create(act=act, link=link, was=True, now=False)
        else:
            Link.objects.filter(pk=link.pk).update(one=one, other=other)
            moved.append([link.pk, *was, one, other])
    return moved


def _few(keys: list[int]) -> Iterator[list[int]]:
    """No more at a time than a database takes in one question."""
    return (keys[at : at + FEW] for at in range(0, len(keys), FEW))


def _has_twin(link: Link, one: int, other: int) -> bool:
    """Whether the same reader has another link between the same two."""
    twins = Link.objects.filter(one=one, other=other, by=link.by_id, removed=None)
    return twins.exclude(pk=link.pk).exists()


def turn_following(done: Act, *, back: bool) -> None:
    """Take back what followed in `done`, or let it follow again."""
    for change in done.codes.filter(followed__isnull=False).select_related("code"):
        followed: Followed = change.followed or {}
        if "into" in followed:
            if not back:
                _refuse_used_since(done, change.code)
            _turn_codes(change.code, followed, back=back)
        _turn_notes(followed, back=back)


def turn_suggestions(by: User, done: Act, *, back: bool) -> None:
    """What was accepted as a coding that `done` made waits again with that undone, and is accepted with it
    again, unless somebody has answered it meanwhile."""
    if done.kind != Act.Kind.APPLY:
        return
    # The coding stays noted on what waits, so that it is found again.
    made = Suggestion.objects.filter(coding__in=done.codings.filter(before__isnull=True).values("coding"))
    if back:
        waits = {"state": Suggestion.State.OPEN, "answered": None, "answered_by": None}
        made.filter(state=Suggestion.State.ACCEPTED).update(**waits)
    else:
        accepted = {"state": Suggestion.State.ACCEPTED, "answered": timezone.now(), "answered_by": by}
        made.filter(state=Suggestion.State.OPEN).update(**accepted)


def _refuse_used_since(done: Act, code: Code) -> None:
    own = set(done.codings.values_list("coding_id", flat=True))
    standing = Coding.objects.filter(code=code, removed=None).values_list("pk", flat=True)
    if set(standing) - own:
        raise ValidationError(
            _("“%(name)s” has been used again since. Merge it anew instead.") % {"name": code.name}
        )


def _turn_codes(code: Code, followed: Followed, *, back: bool) -> None:
    into = followed["into"]
    source, target = (into, code.pk) if back else (code.pk, into)
    Memo.objects.filter(pk__in=followed["memos"], code=source).update(code=target)
    Suggestion.objects.filter(pk__in=followed["suggestions"], code=source).update(code=target)
    themes = list(Theme.objects.filter(pk__in=followed["themes"]))
    joined = list(Theme.objects.filter(pk__in=followed["joined"]))
    other = Code.objects.get(pk=into)
    if back:
        code.themes.add(*themes)
        other.themes.remove(*joined)
    else:
        code.themes.remove(*themes)
        other.themes.add(*joined)


def _turn_notes(followed: Followed, *, back: bool) -> None:
    """Whose coding was erased meanwhile, or has such a link by now, keeps what it has."""
    for memo, was, now in followed["notes"]:
        source, target = (now, was) if back else (was, now)
        if Coding.objects.filter(pk=target).exists():
            Memo.objects.filter(pk=memo, coding=source).update(coding=target)
    links = Link.objects.in_bulk([link for link, *_ends in followed["links"]])
    for pk, one, other, new_one, new_other in followed["links"]:
        ends = (one, other) if back else (new_one, new_other)
        link = links.get(pk)
        if link and Coding.objects.filter(pk__in=ends).count() == len(ends) and not _has_twin(link, *ends):
            Link.objects.filter(pk=pk).update(one=ends[0], other=ends[1])
