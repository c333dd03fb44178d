"""One of everything about one person, for the walks: over every address, and over every row."""

from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any

from django.apps import apps
from django.db.models import Model
from django.utils import timezone

from alongside.accounts.models import Invitation, Study, User
from alongside.analysis.actions import begin
from alongside.analysis.models import (
    Act,
    CardSort,
    Code,
    Codebook,
    Coding,
    CodingChange,
    Discussion,
    Link,
    LinkChange,
    Memo,
    PairNote,
    Passage,
    Place,
    Reading,
    Remark,
    SortedCard,
    Summary,
    Theme,
    Workshop,
)
from alongside.audit.actions import register_export
from alongside.exchange.models import Import
from alongside.exchange.people.actions import keep_people_file
from alongside.followup.models import (
    Answer,
    FrameMember,
    Instrument,
    InstrumentVersion,
    Item,
    Message,
    Protocol,
    Response,
    Sample,
    SampleMember,
    SamplingFrame,
    Score,
    Timepoint,
    TimepointInstance,
)
from alongside.interviews.models import Guide, Interview, Recording, Revision, Speaker, Transcript, Turn
from alongside.people.actions import record_adjustment, review_adjustments
from alongside.people.models import (
    AccessGrant,
    ContactPoint,
    Pair,
    Participant,
    Person,
    Standpoint,
)
from alongside.people.tokens import digest
from alongside.reporting.models import Quote, Report, Section
from alongside.reporting.queries import numbers_now
from alongside.stewardship.models import ErasureRequest, Merge, Receipt
from alongside.stewardship.withdrawal import stop
from alongside.vault import files
from tests.support.asked import known_to_nobody
from tests.support.world_machine import in_machine
from tests.support.world_training import World, at_noon, in_training

__all__ = [
    "INVITATION",
    "WORDS",
    "World",
    "in_analysis",
    "in_reporting",
    "key",
    "one_of_everything",
    "secrets_of",
    "spoken",
    "stored",
]

INVITATION = "an-invitation-to-read-with-us"
WORDS = "How did you two work before?\nShe had the chair with the arms."


def one_of_everything(
    study: Study, person: Person, participant: Participant, *, by: User, other: Participant | None = None
) -> World:
    """Rows in every room that lead to `person` or `participant`, by the name addresses use for them."""
    invited = Invitation.objects.create(
        study=study,
        email=f"invited-{person.pk}@example.org",
        name="Ingrid",
        roles=["reader"],
        token_hash=digest(f"{INVITATION}-{person.pk}"),
        sent=timezone.now(),
        expires=timezone.now() + timedelta(days=14),
    )
    return {
        "study": study,
        "invited": invited,
        "invitation": f"{INVITATION}-{person.pk}",
        "person": person,
        "participant": participant,
        **in_people(study, person, participant, other),
        **in_training(study, person),
        **(followup := in_followup(study, person, participant)),
        **(interviews := in_interviews(study, participant, by, followup["instance"])),
        **(analysis := in_analysis(study, interviews, by)),
        **in_reporting(study, interviews, analysis),
        **in_exchange(study, by),
        "export": register_export(
            by=by, study=study.pk, what="passages", format="csv", rows=1, sha256="0" * 64
        ),
    }


