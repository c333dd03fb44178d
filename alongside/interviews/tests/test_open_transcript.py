import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.accounts.models import Study, User
from alongside.audit.models import Entry
from alongside.interviews.actions import import_transcript
from alongside.interviews.models import Transcript
from alongside.interviews.tests.helpers import bare, upload
from alongside.people.actions import record_consent
from alongside.people.models import ConsentText, Person

NOWHERE = "00000000-0000-4000-8000-000000000000"


def page(study: Study, transcript: object) -> str:
    return reverse("interviews:transcript", args=[study.slug, getattr(transcript, "pk", transcript)])


def test_open_transcript(study: Study, rowan_transcript: Transcript, hilary: User, as_hilary: Client):
    """Every turn with its speaker, time and line; and an entry saying who read it."""
    said = as_hilary.get(page(study, rowan_transcript)).content.decode()
    assert "Not so bad. I always said not so bad 🙂 and she wrote it down." in said
    assert "cafe\u0301" in said
    assert 'id="turn-7"' in said
    assert "0:15" in said
    entry = Entry.objects.filter(verb="read_transcript").get()
    assert (entry.actor, entry.object) == (hilary.pk, str(rowan_transcript.pk))


def test_behind_the_firewall_it_is_as_if_it_were_not_there(
    study: Study, wren_transcript: Transcript, rowan_transcript: Transcript, as_priya: Client
):
    """Priya, who works with Wren, gets the same answer as for an address that leads nowhere."""
    barred = as_priya.get(page(study, wren_transcript))
    nothing = as_priya.get(page(study, NOWHERE))
    assert barred.status_code == nothing.status_code == 404
    assert bare(barred.content, wren_transcript.pk) == bare(nothing.content, NOWHERE)
    assert as_priya.get(page(study, rowan_transcript)).status_code == 200
    assert not Entry.objects.filter(object=str(wren_transcript.pk), verb="read_transcript").exists()


def test_stopping_closes_it(
    study: Study,
    rowan: Person,
    rowan_transcript: Transcript,
    consent_texts: dict[str, ConsentText],
    as_hilary: Client,
):
    """Once the person no longer agrees to their interview, nobody opens it."""
    record_consent(by=None, person=rowan, text=consent_texts["interview"], decision="stopped")
    assert as_hilary.get(page(study, rowan_transcript)).status_code == 404


@pytest.mark.parametrize("who", ["as_hannah", "as_carys", "as_fern", "as_sunita", "as_stranger"])
def test_reading_is_for_those_who_may(
    who: str, study: Study, rowan_transcript: Transcript, request: pytest.FixtureRequest
):
    """Coordinators arrange interviews and don't read them; others neither."""
    assert request.getfixturevalue(who).get(page(study, rowan_transcript)).status_code == 404


def test_words_are_never_markup(study: Study, as_hilary: Client):
    """What somebody said is shown as they said it, angle brackets and all."""
    address = reverse("interviews:import-transcript", args=[study.slug])
    data = b"Ann: I read <script>alert(1)</script> aloud.\n\nBo: Did you?\n"
    said = as_hilary.post(address, {"uploads": upload("a.txt", data)}, follow=True).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in said


def test_queries_do_not_grow_with_turns(
    study: Study, rowan_transcript: Transcript, wren_transcript: Transcript, as_hilary: Client
):
    """Seven turns or six hundred: the page asks the database as often."""
    data = "\n\n".join(f"Ann: {n}" for n in range(600)).encode()
    long = import_transcript(by=None, study=study, name="long.txt", data=data)
    as_hilary.get(page(study, long))
    seen = []
    for each in (rowan_transcript, long):
        with CaptureQueriesContext(connection) as queries:
            as_hilary.get(page(study, each))
        seen.append(len(queries))
    assert seen[1] <= seen[0]
