from alongside.accounts.models import User
from alongside.interviews.actions import hear_recording
from alongside.interviews.models import Transcript
from alongside.people.models import Person, Purpose
from alongside.stewardship.queries import uses_of


def test_who_listened_stands_on_ones_own_page(rowan: Person, hilary: User, rowan_transcript: Transcript):
    """Under the agreement to be recorded, by day and role; not under the interview's, as if it were read."""
    hear_recording(by=hilary, transcript=rowan_transcript)
    told = {done.purpose: " ".join(map(str, done.lines)) for done in uses_of(rowan)}
    assert "Listened to on" in told[Purpose.RECORDING]
    assert "by: Analyst." in told[Purpose.RECORDING]
    assert "by: Analyst." not in told[Purpose.INTERVIEW]