def in_people(study: Study, person: Person, participant: Participant, other: Participant | None) -> World:
    adjustment = record_adjustment(by=None, person=person, need="Large print", share_with="sessions")
    review_adjustments(by=None, person=person)
    point = ContactPoint.objects.create(person=person, kind="post", value="1 Ferry Road")
    standpoint = Standpoint.objects.create(person=person, kind="own_words", words="A gardener")
    token = f"own-page-of-{person.pk}"
    AccessGrant.objects.create(
        person=person,
        purpose=AccessGrant.MY_PAGE,
        token_hash=digest(token),
        expires=timezone.now() + timedelta(days=30),
    )
    AccessGrant.objects.create(
        person=person,
        purpose="questionnaires",
        token_hash=digest(token + "-questions"),
        expires=timezone.now() + timedelta(days=30),
    )
    pair = Pair.objects.create(study=study, one=participant, two=other) if other else None
    receipt = Receipt.objects.create(person=person, purposes=["archive"], lines=["Done."])
    asked = ErasureRequest.objects.create(person=person)
    said = {"adjustment": adjustment, "point": point, "standpoint": standpoint}
    twice = Person.objects.create(study=study, name=f"{person} again", merged_into=person)
    merge = Merge.objects.create(study=study, kept=person, merged=twice, values={"last_event": 0})
    return {"merge": merge, "token": token, "pair": pair, "receipt": receipt, "erasure": asked, **said}


def in_followup(study: Study, person: Person, participant: Participant) -> World:
    protocol = Protocol.objects.create(study=study, name=f"Protocol of {person}")
    timepoint = Timepoint.objects.create(
        protocol=protocol, name="Six months", anchor="last_session", months=6
    )
    today = timezone.localdate()
    dates = {
        "anchored": today - timedelta(days=180),
        "opens": today - timedelta(days=14),
        "due": today,
        "closes": today + timedelta(days=28),
    }
    instance = TimepointInstance.objects.create(timepoint=timepoint, participant=participant, **dates)
    instrument = Instrument.objects.create(study=study, name=f"Questions to {person}", licence="CC0")
    version = InstrumentVersion.objects.create(instrument=instrument, number=1)
    item = Item.objects.create(version=version, number=1, wording="I am listened to")
    response = Response.objects.create(instance=instance, version=version, submitted=timezone.now())
    Answer.objects.create(response=response, item=item, value=3)
    Score.objects.create(response=response, value=3, answered=1)
    Message.objects.create(person=person, template="invitation", instance=instance, state="sent")
    frame = SamplingFrame.objects.create(study=study, name=f"Frame of {person}", criteria="All")
    FrameMember.objects.create(frame=frame, participant=participant)
    sample = Sample.objects.create(frame=frame, kind="purposive")
    member = SampleMember.objects.create(
        sample=sample, participant=participant, reason="Came to every session"
    )
    return {
        "protocol": protocol,
        "timepoint": timepoint,
        "instance": instance,
        "instrument": instrument,
        "version": version,
        "item": item,
        "response": response,
        "frame": frame,
        "sample": sample,
        "member": member,
    }


def in_interviews(study: Study, participant: Participant, by: User, instance: TimepointInstance) -> World:
    guide, _new = Guide.objects.get_or_create(study=study, title="Guide")
    last = Interview.objects.filter(study=study).count()
    starts = datetime(2026, 11, 3, 10, 30, tzinfo=UTC) + timedelta(days=last)
    interview = Interview.objects.create(
        study=study,
        number=last + 1,
        participant=participant,
        interviewer=by,
        instance=instance,
        guide=guide,
        starts=starts,
        ends=starts + timedelta(hours=1),
        state="held",
        if_hard="Ring my sister",
    )
    booked = Interview.objects.create(
        study=study,
        number=last + 2,
        participant=participant,
        starts=at_noon(days=9),
        ends=at_noon(days=9) + timedelta(hours=1),
        if_hard="Ring my sister",
    )
    known_to_nobody(participant)
    sound = files.store(f"sound of {participant.code}".encode())
    Recording.objects.create(interview=interview, sha256=sound, kind="audio/wav", seconds=60)
    transcript = spoken(study, participant, by, interview)
    revision = transcript.revisions.get()
    return {
        "guide": guide,
        "interview": interview,
        "booked": booked,
        "transcript": transcript,
        "revision": revision,
        "speaker": transcript.speakers.get(label="They"),
        "turn": revision.turns.get(number=2),
    }


