"""What happens in the twin databases of the drill `two_world`, each step in a process of its own.

`cast` adds those who look. `give` and `stop_all` are two lives of the one person whose secrets differ.
`later` is what others do afterwards, the same in every world.
"""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core import mail
from django.utils import timezone

from alongside.accounts.actions import give_role, invite_user
from alongside.accounts.models import Study, User
from alongside.accounts.permissions import Role
from alongside.analysis.actions import apply_code, choose_passage, switch_machine_help, write_memo
from alongside.analysis.models import Code, Coding, Passage, Theme
from alongside.followup.actions import add_timepoint, create_protocol
from alongside.followup.models import (
    InstrumentVersion,
    Response,
    Sample,
    SampleMember,
    SamplingFrame,
    TimepointInstance,
)
from alongside.interviews.actions import book_interview, hold_interview, import_transcript
from alongside.interviews.models import Guide, Interview, Transcript
from alongside.people.actions import add_person, link_user, make_link, record_consent, record_relationship
from alongside.people.models import Pair, Participant, Person
from alongside.people.queries import current_texts, participant_of
from alongside.reporting.actions import add_section, start_report
from alongside.reporting.models import Quote, Section
from alongside.stewardship.models import Receipt
from alongside.stewardship.withdrawal import stop
from benchmarks.parts.steps import steady
from tests.support.world import World, secrets_of
from tests.support.world_machine import SILENT

WHOSE, OTHER_HALF, ANOTHER = "Ellis Marchetti", "Graham Tolley", "Jane Whitcombe"
RESEARCHER, INTERVIEWER = "Hilary Banks", "Josef Novak"
FOLDER = Path(settings.ALONGSIDE_DATA)


def cast() -> None:
    """Who looks: someone who works with the person in each role, in all and in none; people with a link."""
    them, users = called(WHOSE), {}
    roles: dict[str, tuple[Role, ...]] = {f"works with them, {role}": (role,) for role in Role}
    roles |= {"works with them, every role": tuple(Role), "works with them, no role": ()}
    for number, (name, held) in enumerate(roles.items()):
        user = someone(f"observer{number}@example.org", name, *held)
        person = add_person(by=None, study=study(), name=name)
        link_user(by=None, person=person, user=user)
        record_relationship(by=None, one=person, other=them, started=timezone.localdate())
        users[name] = str(user.pk)
    users["works with nobody, facilitator"] = str(someone("f@example.org", "F", Role.FACILITATOR).pk)
    by_link = (OTHER_HALF, ANOTHER)
    links = {name: make_link(by=None, person=called(name), purpose="my_page") for name in by_link}
    (FOLDER / "cast.json").write_text(json.dumps({"users": users, "links": links}))
    a_stage()


def a_stage() -> None:
    """What research has ready before anyone gives anything: a timepoint, a sample, a draft, machine help."""
    protocol = create_protocol(by=None, study=study(), name="A year on")
    when: dict[str, Any] = {
        "anchor": "last_session",
        "months": 12,
        "days": 0,
        "opens_days": -14,
        "closes_days": 28,
    }
    timepoint = add_timepoint(by=None, protocol=protocol, name="Twelve months", **when)
    today = timezone.localdate()
    dates = {"anchored": today, "opens": today, "due": today, "closes": today + timedelta(days=28)}
    TimepointInstance.objects.create(timepoint=timepoint, participant=known(ANOTHER), **dates)
    frame = SamplingFrame.objects.create(study=study(), name="Another frame", criteria="All")
    Sample.objects.create(frame=frame, kind="purposive")
    Guide.objects.create(study=study(), title="Guide")
    report = start_report(by=member(RESEARCHER), study=study(), title="A draft")
    add_section(by=member(RESEARCHER), report=report, heading="Chairs", body="")
    switch_machine_help(by=member(RESEARCHER), study=study(), is_on=True, address=SILENT, model="small")


