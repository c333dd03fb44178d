"""Who is asked to read what, and how far they are."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404

from alongside.accounts.models import Study, User
from alongside.accounts.permissions import Permission
from alongside.accounts.queries import NOT_HERE, members
from alongside.analysis.models import Place, Reading
from alongside.analysis.queries.apart import read_apart
from alongside.analysis.queries.codings import standing_codings
from alongside.interviews.models import Transcript, Turn
from alongside.interviews.queries import readable_transcripts, transcripts_open_to

# Doors ------------------------------------------------------------------------------------------------


def reading_for(transcript: Transcript, pk: int) -> Reading:
    """The door to somebody's reading, for whoever came in through the transcript's."""
    reading = transcript.readings.filter(pk=pk).select_related("transcript__study", "reader").first()
    if reading is None:
        raise Http404(NOT_HERE)
    return reading


def reading_of(transcript: Transcript, user: User) -> Reading | None:
    return transcript.readings.filter(reader=user).select_related("transcript__study").first()


# Whom one can ask -------------------------------------------------------------------------------------


def coders_of(study: Study) -> QuerySet[User]:
    """Members who may code."""
    able = {member.user_id for member in members(study) if Permission.CODE in member.permissions()}
    return User.objects.filter(pk__in=able).order_by("name")


def may_be_asked(transcript: Transcript) -> list[User]:
    """Members to whom the transcript's own door is open now. Why it isn't to somebody, nobody is told:
    most often they haven't said yet whether they know the person."""
    study = transcript.study
    return [
        member
        for member in coders_of(study)
        if transcripts_open_to(study, member).filter(pk=transcript.pk).exists()
    ]


# How far everyone is ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Progress:
    """One reader's way through one transcript. `codings` is None while theirs are hidden."""

    reading: Reading
    furthest: int
    turns: int
    codings: int | None

    @property
    def percent(self) -> int:
        return 100 * min(self.furthest, self.turns) // self.turns if self.turns else 0

    @property
    def finished(self) -> datetime | None:
        return self.reading.finished


@dataclass(frozen=True)
class ReadingLine:
    """A transcript, and each reader's progress, or None for who isn't asked."""

    transcript: Transcript
    is_apart: bool
    by_reader: list[tuple[User, Progress | None]]


def with_turns(rows: QuerySet[Transcript]) -> QuerySet[Transcript]:
    said = Turn.objects.filter(revision__transcript=OuterRef("pk"), revision__is_current=True).order_by()
    counted = said.values("revision__transcript").annotate(count=Count("pk")).values("count")
    return rows.annotate(turn_count=Coalesce(Subquery(counted), 0))


def transcripts_to_read(study: Study, user: User) -> QuerySet[Transcript]:
    rows = readable_transcripts(study, user).select_related("interview__participant")
    return with_turns(rows).order_by("name")


def readers_of(study: Study, user: User) -> list[User]:
    """Members who may code, and whoever else was asked to read something that `user` may read."""
    asked = Reading.objects.filter(transcript__in=readable_transcripts(study, user))
    everyone = User.objects.filter(pk__in=asked.values("reader")) | coders_of(study)
    return list(everyone.distinct().order_by("name"))


def reading_lines(
    study: Study, user: User, transcripts: list[Transcript], readers: list[User]
) -> list[ReadingLine]:
    """The readings of some transcripts of `transcripts_to_read`, in four queries."""
    told = progress(study, user, transcripts)
    apart = set(read_apart().filter(transcript__in=transcripts).values_list("transcript", flat=True))
    return [
        ReadingLine(each, each.pk in apart, [(who, told.get((each.pk, who.pk))) for who in readers])
        for each in transcripts
    ]


def progress(study: Study, user: User, transcripts: list[Transcript]) -> dict[tuple[UUID, UUID], Progress]:
    """How far everyone is who was asked, by transcript and reader. Of what is read apart `user` learns how
    far the others are, and not how much they coded."""
    turns = {each.pk: getattr(each, "turn_count") for each in transcripts}  # noqa: B009 - annotated
    readings = Reading.objects.filter(transcript__in=transcripts).select_related("reader", "transcript")
    places = Place.objects.filter(transcript__in=transcripts).values_list("transcript", "reader")
    furthest = {(text, who): turn for text, who, turn in places.annotate(far=Max("furthest"))}
    counted = standing_codings(study, user).filter(revision__transcript__in=transcripts).order_by()
    rows = counted.values_list("revision__transcript", "coder").annotate(count=Count("pk"))
    codings = {(text, who): count for text, who, count in rows}
    hidden = set(read_apart().filter(transcript__in=transcripts).values_list("transcript", flat=True))
    found = {}
    for reading in readings:
        place = (reading.transcript_id, reading.reader_id)
        sees = reading.reader_id == user.pk or reading.transcript_id not in hidden
        found[place] = Progress(
            reading,
            furthest.get(place, 0),
            turns[reading.transcript_id],
            codings.get(place, 0) if sees else None,
        )
    return found


def asked_of(study: Study, user: User) -> list[Progress]:
    """What `user` is asked to read, what isn't finished first."""
    mine = Reading.objects.filter(reader=user).values("transcript")
    rows = list(transcripts_to_read(study, user).filter(pk__in=mine))
    told = progress(study, user, rows)
    known = {each.pk: each for each in rows}
    own = [each for (_text, who), each in told.items() if who == user.pk]
    for each in own:
        each.reading.transcript = known[each.reading.transcript_id]
    return sorted(own, key=lambda each: (each.finished is not None, each.reading.asked))


def progress_of(study: Study, user: User, transcript: Transcript) -> list[Progress]:
    """Everyone who is asked to read one transcript, by name."""
    rows = list(transcripts_to_read(study, user).filter(pk=transcript.pk))
    return sorted(progress(study, user, rows).values(), key=lambda each: each.reading.reader.name)


def last_apart(asked: list[Progress]) -> Reading | None:
    """The one reading that still keeps everyone's work hidden, if there is just one."""
    waiting = [
        each.reading for each in asked if each.reading.mode == Reading.Mode.APART and not each.finished
    ]
    return waiting[0] if len(waiting) == 1 else None
