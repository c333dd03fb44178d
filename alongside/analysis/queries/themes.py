from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, QuerySet
from django.db.models.functions import Substr
from django.http import Http404

from alongside.accounts.models import Study, User
from alongside.accounts.queries import NOT_HERE
from alongside.analysis.models import Coding, Passage, Theme, Tie
from alongside.analysis.queries.apart import without_others_passages
from alongside.analysis.queries.codings import codings_open_to, standing_codings
from alongside.analysis.queries.passages import turns_at, with_words
from alongside.interviews.models import Transcript, Turn
from alongside.interviews.queries import transcripts_open_to
from alongside.people.models import Pair, Participant
from alongside.people.queries import pairs, undeclared


def theme_for(study: Study, pk: UUID) -> Theme:
    theme = Theme.objects.filter(study=study, pk=pk).first()
    if theme is None:
        raise Http404(NOT_HERE)
    return theme


def themes(study: Study) -> QuerySet[Theme]:
    return Theme.objects.filter(study=study).prefetch_related("codes")


def chosen(study: Study, user: User) -> QuerySet[Passage]:
    """The words chosen for any theme; of what is still read apart, those that `user` chose."""
    return without_others_passages(Passage.objects.filter(theme__study=study), user)


@dataclass(frozen=True)
class Voice:
    """Words that speak for a theme, in their place."""

    pk: int
    words: str
    transcript: Transcript
    turn: Turn | None


def voices(study: Study, user: User, themes: Iterable[Theme]) -> dict[UUID, list[Voice]]:
    """The chosen words of each theme, of the transcripts that are open to `user`; of what is still read
    apart, those that they chose."""
    rows = (
        chosen(study, user)
        .filter(theme__in=list(themes), revision__transcript__in=transcripts_open_to(study, user))
        .annotate(words=Substr("revision__text", F("start") + 1, F("end") - F("start")))
        .defer("revision__text")
        .select_related("revision__transcript")
        .order_by("position", "pk")
    )
    listed = list(rows)
    turns = turns_at([(row.revision_id, row.start) for row in listed])
    found: dict[UUID, list[Voice]] = {theme.pk: [] for theme in themes}
    for row in listed:
        turn = turns.get((row.revision_id, row.start))
        found[row.theme_id].append(Voice(row.pk, row.words, row.revision.transcript, turn))
    return found


@dataclass(frozen=True)
class ThemeWithVoices:
    theme: Theme
    voices: list[Voice]


def themes_with_voices(study: Study, user: User) -> list[ThemeWithVoices]:
    listed = list(themes(study))
    spoken = voices(study, user, listed)
    return [ThemeWithVoices(theme, spoken[theme.pk]) for theme in listed]


def offered(study: Study, user: User, theme: Theme) -> QuerySet[Coding]:
    """Coded words that could speak for a theme and don't yet."""
    spoken = chosen(study, user).filter(theme=theme).values_list("revision_id", "start", "end")
    rows = codings_open_to(study, user).filter(code__in=theme.codes.all())
    taken = set(spoken)
    skip = [
        pk for pk, *place in rows.values_list("pk", "revision_id", "start", "end") if tuple(place) in taken
    ]
    return with_words(rows.exclude(pk__in=skip).order_by("revision__transcript__name", "start", "pk"))


def ties(study: Study) -> QuerySet[Tie]:
    return Tie.objects.filter(one__study=study).select_related("one", "other").order_by("one__position")


def pairs_open_to(study: Study, user: User) -> QuerySet[Pair]:
    """Linked pairs of whom `user` said that they know neither half."""
    unasked = undeclared(study, user)
    return pairs(study, user).exclude(one__in=unasked).exclude(two__in=unasked)


# One passage beside so many of the other half's is called brief.
BRIEF_BESIDE = 3


@dataclass(frozen=True)
class PairCell:
    """Which halves of a pair spoke to a theme, and in how many passages each."""

    theme: str
    one: int
    two: int

    @property
    def one_briefly(self) -> bool:
        return self.one == 1 and self.two >= BRIEF_BESIDE

    @property
    def two_briefly(self) -> bool:
        return self.two == 1 and self.one >= BRIEF_BESIDE


@dataclass(frozen=True)
class PairLine:
    pk: int
    one: Participant
    two: Participant
    cells: list[PairCell]
    # Whether `user` may write and read memos about the two.
    is_open: bool


def pair_matrix(study: Study, user: User) -> list[PairLine]:
    """Both sides of each linked pair, theme by theme; without pairs of whom one half is barred to `user`."""
    linked: list[Pair] = list(pairs(study, user))
    if not linked:
        return []
    spoken: dict[tuple[UUID, UUID], set[tuple[int, int, int]]] = {}
    rows = standing_codings(study, user).filter(code__themes__study=study)
    for theme, participant, *place in rows.values_list(
        "code__themes", "revision__transcript__interview__participant", "revision_id", "start", "end"
    ):
        spoken.setdefault((theme, participant), set()).add((place[0], place[1], place[2]))
    columns = list(Theme.objects.filter(study=study))
    open_to = set(pairs_open_to(study, user).values_list("pk", flat=True))
    return [
        PairLine(
            pair.pk,
            pair.one,
            pair.two,
            [
                PairCell(
                    theme.name,
                    len(spoken.get((theme.pk, pair.one_id), ())),
                    len(spoken.get((theme.pk, pair.two_id), ())),
                )
                for theme in columns
            ],
            pair.pk in open_to,
        )
        for pair in linked
    ]