def secrets_of(
    person: Person, participant: Participant, things: World, *, by: User, other: Participant
) -> None:
    """What someone gave and decided, among things that are there already: another's codes and themes."""
    study, model = things["study"], things["instance"]
    dates = {name: getattr(model, name) for name in ("anchored", "opens", "due", "closes")}
    instance = TimepointInstance.objects.create(timepoint=model.timepoint, participant=participant, **dates)
    response = Response.objects.create(instance=instance, version=things["version"], submitted=timezone.now())
    Answer.objects.create(response=response, item=things["item"], value=2)
    Score.objects.create(response=response, value=2, answered=1)
    FrameMember.objects.create(frame=things["frame"], participant=participant)
    SampleMember.objects.create(sample=things["sample"], participant=participant, reason="Spoke of chairs")
    transcript = in_interviews(study, participant, by, instance)["transcript"]
    revision = transcript.revisions.get()
    turn = revision.turns.get(number=2)
    span = {"revision": revision, "start": turn.start, "end": turn.end}
    coding = Coding.objects.create(study=study, code=things["code"], coder=by, **span)
    Memo.objects.create(study=study, author=by, coding=coding, words="Again the arms")
    Memo.objects.create(study=study, author=by, transcript=transcript, words="A second chair")
    Passage.objects.create(theme=things["theme"], chosen_by=by, **span)
    Reading.objects.create(transcript=transcript, reader=by)
    Summary.objects.create(transcript=transcript, words="Of a second chair", changed_by=by)
    discussion = Discussion.objects.create(study=study, **span)
    Remark.objects.create(discussion=discussion, by=by, words="Whose second chair?")
    in_machine(study, {"transcript": transcript, "revision": revision, "turn": turn}, things["code"], by)
    pair = Pair.objects.create(study=study, one=other, two=participant)
    PairNote.objects.create(pair=pair, theme=things["theme"], words="Both sat")
    Memo.objects.create(study=study, author=by, pair=pair, words="Both sat down")
    Quote.objects.create(section=things["section"], number=9, attribution="Uses services", **span)
    register_export(by=by, study=study.pk, what="passages", format="csv", rows=2, sha256="1" * 64)
    stop(by=person, person=person, purposes=["archive"])


def spoken(
    study: Study, participant: Participant, by: User, interview: Interview | None = None
) -> Transcript:
    """A question and an answer, with the file they came from."""
    source = files.store(f"{participant.code}: {WORDS}".encode())
    transcript = Transcript.objects.create(
        study=study,
        interview=interview,
        name=f"Conversation with {participant.code}",
        source_name="conversation.txt",
        source_kind="txt",
        source_sha256=source,
        imported_by=by,
    )
    asks = Speaker.objects.create(transcript=transcript, label="Q", kind="asks")
    answers = Speaker.objects.create(transcript=transcript, label="They", participant=participant)
    revision = Revision.objects.create(transcript=transcript, number=1, text=WORDS, length=len(WORDS))
    middle = WORDS.index("\n")
    Turn.objects.create(revision=revision, number=1, speaker=asks, start=0, end=middle, line=1)
    Turn.objects.create(
        revision=revision, number=2, speaker=answers, start=middle + 1, end=len(WORDS), line=2
    )
    return transcript


