"""What each role may do in a study. A role is given; it is never derived from a standpoint."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class Permission(StrEnum):
    MANAGE_STUDY = "manage_study"
    SEE_PEOPLE = "see_people"
    KEEP_PEOPLE = "keep_people"
    SEE_IDENTITY = "see_identity"
    ASK_IDENTITY = "ask_identity"
    ANSWER_IDENTITY = "answer_identity"
    RECORD_CONSENT = "record_consent"
    SEE_TRAINING = "see_training"
    RUN_TRAINING = "run_training"
    PLAN_TRAINING = "plan_training"
    SEE_FOLLOWUP = "see_followup"
    RUN_FOLLOWUP = "run_followup"
    SEE_INTERVIEWS = "see_interviews"
    ARRANGE_INTERVIEWS = "arrange_interviews"
    # Whoever reads or takes out what was said: they are asked first whether they know who said it.
    SAY_WHOM_ONE_KNOWS = "say_whom_one_knows"
    READ_TRANSCRIPTS = "read_transcripts"
    IMPORT_TRANSCRIPTS = "import_transcripts"
    CODE = "code"
    EDIT_CODEBOOK = "edit_codebook"
    BUILD_THEMES = "build_themes"
    SEE_REPORTS = "see_reports"
    WRITE_REPORTS = "write_reports"
    EXPORT = "export"
    SEE_AUDIT = "see_audit"
    KEEP_DATA = "keep_data"


class Role(models.TextChoices):
    COORDINATOR = "coordinator", _("Coordinator")
    FACILITATOR = "facilitator", _("Facilitator")
    INTERVIEWER = "interviewer", _("Interviewer")
    ANALYST = "analyst", _("Analyst")
    CO_RESEARCHER = "co_researcher", _("Co-researcher")
    READER = "reader", _("Reader")
    DATA_STEWARD = "data_steward", _("Data steward")


P = Permission
_RESEARCH = frozenset(
    {
        P.ASK_IDENTITY,
        P.SEE_INTERVIEWS,
        P.SAY_WHOM_ONE_KNOWS,
        P.READ_TRANSCRIPTS,
        P.IMPORT_TRANSCRIPTS,
        P.CODE,
        P.EDIT_CODEBOOK,
        P.BUILD_THEMES,
        P.SEE_REPORTS,
        P.WRITE_REPORTS,
        P.EXPORT,
    }
)
PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.COORDINATOR: frozenset(
        {
            P.MANAGE_STUDY,
            P.SEE_PEOPLE,
            P.KEEP_PEOPLE,
            P.SEE_IDENTITY,
            P.ANSWER_IDENTITY,
            P.RECORD_CONSENT,
            P.SEE_TRAINING,
            P.RUN_TRAINING,
            P.PLAN_TRAINING,
            P.SEE_FOLLOWUP,
            P.RUN_FOLLOWUP,
            P.SEE_INTERVIEWS,
            P.ARRANGE_INTERVIEWS,
            P.SEE_REPORTS,
        }
    ),
    Role.FACILITATOR: frozenset({P.SEE_TRAINING, P.RUN_TRAINING}),
    Role.INTERVIEWER: frozenset(
        {
            P.ASK_IDENTITY,
            P.SEE_INTERVIEWS,
            P.SAY_WHOM_ONE_KNOWS,
            P.READ_TRANSCRIPTS,
            P.IMPORT_TRANSCRIPTS,
        }
    ),
    # Researchers and co-researchers work on equal terms.
    Role.ANALYST: _RESEARCH,
    Role.CO_RESEARCHER: _RESEARCH,
    Role.READER: frozenset({P.SEE_REPORTS}),
    Role.DATA_STEWARD: frozenset(
        {
            P.SEE_PEOPLE,
            P.ASK_IDENTITY,
            P.ANSWER_IDENTITY,
            P.RECORD_CONSENT,
            P.SEE_AUDIT,
            P.KEEP_DATA,
            P.SAY_WHOM_ONE_KNOWS,
            P.EXPORT,
            P.SEE_REPORTS,
        }
    ),
}

# Whoever opens a study alone starts with these, and hands them on as the team grows.
FOUNDER = (Role.COORDINATOR, Role.INTERVIEWER, Role.ANALYST, Role.DATA_STEWARD)

# Whoever holds one of these signs in with a second step: they see what was said, or who said it, or let
# others do so, or take material out.
_WITH_SECOND_FACTOR = {
    P.MANAGE_STUDY,
    P.SEE_PEOPLE,
    P.SEE_IDENTITY,
    P.RECORD_CONSENT,
    P.READ_TRANSCRIPTS,
    P.IMPORT_TRANSCRIPTS,
    P.EXPORT,
}
ROLES_WITH_SECOND_FACTOR = tuple(role for role in Role if PERMISSIONS[role] & _WITH_SECOND_FACTOR)
