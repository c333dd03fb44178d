from django.urls import path

from alongside.people.own import own_paths
from alongside.training.views import adjustments, groups, leading, own, places, sessions, together

app_name = "training"
T = "s/<slug:study>/training/"
G = T + "groups/<uuid:cohort>/"
S = T + "sessions/<uuid:session>/"
L = T + "leading/<int:facilitation>/"
urlpatterns = [
    path(T, groups.training, name="training"),
    path(T + "summary", groups.summary, name="summary"),
    path(T + "todo", groups.todo, name="todo"),
    path(T + "courses/new/", groups.create_programme, name="create-programme"),
    path(T + "groups/new/", groups.open_cohort, name="open-cohort"),
    path(G, groups.cohort, name="cohort"),
    path(G + "register/", groups.register, name="register"),
    path(G + "places/", places.enrol, name="enrol"),
    path(G + "places/pair/", places.offer_pair, name="offer-pair"),
    path(T + "places/<uuid:enrolment>/answer/", places.answer_offer, name="answer-offer"),
    path(T + "places/<uuid:enrolment>/leave/", places.leave_cohort, name="leave-cohort"),
    path(G + "sessions/new/", sessions.plan_session, name="plan-session"),
    path(S, sessions.session, name="session"),
    path(S + "change/", sessions.change_session, name="change-session"),
    path(S + "cancel/", sessions.cancel_session, name="cancel-session"),
    path(S + "publish/", sessions.publish_session, name="publish-session"),
    path(S + "attendance/", sessions.mark_attendance, name="mark-attendance"),
    path(S + "checklist/", adjustments.checklist, name="checklist"),
    path(S + "checklist/<int:adjustment>/", adjustments.meet_adjustment, name="meet-adjustment"),
    path(S + "checklist/<int:adjustment>/instead/", adjustments.leave_unmet, name="leave-unmet"),
    path(S + "leading/", leading.appoint_facilitator, name="appoint-facilitator"),
    path(L + "stand-down/", leading.stand_down, name="stand-down"),
    path(L + "booking/", leading.book_preparation_and_debrief, name="book-preparation-and-debrief"),
    path(L + "disclosure/", leading.plan_disclosure, name="plan-disclosure"),
    path(G + "agreement/", together.agreement, name="agreement"),
    path(G + "agreement/new/", together.write_agreement, name="write-agreement"),
    path(G + "preparation/", together.preparations, name="preparations"),
    path(G + "preparation/<uuid:person>/", together.prepare_person, name="prepare-person"),
    path(T + "decisions/", together.decisions, name="decisions"),
    path(T + "decisions/new/", together.log_decision, name="log-decision"),
    path(T + "stories/", leading.stories, name="stories"),
    path(T + "stories/new/", leading.share_narrative, name="share-narrative"),
    path(T + "stories/<uuid:narrative>/retire/", leading.retire_narrative, name="retire-narrative"),
    *own_paths("sessions/", own.my_sessions, "my-sessions"),
    *own_paths("sessions/<uuid:session>/answer/", own.my_answer, "my-answer"),
    *own_paths("offers/<uuid:enrolment>/", own.my_offer, "my-offer"),
    *own_paths("agreements/<int:agreement>/", own.my_agreement, "my-agreement"),
]