def in_analysis(study: Study, interviews: World, by: User) -> World:
    codebook, _new = Codebook.objects.get_or_create(study=study)
    count = Code.objects.filter(study=study).count()
    code = Code.objects.create(study=study, codebook=codebook, name=f"Chairs {count}", colour=1)
    revision, turn = interviews["revision"], interviews["turn"]
    span = {"revision": revision, "start": turn.start, "end": turn.end}
    coding = Coding.objects.create(study=study, code=code, coder=by, **span)
    link = linked(study, coding, by)
    Place.objects.create(transcript=interviews["transcript"], reader=by)
    workshop = Workshop.objects.create(study=study, transcript=interviews["transcript"], keeper=by)
    workshop.present.add(by)
    theme = Theme.objects.create(study=study, name=f"Theme {code.pk}", idea="Where one sits")
    theme.codes.add(code)
    passage = Passage.objects.create(theme=theme, chosen_by=by, **span)
    Memo.objects.create(study=study, author=by, coding=coding, words="Arms")
    memo = Memo.objects.create(study=study, author=by, transcript=interviews["transcript"], words="Quiet")
    Memo.objects.create(study=study, author=by, words="On my own chair", private=True)
    reading = Reading.objects.create(transcript=interviews["transcript"], reader=by)
    Summary.objects.create(transcript=interviews["transcript"], words="Of a chair with arms", changed_by=by)
    discussion = Discussion.objects.create(study=study, **span)
    Remark.objects.create(discussion=discussion, by=by, words="Whose chair?")
    sort = CardSort.objects.create(study=study, sorter=by)
    SortedCard.objects.create(sort=sort, pile=1, **span)
    for pair in Pair.objects.filter(study=study):
        PairNote.objects.create(pair=pair, theme=theme, words="Both speak of chairs")
        Memo.objects.create(study=study, author=by, pair=pair, words="Two chairs")
    return {
        **in_machine(study, interviews, code, by),
        "codebook": codebook,
        "code": code,
        "coding": coding,
        "theme": theme,
        "passage": passage,
        "memo": memo,
        "reading": reading,
        "discussion": discussion,
        "workshop": workshop,
        "link": link,
        "sort": sort,
    }


def linked(study: Study, coding: Coding, by: User) -> Link:
    """A link to a second coding, and the acts by which both came about."""
    shorter = {"revision": coding.revision, "start": coding.start, "end": coding.start + 1}
    other = Coding.objects.create(study=study, code=coding.code, coder=by, **shorter)
    act = begin(by, study, Act.Kind.APPLY, transcript=coding.revision.transcript)
    CodingChange.objects.create(act=act, coding=coding, after=coding.state)
    link = Link.objects.create(study=study, one=coding, other=other, by=by)
    LinkChange.objects.create(act=act, link=link, was=False, now=True)
    return link


def in_reporting(study: Study, interviews: World, analysis: World) -> World:
    number = Report.objects.filter(study=study).count()
    report = Report.objects.create(study=study, number=number + 1, title="What changed")
    public = Report(
        study=study, number=number + 2, title="For all", audience="public", published=timezone.now()
    )
    public.numbers = asdict(numbers_now(public))
    public.save()
    turn = interviews["turn"]
    span = {"revision": interviews["revision"], "start": turn.start, "end": turn.end}
    section = Section.objects.create(report=report, number=1, heading="Chairs", theme=analysis["theme"])
    quote = Quote.objects.create(section=section, number=1, attribution="Uses services", **span)
    open_section = Section.objects.create(report=public, number=1, heading="Chairs")
    public_quote = Quote.objects.create(section=open_section, number=1, attribution="Uses services", **span)
    return {
        "report": report,
        "public": public,
        "section": section,
        "quote": quote,
        "public_quote": public_quote,
    }


def in_exchange(study: Study, by: User) -> World:
    file = keep_people_file(by=by, study=study, name="people.csv", data=b"name\nDilys\n")
    counts = {"added": 1, "known": 0, "left_out": 0, "relationships": 0}
    brought = Import.objects.create(study=study, user=by, format="csv", not_taken=["Row 2"], **counts)
    return {"people_file": file, "brought": brought}


def stored() -> dict[str, list[str]]:
    """Every row of every table of ours, by model."""
    ours = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith("alongside")
    ]
    return {m._meta.label: sorted(map(str, m._default_manager.values_list())) for m in ours}


def key(thing: Any) -> str:
    """What stands for `thing` in an address."""
    if isinstance(thing, Study):
        return thing.slug
    if isinstance(thing, Turn):
        return str(thing.number)
    return str(thing.pk) if isinstance(thing, Model) else str(thing)
