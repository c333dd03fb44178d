"""The one trait of a code that may hold what somebody said: its example."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Q, QuerySet

from alongside.accounts.models import Study, User
from alongside.interviews.models import Revision, Transcript
from alongside.interviews.queries import transcripts_open_to, transcripts_permitting
from alongside.people.models import Purpose

# Between two of these stand words as somebody may have said them.
BETWEEN = re.compile(r"[^\w\s'’-]+|\n")
# Fewer words are nobody's own.
FEWEST = 4
# As many stretches are looked for in one question.
AT_ONCE = 100


def stretches(words: str) -> list[str]:
    """The stretches of an example that may be a quotation, whatever stands around them."""
    whole = BETWEEN.split(words)
    # What else may part lines came with what was pasted: within a quotation, or between it and other words.
    lines = (line for part in whole for line in part.splitlines())
    parts = (part.strip(" \t\r'’-") for part in dict.fromkeys([*whole, *lines]))
    return [part for part in parts if len(part.split()) >= FEWEST]


def _stand_in(words: str, transcripts: QuerySet[Transcript]) -> bool:
    said = stretches(words)
    if not said:
        return False
    return Revision.objects.filter(_holding(_as_said(said)), transcript__in=transcripts).exists()


def _as_said(said: list[str]) -> set[str]:
    """However the words are spaced in the example, as it was pasted, they may stand with single blanks."""
    return {*said, *(" ".join(part.split()) for part in said)}


def _holding(parts: Iterable[str]) -> Q:
    holds = Q()
    for part in parts:
        holds |= Q(text__icontains=part)
    return holds


def said_at(study: Study, examples: Iterable[str]) -> Iterator[tuple[int, int, int]]:
    """Where words of examples that may leave were said: a revision, and from where to where in it."""
    quotable = transcripts_permitting(study, Purpose.QUOTATION_REPORT)
    parts = sorted(set().union(*(_as_said(stretches(words)) for words in examples if words)))
    for begin in range(0, len(parts), AT_ONCE):
        some = parts[begin : begin + AT_ONCE]
        revisions = Revision.objects.filter(_holding(some), transcript__in=quotable)
        for pk, text in revisions.values_list("pk", "text").iterator():
            for part in some:
                found = re.finditer(re.escape(part), text, re.IGNORECASE)
                yield from ((pk, words.start(), words.end()) for words in found)


def is_kept_from(study: Study, user: User, words: str) -> bool:
    """Whether the words of an example stand in a transcript that is closed to `user`."""
    closed = Transcript.objects.filter(study=study).exclude(pk__in=transcripts_open_to(study, user))
    return _stand_in(words, closed)


def open_words(study: Study, user: User, words: str) -> str:
    """An example without the lines that are kept from `user`, as if nobody had written them: that words are
    closed to them would tell them that there is a transcript."""
    if not is_kept_from(study, user, words):
        return words
    return "\n".join(line for line in words.split("\n") if not is_kept_from(study, user, line))


def with_kept_words(study: Study, user: User, was: str, now: str) -> str:
    """What `user` made of the lines open to them, with those that are kept from them."""
    if now == open_words(study, user, was):
        return was
    kept = [line for line in was.split("\n") if is_kept_from(study, user, line)]
    return "\n".join([*filter(None, [now]), *kept])


def may_be_given_words(given: QuerySet[Transcript, Any], study: Study, words: str) -> bool:
    """Whether words may go to a machine: not if they stand in a transcript that isn't among those `given`."""
    return not _stand_in(words, Transcript.objects.filter(study=study).exclude(pk__in=given))


def may_leave(study: Study, words: str) -> bool:
    """Whether an example may leave the study: not with words of whoever doesn't agree to being quoted."""
    quotable = transcripts_permitting(study, Purpose.QUOTATION_REPORT)
    silent = Transcript.objects.filter(study=study).exclude(pk__in=quotable)
    return not _stand_in(words, silent)
