from datetime import UTC, date, datetime, timedelta

import pytest

from alongside.accounts.models import Study, User
from alongside.followup.models import Protocol, Timepoint, TimepointInstance
from alongside.interviews.actions import NewQuestion, book_interview, write_guide
from alongside.interviews.models import Guide, Interview
from alongside.people.models import Participant


@pytest.fixture
def guide(study: Study) -> Guide:
    return write_guide(
        by=None,
        study=study,
        title="Six months on",
        written_with="three co-researchers",
        questions=[
            NewQuestion("How did you work together?", "How did the two of you meet?", "A day, a place."),
            NewQuestion("What should we have asked you?"),
        ],
    )


@pytest.fixture
def six_months(study: Study, rowan_as_participant: Participant) -> TimepointInstance:
    """Rowan's window: 30 October to 11 December 2026."""
    protocol = Protocol.objects.create(study=study, name="Follow-up")
    timepoint = Timepoint.objects.create(
        protocol=protocol, name="Six months on", anchor="last_session", months=6
    )
    return TimepointInstance.objects.create(
        timepoint=timepoint,
        participant=rowan_as_participant,
        anchored=date(2026, 5, 14),
        opens=date(2026, 10, 30),
        due=date(2026, 11, 14),
        closes=date(2026, 12, 11),
    )


@pytest.fixture
def booked(
    study: Study,
    josef: User,
    rowan_as_participant: Participant,
    six_months: TimepointInstance,
    guide: Guide,
) -> Interview:
    """Rowan's interview with Josef, on 24 November at half past ten."""
    starts = datetime(2026, 11, 24, 10, 30, tzinfo=UTC)
    return book_interview(
        by=None,
        study=study,
        participant=rowan_as_participant,
        interviewer=josef,
        instance=six_months,
        guide=guide,
        starts=starts,
        ends=starts + timedelta(minutes=90),
        place="Ferry Lane library, Room 2",
    )
