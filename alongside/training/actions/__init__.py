from alongside.training.actions.adjustments import meet_adjustment
from alongside.training.actions.agreements import acknowledge_agreement, revisit_agreement, write_agreement
from alongside.training.actions.applying import (
    answer_for_half,
    apply_for_place,
    ask_half,
    come_alone_after_all,
    decline_as_half,
    take_back_application,
)
from alongside.training.actions.asking import answer_pair, ask_for_place
from alongside.training.actions.attending import mark_attendance, replay_marks, sign_in_with_code
from alongside.training.actions.calendars import (
    make_group_calendar,
    make_my_calendar,
    name_course_in_calendar,
    raise_revision,
    raise_sequence,
)
from alongside.training.actions.cohorts import change_cohort, open_cohort
from alongside.training.actions.courses import change_programme, create_programme, make_next_version
from alongside.training.actions.decisions import change_decision, log_decision
from alongside.training.actions.disclosing import drop_disclosure, plan_disclosure
from alongside.training.actions.facilitators import (
    appoint_facilitator,
    book_preparation_and_debrief,
    stand_down,
)
from alongside.training.actions.fidelity import load_measure, review_ourselves
from alongside.training.actions.figures import release_figures
from alongside.training.actions.learning import (
    add_to_plan,
    change_plan_entry,
    change_reflection,
    drop_plan_entry,
    drop_reflection,
    hide_plan,
    mark_plan_entry,
    show_plan,
    show_reflection,
    write_reflection,
)
from alongside.training.actions.lines import (
    Lapsed,
    come_alone,
    lapse_offers,
    move_enrolment,
    offer_next,
    put_on_list,
    turn_down,
)
from alongside.training.actions.materials import add_material, remove_material
from alongside.training.actions.missed import record_call, see_how_to_reach
from alongside.training.actions.onward import (
    complete_course,
    drop_next_step,
    take_back_completion,
    take_certificate,
    take_next_step,
)
from alongside.training.actions.outline import plan_outline
from alongside.training.actions.places import (
    answer_offer,
    enrol_person,
    leave_cohort,
    offer_pair,
    offer_place,
)
from alongside.training.actions.places_and_terms import add_place, add_term, change_place, change_term
from alongside.training.actions.preparing import (
    add_preparation_date,
    drop_preparation_date,
    mark_preparation_date,
    prepare_person,
    write_hopes,
)
from alongside.training.actions.prospectus import close_prospectus, open_prospectus, write_prospectus
from alongside.training.actions.putting_back import put_back
from alongside.training.actions.questions import add_question, drop_question, set_rules
from alongside.training.actions.reminders import (
    begin_tick,
    decide_reminding,
    end_tick,
    give_back,
    mark_applicants_written_to,
    mark_sent,
    take_applicant_letters,
    take_reminders,
    tell_by_hand,
    tell_of_unsent,
)
from alongside.training.actions.rota import step_back_from_telling, tell_in_session
from alongside.training.actions.sessions import cancel_session, change_session, plan_session, publish_session
from alongside.training.actions.sheets import take_sign_in_sheet
from alongside.training.actions.stories import (
    change_story,
    download_story,
    retire_story,
    share_story,
    stop_sharing,
    tell_story,
)
from alongside.training.actions.taking_up import (
    forget_applications,
    pass_on,
    take_up,
    turn_down_application,
)

__all__ = [
    "Lapsed",
    "acknowledge_agreement",
    "add_material",
    "add_place",
    "add_preparation_date",
    "add_question",
    "add_term",
    "add_to_plan",
    "answer_for_half",
    "answer_offer",
    "answer_pair",
    "apply_for_place",
    "appoint_facilitator",
    "ask_for_place",
    "ask_half",
    "begin_tick",
    "book_preparation_and_debrief",
    "cancel_session",
    "change_cohort",
    "change_decision",
    "change_place",
    "change_plan_entry",
    "change_programme",
    "change_reflection",
    "change_session",
    "change_story",
    "change_term",
    "close_prospectus",
    "come_alone",
    "come_alone_after_all",
    "complete_course",
    "create_programme",
    "decide_reminding",
    "decline_as_half",
    "download_story",
    "drop_disclosure",
    "drop_next_step",
    "drop_plan_entry",
    "drop_preparation_date",
    "drop_question",
    "drop_reflection",
    "end_tick",
    "enrol_person",
    "forget_applications",
    "give_back",
    "hide_plan",
    "lapse_offers",
    "leave_cohort",
    "load_measure",
    "log_decision",
    "make_group_calendar",
    "make_my_calendar",
    "make_next_version",
    "mark_applicants_written_to",
    "mark_attendance",
    "mark_plan_entry",
    "mark_preparation_date",
    "mark_sent",
    "meet_adjustment",
    "move_enrolment",
    "name_course_in_calendar",
    "offer_next",
    "offer_pair",
    "offer_place",
    "open_cohort",
    "open_prospectus",
    "pass_on",
    "plan_disclosure",
    "plan_outline",
    "plan_session",
    "prepare_person",
    "publish_session",
    "put_back",
    "put_on_list",
    "raise_revision",
    "raise_sequence",
    "record_call",
    "release_figures",
    "remove_material",
    "replay_marks",
    "retire_story",
    "review_ourselves",
    "revisit_agreement",
    "see_how_to_reach",
    "set_rules",
    "share_story",
    "show_plan",
    "show_reflection",
    "sign_in_with_code",
    "stand_down",
    "step_back_from_telling",
    "stop_sharing",
    "take_applicant_letters",
    "take_back_application",
    "take_back_completion",
    "take_certificate",
    "take_next_step",
    "take_reminders",
    "take_sign_in_sheet",
    "take_up",
    "tell_by_hand",
    "tell_in_session",
    "tell_of_unsent",
    "tell_story",
    "turn_down",
    "turn_down_application",
    "write_agreement",
    "write_hopes",
    "write_prospectus",
    "write_reflection",
]
