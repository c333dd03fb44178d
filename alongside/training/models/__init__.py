"""The room's nouns."""

from alongside.training.models.agreement import Acknowledgement, Clause, LearningAgreement
from alongside.training.models.courses import TRAINING_GOES_ON, Cohort, Decision, Programme, Quota
from alongside.training.models.places import Enrolment, OfferBundle
from alongside.training.models.sessions import (
    AdjustmentMet,
    AttendanceMark,
    DisclosurePlan,
    Facilitation,
    Session,
)
from alongside.training.models.stories import Narrative, Preparation

__all__ = [
    "TRAINING_GOES_ON",
    "Acknowledgement",
    "AdjustmentMet",
    "AttendanceMark",
    "Clause",
    "Cohort",
    "Decision",
    "DisclosurePlan",
    "Enrolment",
    "Facilitation",
    "LearningAgreement",
    "Narrative",
    "OfferBundle",
    "Preparation",
    "Programme",
    "Quota",
    "Session",
]
