from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, QuerySet
from django.db.models.functions import Substr
from django.http import Http404

from alongside.accounts.models import Study, User
from alongside.accounts.queries import NOT_HERE
from alongside.analysis.models import Asking, Code, CodeChange, MachineHelp, Run, Suggestion
from alongside.analysis.queries.apart import is_read_apart
from alongside.analysis.queries.codebook import code_paths
from alongside.analysis.queries.coined import codes_seen
from alongside.analysis.queries.examples import may_be_given_words
from alongside.analysis.queries.passages import turns_at
from alongside.interviews.models import Revision, Transcript, Turn
from alongside.interviews.queries import (
    readable_transcripts,
    transcripts_open_to,
    transcripts_permitting,
)
from alongside.people.models import Purpose

# A name of fewer words says little of whose words they are.
WORDS_OF_ONES_OWN = 3


def machine_help(study: Study) -> MachineHelp:
    """What the study decided about machine help; off where nobody has."""
    return MachineHelp.objects.filter(study=study).first() or MachineHelp(study=study)


def machine_for(study: Study) -> MachineHelp:
    """The door to machine help: there is none where it isn't switched on."""
    help_given = MachineHelp.objects.filter(study=study, is_on=True).first()
    if help_given is None:
        raise Http404(NOT_HERE)
    return help_given


def transcripts_for_machine(study: Study, user: User) -> QuerySet[Transcript]:
    """Transcripts that a machine may be given on behalf of `user`: open to them, and everyone who speaks
    there agrees to it."""
    return transcripts_open_to(study, user).filter(
        pk__in=transcripts_permitting(study, Purpose.MACHINE_HELP).values("pk")
    )


def may_be_given(study: Study, user: User, transcript: Transcript) -> bool:
    return transcripts_for_machine(study, user).filter(pk=transcript.pk).exists()


@dataclass(frozen=True)
class Reach:
    """How many of the transcripts that someone could read may be given to a machine."""

    may: int
    all: int


def reach(study: Study, user: User) -> Reach:
    readable = readable_transcripts(study, user)
    willing = transcripts_permitting(study, Purpose.MACHINE_HELP).values("pk")
    return Reach(readable.filter(pk__in=willing).count(), readable.count())


@dataclass(frozen=True)
class SentCode:
    """A code as a model is told of it: its names from the top, and what it means."""

    code: Code
    path: str
    meaning: str


def codes_to_send(study: Study, user: User) -> list[SentCode]:
    """Codes in use, without any word of someone who didn't agree to it.

    What is sent and suggested is shown to everyone who reads there, so a code that only some may know yet,
    `user` among them, isn't sent. A code can be made of what was said: its name then is those words, and
    neither it nor those below it are sent. A meaning that quotes such words is left out.
    """
    given = transcripts_for_machine(study, user).values("pk")
    kept_back = Revision.objects.filter(transcript__study=study).exclude(transcript__in=given)
    seen = codes_seen(study, None)
    codes = {code.pk: code for code in seen}
    said = {pk for pk, code in codes.items() if _is_said_in(kept_back, code.name)}
    said |= _coined_in(kept_back, codes)
    listed: list[SentCode] = []
    for pk, path in code_paths(study, seen).items():
        code, above = codes[pk], codes[pk]
        while above.pk not in said and above.parent_id:
            above = codes[above.parent_id]
        if above.pk not in said and not code.retired:
            meaning = " ".join((code.plain or code.definition).split())
            listed.append(SentCode(code, path, meaning if may_be_given_words(given, study, meaning) else ""))
    return listed


def _is_said_in(texts: QuerySet[Revision], name: str) -> bool:
    return len(name.split()) >= WORDS_OF_ONES_OWN and texts.filter(text__icontains=name).exists()


