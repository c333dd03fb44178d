"""Fills the data folder that ALONGSIDE_DATA names with the project of `material`, up to so many documents.

Run through `manage.py shell`. Prints where the long documents are and the cookies of those who may code
them, as JSON. Every coding was an act, as if it had been done on the page.
"""

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import UUID, uuid4

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from alongside.accounts.actions import give_role, invite_user, open_first_study
from alongside.accounts.models import Study, User
from alongside.accounts.permissions import Role
from alongside.analysis.models import Code, Codebook, Coding, Feed
from alongside.analysis.queries import last_number
from alongside.audit.actions import record
from alongside.interviews.models import Revision, Speaker, Transcript, Turn
from alongside.people.actions import (
    add_person,
    declare,
    make_participant,
    publish_consent_text,
    record_consent,
)
from alongside.people.models import ConsentText, Participant, Purpose
from benchmarks.parts.material import CODES, LONG_CODINGS, Document, document
from benchmarks.parts.second_step import give_second_step

ACT = """
    INSERT INTO analysis_act (number, key, study_id, by_id, transcript_id, made, kind, is_undone)
    VALUES (%s, %s, %s, %s, %s, %s, 'apply', FALSE)
"""
CHANGE = """
    INSERT INTO analysis_codingchange (coding_id, after, act_id)
    SELECT %s, %s, id FROM analysis_act WHERE study_id = %s AND number = %s
"""
AT = datetime(2026, 4, 2, tzinfo=UTC)


def begin() -> None:
    """An installation with one study, the codes, and what its participants agree to."""
    call_command("migrate", verbosity=0)
    study, user = open_first_study(name="Dense", email="hilary@example.org", coordinator="Hilary Banks")
    codebook, _ = Codebook.objects.get_or_create(study=study)
    Code.objects.bulk_create(
        Code(study=study, codebook=codebook, name=name, colour=place % 8 + 1, position=place)
        for place, name in enumerate(CODES)
    )
    publish_consent_text(
        by=user, study=study, purpose=Purpose.INTERVIEW, wording="I agree to be interviewed.", on_stop="erase"
    )


def add(study: Study, coder: User, number: int) -> None:
    given = document(number)
    text, codes = ConsentText.objects.get(study=study), list(Code.objects.order_by("position"))
    person = add_person(by=coder, study=study, name=f"Person {number}")
    participant = make_participant(
        by=coder, person=person, code=f"P{number:04}", pseudonym=f"Speaker {number}", described_as="Learner"
    )
    record_consent(by=coder, person=person, text=text, decision="granted", at=AT)
    declare(by=coder, speaking=[participant], known=None)
    words = given.text
    transcript = Transcript.objects.create(
        study=study,
        name=given.name,
        source_name=f"{given.name}.txt",
        source_kind="text",
        source_sha256=hashlib.sha256(words.encode()).hexdigest(),
    )
    asks = Speaker.objects.create(transcript=transcript, label="Interviewer", kind="asks")
    answers = Speaker.objects.create(transcript=transcript, label="Learner", participant=participant)
    revision = Revision.objects.create(transcript=transcript, number=1, text=words, length=len(words))
    Turn.objects.bulk_create(laid_out(given, revision, [asks, answers]))
    codings = Coding.objects.bulk_create(
        Coding(study=study, revision=revision, code=codes[at.code], coder=coder, start=at.start, end=at.end)
        for at in given.codings
    )
    tell(study, coder, transcript, codings)


def tell(study: Study, coder: User, transcript: Transcript, codings: list[Coding]) -> None:
    """What coding one by one leaves behind: an act with its change for each. Not through the models, which
    would take minutes for a large project. The audit has one entry for them all."""
    first = last_number(study) + 1
    numbered = list(enumerate(codings, start=first))
    ids = [_stored(study.pk), _stored(coder.pk), _stored(transcript.pk)]
    with connection.cursor() as cursor:
        acts = [(number, _stored(uuid4()), *ids, coding.made) for number, coding in numbered]
        cursor.executemany(ACT, acts)
        changes = [(coding.pk, json.dumps(coding.state), ids[0], number) for number, coding in numbered]
        cursor.executemany(CHANGE, changes)
    Feed.objects.update_or_create(study=study, defaults={"last": first + len(codings) - 1})
    record(by=coder, verb="apply_code", on=transcript, fields=["codings"])


def _stored(key: UUID) -> UUID | str:
    return key.hex if connection.vendor == "sqlite" else key


def laid_out(given: Document, revision: Revision, speakers: list[Speaker]) -> Iterator[Turn]:
    start, line = 0, 1
    for number, turn in enumerate(given.turns, start=1):
        end = start + len(turn)
        speaker = speakers[number % 2]
        yield Turn(revision=revision, number=number, speaker=speaker, start=start, end=end, line=line)
        start, line = end + 1, line + 1 + len(turn) // 80


def others(study: Study, coder: User, number: int) -> list[User]:
    """So many more who code, none of whom knows anybody who speaks in the long documents."""
    speaking = list(Participant.objects.filter(code__in=[f"P{long:04}" for long in LONG_CODINGS]))
    found = []
    for n in range(number):
        user = invite_user(by=None, email=f"coder-{n}@example.org", name=f"Coder {n + 1}")
        give_role(by=coder, study=study, user=user, role=Role.ANALYST)
        declare(by=user, speaking=speaking, known=None)
        found.append(user)
    return found


def session(user: User) -> str:
    client = Client()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    give_second_step(client)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def main(documents: int, coders: int = 1) -> None:
    call_command("migrate", verbosity=0)
    if not Study.objects.exists():
        begin()
    study, coder = Study.objects.get(), User.objects.get(email="hilary@example.org")
    with transaction.atomic():
        for number in range(Transcript.objects.count(), documents):
            add(study, coder, number)
        who = [coder, *others(study, coder, coders - 1)]
    pages = {}
    for number, codings in LONG_CODINGS.items():
        transcript = Transcript.objects.get(name=document(number).name)
        pages[codings] = reverse("analysis:coding", args=[study.slug, transcript.pk])
    print(json.dumps([pages, [session(each) for each in who]]))
