"""Fills the data folder that ALONGSIDE_DATA names with the project of `material`, up to so many documents.

Run through `manage.py shell`. Prints where the dense document is and the cookie of someone who
may code it, as JSON.
"""

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime

from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse

from alongside.accounts.actions import open_first_study
from alongside.accounts.models import Study, User
from alongside.analysis.models import Code, Codebook, Coding
from alongside.interviews.models import Revision, Speaker, Transcript, Turn
from alongside.people.actions import (
    add_person,
    declare,
    make_participant,
    publish_consent_text,
    record_consent,
)
from alongside.people.models import ConsentText, Purpose
from benchmarks.parts.material import CODES, Document, document
from benchmarks.parts.second_step import give_second_step

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
    Coding.objects.bulk_create(
        Coding(study=study, revision=revision, code=codes[at.code], coder=coder, start=at.start, end=at.end)
        for at in given.codings
    )


def laid_out(given: Document, revision: Revision, speakers: list[Speaker]) -> Iterator[Turn]:
    start, line = 0, 1
    for number, turn in enumerate(given.turns, start=1):
        end = start + len(turn)
        speaker = speakers[number % 2]
        yield Turn(revision=revision, number=number, speaker=speaker, start=start, end=end, line=line)
        start, line = end + 1, line + 1 + len(turn) // 80


def main(documents: int) -> None:
    call_command("migrate", verbosity=0)
    if not Study.objects.exists():
        begin()
    study, coder = Study.objects.get(), User.objects.get(email="hilary@example.org")
    with transaction.atomic():
        for number in range(Transcript.objects.count(), documents):
            add(study, coder, number)
    dense = Transcript.objects.get(name=document(0).name)
    client = Client()
    client.force_login(coder, backend=settings.AUTHENTICATION_BACKENDS[0])
    give_second_step(client)
    path = reverse("analysis:coding", args=[study.slug, dense.pk])
    print(json.dumps([path, client.cookies[settings.SESSION_COOKIE_NAME].value]))
