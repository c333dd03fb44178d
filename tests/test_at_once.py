"""What two people do in the same moment: each is done or refused in a sentence, and nothing breaks."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier, Event

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone

from alongside.accounts.models import Study, User
from alongside.analysis.actions import (
    add_code,
    apply_code,
    apply_new_code,
    remove_coding,
    start_theme,
    undo,
    write_memo,
)
from alongside.analysis.models import Act, Code, Coding, Memo
from alongside.audit.queries import faults
from alongside.followup.actions import pick_purposively, record_response
from alongside.followup.models import Instrument, InstrumentVersion, Response, Sample, SampleMember
from alongside.interviews.actions import (
    arrange_interview,
    attach_recording,
    book_interview,
    import_transcript,
    name_speaker,
)
from alongside.interviews.models import Interview, Recording, Transcript
from alongside.interviews.tests.sounds import tone
from alongside.people.actions import make_participant, publish_consent_text, record_consent
from alongside.people.models import ConsentText, Participant, Person, StandingConsent
from alongside.people.queries import permits
from alongside.reporting.actions import add_section, count_read, start_report
from alongside.reporting.models import DayOfReads, Report, Section
from alongside.stewardship.withdrawal import stop
from tests.support.world import one_of_everything

PEOPLE = 4
CODERS = 20
Deed = Callable[[], object]
pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*deeds: Deed) -> list[str]:
    """Do `deeds` in the same moment; for each what came of it: done, or refused."""
    ready = Barrier(len(deeds))

    def do(deed: Deed) -> str:
        ready.wait()
        try:
            deed()
        except ValidationError:
            return "refused"
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(max_workers=len(deeds)) as threads:
        return sorted(threads.map(do, deeds))


def while_one_is_under_way(first: Deed, *deeds: Deed) -> list[str]:
    """Do `first`, and before it is kept let all `deeds` begin; for each of them what came of it.

    Where the database can say who waits, `first` is kept once each of the others waits or has ended.
    """
    begun, ended = Event(), []

    def lead() -> str:
        try:
            with transaction.atomic():
                first()
                begun.set()
                while connection.vendor == "postgresql" and waiting() < len(deeds) - len(ended):
                    pass
        finally:
            begun.set()
            connection.close()
        return "kept"

    def follow(deed: Deed) -> str:
        begun.wait()
        try:
            deed()
        except ValidationError:
            return "refused"
        finally:
            ended.append(deed)
            connection.close()
        return "done"

    with ThreadPoolExecutor(max_workers=len(deeds) + 1) as threads:
        leading = threads.submit(lead)
        followed = sorted(threads.map(follow, deeds))
        assert leading.result() == "kept"
    return followed


def waiting() -> int:
    """How many of this database's sessions wait for a lock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(DISTINCT pid) FROM pg_locks WHERE NOT granted")
        return int(cursor.fetchone()[0])


def test_findings_and_sections_get_numbers_of_their_own(study: Study, hilary: User, report: Report):
    """Everybody's is there, none has another's number, and the audit is one chain."""
    start = [lambda n=n: start_report(by=hilary, study=study, title=f"Finding {n}") for n in range(PEOPLE)]
    assert at_once(*start) == ["done"] * PEOPLE
    add = [lambda n=n: add_section(by=hilary, report=report, heading=f"Part {n}") for n in range(PEOPLE)]
    assert at_once(*add) == ["done"] * PEOPLE
    assert sorted(Section.objects.values_list("number", flat=True)) == [1, 2, 3, 4, 5]
    assert list(faults()) == []


def test_one_name_comes_into_the_codebook_once(study: Study, hilary: User):
    """The others are told that it is there."""
    add = [lambda: add_code(by=hilary, study=study, name="Waiting")] * PEOPLE
    assert at_once(*add) == ["done"] + ["refused"] * (PEOPLE - 1)
    start = [lambda: start_theme(by=hilary, study=study, name="Waiting", idea="A gap.")] * PEOPLE
    assert at_once(*start) == ["done"] + ["refused"] * (PEOPLE - 1)


def test_one_passage_is_coded_once(
    study: Study, hilary: User, dot: User, rowan_transcript: Transcript, waiting: Code
):
    """However often the same is sent; two who name the same new code mean one."""
    revision = rowan_transcript.revisions.get()
    apply = [lambda: apply_code(by=hilary, revision=revision, code=waiting, start=0, end=4)] * PEOPLE
    assert at_once(*apply) == ["done"] * PEOPLE
    assert Coding.objects.count() == 1
    name = [
        lambda by=by: apply_new_code(by=by, revision=revision, name="New", start=0, end=4)
        for by in (hilary, dot)
    ]
    assert at_once(*name) == ["done"] * 2
    assert Code.objects.filter(name="New").count() == 1


