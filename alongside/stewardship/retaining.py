"""What each kind of data holds of a study, in rows that a user may know of, and how each kind is erased.

A user erases what they could read in the list and nothing else: what belongs to people they work with is
another steward's to erase.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from alongside.accounts.models import Study, User
from alongside.analysis.models import Memo, PairNote
from alongside.audit.actions import Actor
from alongside.followup.models import Response
from alongside.interviews.actions import erase_transcript
from alongside.interviews.models import Interview, Recording, Revision, Transcript
from alongside.interviews.queries import HEARD_IN_INTERVIEW, PARTICIPANT_PATHS
from alongside.people.models import ConsentEvent, ContactPoint, Pair
from alongside.people.queries import behind_firewall, is_kept_from_someone, working_with
from alongside.reporting.models import Quote
from alongside.stewardship.models import Kind
from alongside.stewardship.quoted import forget_quoted
from alongside.stewardship.rooms import ARRANGED, erase_recordings, give_up_files
from alongside.training.models import AttendanceMark

Rows = QuerySet[Any]


@dataclass(frozen=True)
class Keeping:
    """One kind: which rows there are, what each is called in a list, and what erasing does to them."""

    rows: Callable[[Study, User], Rows]
    called: Callable[[Any], str]
    erase: Callable[[Actor, Rows], object]


def _day(moment: Any) -> str:
    return date_format(timezone.localtime(moment), "j F Y") if moment else _("no day")


def _of_people(rows: QuerySet[Any], study: Study, user: User) -> Rows:
    return rows.exclude(person__in=working_with(user, study))


def _contact(study: Study, user: User) -> Rows:
    rows = ContactPoint.objects.filter(person__study=study).select_related("person")
    return _of_people(rows, study, user).order_by("person__name", "pk")


def _attendance(study: Study, user: User) -> Rows:
    rows = AttendanceMark.objects.filter(session__study=study).select_related("person", "session")
    return _of_people(rows, study, user).order_by("session__starts", "person__name", "at")


def _consents(study: Study, user: User) -> Rows:
    rows = ConsentEvent.objects.filter(person__study=study).select_related("person", "text")
    return _of_people(rows, study, user).order_by("person__name", "at", "pk")


def _answers(study: Study, user: User) -> Rows:
    rows = Response.objects.filter(instance__participant__study=study)
    related = rows.select_related("instance__participant", "instance__timepoint", "version__instrument")
    return behind_firewall(related, user, "instance__participant").order_by(
        "instance__participant__code", "pk"
    )


def _audio(study: Study, user: User) -> Rows:
    rows = Recording.objects.filter(interview__study=study).select_related("interview__transcript")
    heard = [f"interview__{path}" for path in HEARD_IN_INTERVIEW]
    return behind_firewall(rows, user, *heard).order_by("interview__number")


def _arrangements(study: Study, user: User) -> Rows:
    written = Q()
    for field in ARRANGED:
        written |= ~Q(**{field: ""})
    rows = Interview.objects.filter(written, study=study)
    return behind_firewall(rows, user, *HEARD_IN_INTERVIEW).order_by("number")


def _transcripts(study: Study, user: User) -> Rows:
    rows = behind_firewall(Transcript.objects.filter(study=study), user, *PARTICIPANT_PATHS)
    if is_kept_from_someone(user, study):
        # One of which nobody has said whose words it holds might hold those of that person.
        claimed = Q(interview__participant__isnull=False) | Q(speakers__participant__isnull=False)
        rows = rows.filter(claimed | Q(belongs_to_nobody=True))
    return rows.distinct().order_by("name")


def _erase_transcripts(by: Actor, rows: Rows) -> None:
    chosen = list(rows)
    Quote.objects.filter(revision__transcript__in=chosen).update(
        revision=None, attribution="", insider_note=""
    )
    # What was written of both halves together rests on both.
    told = Q(one__interviews__transcript__in=chosen) | Q(two__interviews__transcript__in=chosen)
    pairs = Pair.objects.filter(told)
    rests = Q(transcript__in=chosen) | Q(coding__revision__transcript__in=chosen) | Q(pair__in=pairs)
    Memo.objects.filter(rests).delete()
    PairNote.objects.filter(pair__in=pairs).delete()
    give_up_files(transcript.source_sha256 for transcript in chosen)
    _forget_quoted(by, chosen)
    for transcript in chosen:
        erase_transcript(by=by, transcript=transcript)


def _forget_quoted(by: Actor, chosen: list[Transcript]) -> None:
    for study in {transcript.study for transcript in chosen}:
        theirs = [transcript for transcript in chosen if transcript.study_id == study.pk]
        said = Revision.objects.filter(transcript__in=theirs).values_list("text", flat=True)
        forget_quoted(by=by, study=study, said=said, spoken_in=theirs)


KEPT: dict[str, Keeping] = {
    Kind.AUDIO: Keeping(
        _audio,
        lambda row: (
            _("%(interview)s, %(count)s seconds") % {"interview": row.interview, "count": row.seconds}
        ),
        lambda by, rows: erase_recordings(rows),
    ),
    Kind.ARRANGEMENTS: Keeping(
        _arrangements,
        lambda row: f"{row}, {_day(row.starts)}",
        lambda by, rows: rows.update(**dict.fromkeys(ARRANGED, "")),
    ),
    Kind.CONTACT: Keeping(
        _contact, lambda row: f"{row.person}: {row.get_kind_display()}", lambda by, rows: rows.delete()
    ),
    Kind.ATTENDANCE: Keeping(
        _attendance, lambda row: f"{row.person}, {row.session}", lambda by, rows: rows.delete()
    ),
    Kind.ANSWERS: Keeping(
        _answers,
        lambda row: f"{row.instance}: {row.version}, {_day(row.submitted)}",
        lambda by, rows: rows.delete(),
    ),
    Kind.TRANSCRIPTS: Keeping(_transcripts, str, _erase_transcripts),
    Kind.CONSENTS: Keeping(
        _consents,
        lambda row: f"{row.person}: {row.text}, {row.get_decision_display()}, {_day(row.at)}",
        lambda by, rows: rows.delete(),
    ),
}


def erase(kind: str, by: Actor, rows: Sequence[Model]) -> None:
    """Erase exactly these rows of one kind."""
    if rows:
        chosen = type(rows[0])._default_manager.filter(pk__in=[row.pk for row in rows])
        KEPT[kind].erase(by, chosen)
