"""A transcript as it stands: its texts, its turns, who speaks in it."""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Max, OuterRef, Prefetch, Q, QuerySet, Subquery

from alongside.accounts.models import Study, User
from alongside.core.spans import Edit, edits
from alongside.interviews.models import Recording, Revision, Speaker, Transcript, Turn
from alongside.interviews.queries.opening import readable_transcripts


def transcripts(study: Study, user: User | AnonymousUser) -> QuerySet[Transcript]:
    """Readable transcripts with their speakers, `turn_count` and `minutes` begun, in two queries."""
    said = Turn.objects.filter(revision__transcript=OuterRef("pk"), revision__is_current=True).order_by()
    per_text = said.values("revision")
    return (
        readable_transcripts(study, user)
        .annotate(
            turn_count=Subquery(per_text.annotate(count=Count("pk")).values("count")),
            minutes=Subquery(per_text.annotate(begun=(Max("end_ms") + 59_999) / 60_000).values("begun")),
        )
        .select_related("interview__participant")
        .prefetch_related(
            Prefetch("speakers", queryset=Speaker.objects.select_related("participant").order_by("pk"))
        )
        .order_by("name")
    )


def current_revision(transcript: Transcript) -> Revision:
    return transcript.revisions.get(is_current=True)


def revisions(transcript: Transcript) -> QuerySet[Revision]:
    """Every stage of the text, newest first, without the texts themselves."""
    return transcript.revisions.defer("text").select_related("made_by").order_by("-number")


def turns(revision: Revision) -> QuerySet[Turn]:
    return revision.turns.select_related("speaker__participant").order_by("number")


def speakers(transcript: Transcript) -> QuerySet[Speaker]:
    """Who speaks, in the order of first speaking, with `turn_count` in the current text."""
    here = Q(turns__revision__is_current=True)
    return (
        transcript.speakers.select_related("participant")
        .annotate(turn_count=Count("turns", filter=here))
        .order_by("pk")
    )


@dataclass(frozen=True)
class Said:
    """A turn with its words."""

    turn: Turn
    words: str


def spoken(revision: Revision) -> list[Said]:
    return [Said(turn, turn.words_in(revision.text)) for turn in turns(revision)]


def recording_of(transcript: Transcript) -> Recording | None:
    return Recording.objects.filter(interview=transcript.interview_id).first()


def is_worked_on(transcript: Transcript) -> bool:
    """Whether codings, chosen words, quotes or memos rest on the transcript.

    Those belong to rooms downstream, which may not be imported here; Django knows the way back to them.
    """
    texts = transcript.revisions.all()
    return (
        texts.filter(codings__isnull=False, codings__removed=None).exists()
        or texts.filter(passages__isnull=False).exists()
        or texts.filter(quotes__isnull=False).exists()
        or transcript.memos.exists()
    )


def edits_between(old: Revision, new: Revision) -> list[Edit]:
    """How the older text became the newer one: what carries a passage across."""
    return edits(old.text, new.text)
