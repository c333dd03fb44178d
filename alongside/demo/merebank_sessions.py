"""How the invented college's sessions were held: who was asked after when they were missed."""

from zoneinfo import ZoneInfo

from alongside.demo.merebank import setting
from alongside.people.models import Person
from alongside.training.actions import make_group_calendar, record_call
from alongside.training.models import Cohort


def ask_after(known: setting.Cohort, cohort: Cohort, people: dict[str, Person]) -> None:
    make_group_calendar(by=None, cohort=cohort)
    for call in known.calls:
        record_call(
            by=None,
            cohort=cohort,
            person=people[call.person],
            outcome=call.outcome,
            note=call.note,
            at=call.on.replace(tzinfo=ZoneInfo(known.time_zone)),
        )