def _coined_in(texts: QuerySet[Revision], codes: dict[UUID, Code]) -> set[UUID]:
    """Codes that were named while reading one of `texts`, with words that stand in it, however few."""
    coined = CodeChange.objects.filter(before__isnull=True, act__transcript__in=texts.values("transcript"))
    rows = [row for row in coined.values_list("code_id", "act__transcript_id") if row[0] in codes]
    said: dict[UUID, str] = {}
    for transcript, text in texts.filter(transcript__in={text for _code, text in rows}).values_list(
        "transcript_id", "text"
    ):
        said[transcript] = f"{said.get(transcript, '')} {_plain(text)}"
    return {code for code, text in rows if _plain(codes[code].name) in said.get(text, "")}


def _plain(words: str) -> str:
    return " ".join(words.casefold().split()).strip(".,;:!?…“”\"'’ ")


# Asking a model about one transcript ------------------------------------------------------------------


def run_for(transcript: Transcript, user: User, pk: UUID) -> Run:
    """The door to a run; while a transcript is read apart, to one's own."""
    runs = Run.objects.filter(transcript=transcript, pk=pk)
    if is_read_apart(transcript):
        runs = runs.filter(by=user)
    run = runs.select_related("revision").first()
    if run is None:
        raise Http404(NOT_HERE)
    return run


def last_run(transcript: Transcript, user: User) -> Run | None:
    return Run.objects.filter(transcript=transcript, by=user).select_related("revision").first()


def askings_on(transcript: Transcript, user: User) -> QuerySet[Asking]:
    """What was asked about a transcript; while it is read apart, by `user` alone."""
    rows = Asking.objects.filter(transcript=transcript).select_related("by").order_by("-at")
    if is_read_apart(transcript):
        rows = rows.filter(by=user)
    return rows


def suggestions_on(transcript: Transcript, user: User) -> QuerySet[Suggestion]:
    """What a machine suggests for the text as it is, in its order."""
    rows = Suggestion.objects.filter(
        asking__in=askings_on(transcript, user).order_by(), revision__is_current=True
    )
    return rows.select_related("code", "asking__by").order_by("start", "end", "pk")


def suggestion_for(study: Study, transcript: Transcript, user: User, pk: int) -> Suggestion:
    """The door to a suggestion: closed as soon as somebody who speaks there no longer agrees to it."""
    if not may_be_given(study, user, transcript):
        raise Http404(NOT_HERE)
    suggestion = (
        Suggestion.objects.filter(pk=pk, asking__in=askings_on(transcript, user).order_by())
        .select_related("revision__transcript__study", "code", "asking")
        .first()
    )
    if suggestion is None:
        raise Http404(NOT_HERE)
    return suggestion


@dataclass(frozen=True)
class Placed:
    """A suggestion with its words and the turn that they stand in."""

    suggestion: Suggestion
    words: str
    turn: Turn | None


def waiting_suggestions(transcript: Transcript, user: User, most: int) -> list[Placed]:
    """Those nobody has answered yet, with their words."""
    rows = suggestions_on(transcript, user).filter(state=Suggestion.State.OPEN)
    listed = list(rows.annotate(words=Substr("revision__text", F("start") + 1, F("end") - F("start")))[:most])
    turns = turns_at([(row.revision_id, row.start) for row in listed])
    return [Placed(row, row.words, turns.get((row.revision_id, row.start))) for row in listed]


@dataclass(frozen=True)
class Standing:
    """How many suggestions wait, were accepted and declined; and what the model said that was dropped."""

    waiting: int
    accepted: int
    declined: int
    dropped: int


def standing_suggestions(transcript: Transcript, user: User) -> Standing:
    states = list(suggestions_on(transcript, user).order_by().values_list("state", flat=True))
    dropped = askings_on(transcript, user).order_by().values_list("dropped", flat=True)
    return Standing(
        waiting=states.count(Suggestion.State.OPEN),
        accepted=states.count(Suggestion.State.ACCEPTED),
        declined=states.count(Suggestion.State.DECLINED),
        dropped=sum(dropped),
    )