def test_twenty_coders_lose_nothing(study: Study, rowan_transcript: Transcript, waiting: Code):
    """Each codes three passages, takes one off and puts it back: all stand, in one unbroken line of acts."""
    revision = rowan_transcript.revisions.get()
    coders = [User.objects.create(email=f"reader-{n}@example.org", name=f"Reader {n}") for n in range(CODERS)]
    before = Act.objects.count()

    def work(by: User) -> None:
        made = [apply_code(by=by, revision=revision, code=waiting, start=at, end=at + 4) for at in (0, 5, 9)]
        remove_coding(by=by, coding=made[0])
        undo(by=by, study=study, transcript=rowan_transcript)

    assert at_once(*(lambda by=by: work(by) for by in coders)) == ["done"] * CODERS
    assert Coding.objects.filter(removed=None).count() == CODERS * 3
    numbers = list(Act.objects.filter(study=study).values_list("number", flat=True))
    assert numbers == list(range(1, before + CODERS * 5 + 1))
    assert list(faults()) == []


def test_one_memo_a_reader(study: Study, hilary: User, rowan_transcript: Transcript):
    """Two tabs that save at once keep one memo."""
    write = [
        lambda n=n: write_memo(by=hilary, study=study, transcript=rowan_transcript, words=f"Tab {n}")
        for n in range(PEOPLE)
    ]
    assert at_once(*write) == ["done"] * PEOPLE
    assert Memo.objects.count() == 1


def test_codes_and_versions_are_given_once(study: Study, rowan: Person, alison: Person, wren: Person):
    """Participants get codes of their own; the words of a consent get versions of their own."""
    make = [lambda who=who: make_participant(by=None, person=who) for who in (rowan, alison, wren)]
    assert at_once(*make, make[0]) == ["done"] * 3 + ["refused"]
    publish = [
        lambda n=n: publish_consent_text(
            by=None, study=study, purpose="archive", wording=f"Words {n}", on_stop="erase"
        )
        for n in range(PEOPLE)
    ]
    assert at_once(*publish) == ["done"] * PEOPLE
    assert ConsentText.objects.filter(purpose="archive").count() == 1 + PEOPLE


def test_every_reading_is_counted(report: Report):
    """Also when they come together on the day's first one."""
    assert at_once(*[lambda: count_read(report=report)] * PEOPLE) == ["done"] * PEOPLE
    assert DayOfReads.objects.get().count == PEOPLE


def test_what_comes_while_somebody_stops_is_kept_before_it_or_not_at_all(
    study: Study, josef: User, rowan: Person, rowan_as_participant: Participant, rowan_transcript: Transcript
):
    """Each asks the gate while the stop is under way, which its receipt says has ended everything."""
    participant = rowan_as_participant
    with transaction.atomic():
        world = one_of_everything(study, rowan, participant, by=josef)
    interview, speaker = world["interview"], world["speaker"]
    Recording.objects.all().delete()
    held = Interview.objects.get(transcript=rowan_transcript)
    instrument = Instrument.objects.create(study=study, name="Further questions", licence="CC0")
    questions = InstrumentVersion.objects.create(instrument=instrument, number=1)
    starts = timezone.now() + timedelta(days=30)
    free = {"study": study, "participant": participant, "interviewer": josef}
    asked = {"frame": world["frame"], "participant": participant, "reason": "Was there"}
    sample = Sample.objects.create(frame=world["frame"], kind="purposive")
    answers = {"instance": world["instance"], "version": questions, "answers": []}
    came: list[Deed] = [
        lambda: record_response(by=None, **answers),
        lambda: book_interview(by=None, **free, starts=starts, ends=starts + timedelta(hours=1)),
        lambda: attach_recording(by=None, interview=interview, name="a.wav", data=tone(1), seconds=60),
        lambda: arrange_interview(by=None, interview=held, if_hard="Ring my sister"),
        lambda: import_transcript(
            by=None, study=study, name="a.txt", data=b"A: Yes.\nB: No.", speakers={"A": participant}
        ),
        lambda: name_speaker(by=None, speaker=speaker, kind="answers", participant=participant),
        lambda: pick_purposively(by=None, sample=sample, **asked),
    ]
    assert while_one_is_under_way(lambda: stop(by=None, person=rowan), *came) == ["refused"] * len(came)
    left = {model.__name__: model.objects.count() for model in (Response, Recording, SampleMember)}
    assert left == {"Response": 0, "Recording": 0, "SampleMember": 0}
    assert not Interview.objects.filter(participant=participant).exclude(state="cancelled").exists()
    assert not StandingConsent.objects.filter(participant=participant).exists()
    assert list(faults()) == []


def test_a_yes_while_somebody_stops_stands_after_it(
    study: Study, rowan: Person, rowan_as_participant: Participant, consent_texts: dict[str, ConsentText]
):
    """What was decided last counts, and research rows know the same."""
    text = consent_texts["archive"]
    again: Deed = lambda: record_consent(by=None, person=rowan, text=text, decision="granted")  # noqa: E731
    assert while_one_is_under_way(lambda: stop(by=None, person=rowan), again) == ["done"]
    assert permits(rowan, "archive")
    assert list(StandingConsent.objects.values_list("purpose", flat=True)) == ["archive"]
