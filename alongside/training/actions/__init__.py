from alongside.training.actions.adjustments import meet_adjustment
from alongside.training.actions.courses import create_programme, open_cohort
from alongside.training.actions.facilitators import (
    appoint_facilitator,
    book_preparation_and_debrief,
    plan_disclosure,
    stand_down,
)
from alongside.training.actions.groups import (
    acknowledge_agreement,
    log_decision,
    mark_attendance,
    prepare_person,
    write_agreement,
)
from alongside.training.actions.places import answer_offer, enrol_person, leave_cohort, offer_pair
from alongside.training.actions.sessions import cancel_session, change_session, plan_session, publish_session
from alongside.training.actions.stories import retire_narrative, share_narrative

__all__ = [
    "acknowledge_agreement",
    "answer_offer",
    "appoint_facilitator",
    "book_preparation_and_debrief",
    "cancel_session",
    "change_session",
    "create_programme",
    "enrol_person",
    "leave_cohort",
    "log_decision",
    "mark_attendance",
    "meet_adjustment",
    "offer_pair",
    "open_cohort",
    "plan_disclosure",
    "plan_session",
    "prepare_person",
    "publish_session",
    "retire_narrative",
    "share_narrative",
    "stand_down",
    "write_agreement",
]
