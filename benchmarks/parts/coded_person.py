"""Someone whose words carry very many codings, and their stop; a step each, as `steps` runs them."""

import time
from datetime import UTC, datetime

from django.core.management import call_command

from alongside.accounts.actions import open_first_study
from alongside.accounts.models import Study, User
from alongside.analysis.models import Code, Codebook, Coding
from alongside.interviews.actions import import_transcript
from alongside.interviews.models import Revision
from alongside.people.actions import add_person, make_participant, publish_consent_text, record_consent
from alongside.people.models import Person, Purpose
from alongside.stewardship.withdrawal import stop

TRANSCRIPTS, TURNS, CODES = 5, 400, 100
WORDS = "It was the way we both sat down at the same table and nobody took notes."


def begin() -> None:
    """A study with two people in it who were interviewed five times each."""
    study, user = open_first_study(name="Coded", email="hilary@example.org", coordinator="Hilary Banks")
    codebook, _new = Codebook.objects.get_or_create(study=study)
    Code.objects.bulk_create(
        Code(study=study, codebook=codebook, name=f"Code {n}", colour=n % 8 + 1, position=n)
        for n in range(CODES)
    )
    text = publish_consent_text(
        by=user, study=study, purpose=Purpose.INTERVIEW, wording="I agree.", on_stop="erase"
    )
    for name in ("Wren", "Rowan"):
        person = add_person(by=user, study=study, name=name)
        record_consent(
            by=user, person=person, text=text, decision="granted", at=datetime(2026, 4, 2, tzinfo=UTC)
        )
        participant = make_participant(by=user, person=person)
        for number in range(TRANSCRIPTS):
            told = "\n\n".join(f"{'Asks' if n % 2 else name}: {WORDS}" for n in range(TURNS))
            import_transcript(
                by=user,
                study=study,
                name=f"{name}{number}.txt",
                data=f"Asks: This is meeting {number}.\n\n{told}\n".encode(),
                speakers={name: participant},
                asks=["Asks"],
            )


def fill(codings: str) -> None:
    """So many codings on the words of each of the two, by the same reader."""
    call_command("migrate", verbosity=0)
    if not User.objects.exists():
        begin()
    study, coder = Study.objects.get(), User.objects.get(email="hilary@example.org")
    codes = list(Code.objects.order_by("pk"))
    revisions = list(Revision.objects.order_by("pk"))
    each = 2 * int(codings) // len(revisions)
    # In the ordinary way every row would be loaded first.
    Coding.objects.all()._raw_delete(using="default")
    Coding.objects.bulk_create(
        (
            Coding(study=study, revision=revision, code=codes[n % CODES], coder=coder, start=at, end=at + 40)
            for revision in revisions
            for n in range(each)
            for at in [n // CODES]
        ),
        batch_size=5000,
    )


def stop_wren() -> None:
    """Prints how many seconds the whole stop took, and how many codings are left."""
    person = Person.objects.get(name="Wren")
    started = time.perf_counter()
    stop(by=person, person=person)
    print(time.perf_counter() - started, Coding.objects.count())
