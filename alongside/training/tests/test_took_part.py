from uuid import uuid4

from alongside.training.actions import leave_cohort, mark_attendance
from alongside.training.models import Enrolment, Session
from alongside.training.queries import took_part
from alongside.training.typed import Mark


def test_a_mark_that_was_taken_back_is_no_coming(past_session: Session, rowan_enrolled: Enrolment):
    """Who left took part if the mark that stands says that they came once; one taken back doesn't."""
    rowan, cohort = rowan_enrolled.person, past_session.cohort
    mark_attendance(by=None, session=past_session, marks=[Mark(uuid4(), rowan, "here")])
    leave_cohort(by=None, enrolment=rowan_enrolled)
    assert list(took_part(cohort)) == [rowan]
    mark_attendance(by=None, session=past_session, marks=[Mark(uuid4(), rowan, "open")])
    assert list(took_part(cohort)) == []
