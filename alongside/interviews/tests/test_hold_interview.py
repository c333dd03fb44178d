import pytest
from django.test import Client
from django.urls import reverse

from alongside.accounts.models import Study
from alongside.interviews.models import Interview, Transcript
from alongside.interviews.tests.helpers import verbs
from alongside.people.actions import record_consent
from alongside.people.models import ConsentText, Person


def to(deed: str, study: Study, interview: Interview) -> str:
    return reverse(f"interviews:{deed}-interview", args=[study.slug, interview.pk])


@pytest.mark.parametrize("who", ["as_josef", "as_hannah"])
def test_hold_interview(who: str, study: Study, booked: Interview, request: pytest.FixtureRequest):
    """Its interviewer says that it took place, or whoever arranges interviews."""
    answer = request.getfixturevalue(who).post(to("hold", study, booked), follow=True)
    assert f"{booked} has been held." in answer.content.decode()
    booked.refresh_from_db()
    assert booked.state == "held"
    assert verbs()[-1] == "hold_interview"


def test_not_without_their_yes(
    study: Study,
    booked: Interview,
    rowan: Person,
    consent_texts: dict[str, ConsentText],
    as_josef: Client,
):
    """The page says what to ask for first, and the interview stays booked."""
    record_consent(by=None, person=rowan, text=consent_texts["interview"], decision="declined")
    answer = as_josef.post(to("hold", study, booked))
    assert answer.status_code == 422
    assert "Rowan hasn’t agreed to an interview. Ask for that first." in answer.content.decode()
    booked.refresh_from_db()
    assert booked.state == "booked"


def test_not_twice_and_not_once_cancelled(study: Study, booked: Interview, as_josef: Client):
    """A state that has passed doesn't come back."""
    as_josef.post(to("cancel", study, booked))
    answer = as_josef.post(to("hold", study, booked))
    assert answer.status_code == 422
    assert "is no longer booked" in answer.content.decode()


def test_another_interviewer_does_not_say_it(study: Study, booked: Interview, as_hilary: Client):
    """Hilary reads interviews and didn't hold this one."""
    for deed in ("hold", "cancel", "arrange"):
        assert as_hilary.post(to(deed, study, booked)).status_code == 404
    booked.refresh_from_db()
    assert booked.state == "booked"


def test_barred_is_not_there(study: Study, wren_transcript: Transcript, as_priya: Client):
    """Priya arranges interviews, and Wren's isn't there for her."""
    wren = Interview.objects.get(transcript=wren_transcript)
    for deed in ("hold", "cancel", "arrange"):
        assert as_priya.post(to(deed, study, wren)).status_code == 404
    assert as_priya.get(reverse("interviews:interview", args=[study.slug, wren.pk])).status_code == 404