def give() -> None:
    """All that someone can give: answers, an interview, a recording, coded words, a quote, a no, a stop."""
    them = called(WHOSE)
    for text in current_texts(study()):
        decision = "declined" if text.purpose == "machine_help" else "granted"
        record_consent(by=them, person=them, text=text, decision=decision)
    version = InstrumentVersion.objects.filter(instrument__study=study()).order_by("pk")[0]
    things: World = {
        "study": study(),
        "instance": TimepointInstance.objects.get(timepoint__name="Twelve months"),
        "version": version,
        "item": version.items.order_by("number")[0],
        "frame": SamplingFrame.objects.get(name="Another frame"),
        "sample": Sample.objects.get(frame__name="Another frame"),
        "code": Code.objects.filter(study=study()).order_by("pk").last(),
        "theme": Theme.objects.filter(study=study()).order_by("pk").first(),
        "section": Section.objects.get(report__title="A draft"),
    }
    secrets_of(them, known(WHOSE), things, by=member(RESEARCHER), other=known(ANOTHER))
    leave_word()


def stop_all() -> None:
    them = called(WHOSE)
    stop(by=them, person=them)
    leave_word()


def nothing() -> None:
    leave_word()


def later() -> None:
    """What others do afterwards. Ids and draws are the same in every world, so that what differs is told."""
    steady("later")
    by, interviewer, whose = member(RESEARCHER), member(INTERVIEWER), known(ANOTHER)
    starts = timezone.now() + timedelta(days=40)
    time: dict[str, Any] = {"starts": starts, "ends": starts + timedelta(hours=1)}
    interview = book_interview(
        by=None, study=study(), participant=whose, interviewer=interviewer, override="Later", **time
    )
    hold_interview(by=None, interview=interview)
    transcript = import_transcript(
        by=by,
        study=study(),
        name="later.txt",
        data=b"Josef: And now?\n\nAlison: Now we sit side by side, and the kettle is mine.\n",
        interview=interview,
        speakers={"Alison": whose},
        asks=["Josef"],
    )
    revision, theme = transcript.revisions.get(), Theme.objects.filter(study=study()).order_by("pk")[0]
    turn = revision.turns.get(number=2)
    span: dict[str, Any] = {"revision": revision, "start": turn.start, "end": turn.end}
    apply_code(by=by, code=theme.codes.order_by("pk")[0], **span)
    write_memo(by=by, study=study(), transcript=transcript, words="Side by side again")
    choose_passage(by=by, theme=theme, **span)
    record_relationship(
        by=None, one=called("Ewan McAllister"), other=called("Bridie Coyle"), started=timezone.localdate()
    )


def addresses_of_secrets() -> None:
    """Keys of everything that is the person's own, by the noun that stands for it in an address."""
    them, participant = called(WHOSE), known(WHOSE)
    theirs = {"participant": participant}
    transcripts = Transcript.objects.filter(interview__participant=participant)
    in_theirs = {"revision__transcript__in": transcripts}
    found: dict[str, Any] = {
        "interview": Interview.objects.filter(**theirs),
        "transcript": transcripts,
        "coding": Coding.objects.filter(**in_theirs),
        "passage": Passage.objects.filter(**in_theirs),
        "quote": Quote.objects.filter(**in_theirs),
        "instance": TimepointInstance.objects.filter(**theirs),
        "response": Response.objects.filter(instance__participant=participant),
        "member": SampleMember.objects.filter(**theirs),
        "participant": Participant.objects.filter(pk=participant.pk),
        "pair": Pair.objects.filter(two=participant),
        "receipt": Receipt.objects.filter(person=them),
        "person": Person.objects.filter(pk=them.pk),
    }
    keys = {noun: [str(pk) for pk in rows.values_list("pk", flat=True)[:3]] for noun, rows in found.items()}
    (FOLDER / "secrets.json").write_text(json.dumps(keys))


def leave_word() -> None:
    """Which letters all this sent, and to whom."""
    sent = [(message.to, message.subject, str(message.body)) for message in getattr(mail, "outbox", [])]
    (FOLDER / "letters.json").write_text(json.dumps(sent))
    addresses_of_secrets()


def study() -> Study:
    return Study.objects.get(slug="merebank")


def called(name: str) -> Person:
    return Person.objects.get(study=study(), name=name)


def known(name: str) -> Participant:
    participant = participant_of(called(name))
    assert participant is not None
    return participant


def member(name: str) -> User:
    return User.objects.filter(name=name, memberships__study=study()).distinct().get()


def someone(email: str, name: str, *roles: Role) -> User:
    user = invite_user(by=None, email=email, name=name)
    for role in roles:
        give_role(by=None, study=study(), user=user, role=role)
    return user
