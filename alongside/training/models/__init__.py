"""The room's nouns."""

from alongside.training.models.agreement import (
    MAY_PASS,
    NOT_PRIVATE,
    Acknowledgement,
    Clause,
    LearningAgreement,
    Revisit,
)
from alongside.training.models.applying import Application, PairAsked, PassedOn, Question, Reply, Why
from alongside.training.models.attending import AttendanceMark, MissedCall
from alongside.training.models.calendars import CalendarFeed
from alongside.training.models.courses import TRAINING_GOES_ON, Cohort, Decision, Part, Programme, Quota
from alongside.training.models.fidelity import Measure, MeasureItem, ReviewAnswer, SelfReview
from alongside.training.models.figures import Release
from alongside.training.models.learning import PlanEntry, PlanShown, Reflection
from alongside.training.models.materials import Material
from alongside.training.models.onward import Completion, NextStep
from alongside.training.models.places import Enrolment, OfferBundle
from alongside.training.models.places_and_terms import Place, Term
from alongside.training.models.preparing import Preparation, PreparationDate
from alongside.training.models.prospectus import Prospectus
from alongside.training.models.reminders import ApplicantLetter, Reminder, Reminding, Tick
from alongside.training.models.sessions import (
    AdjustmentMet,
    DisclosurePlan,
    Facilitation,
    Session,
)
from alongside.training.models.stories import Copy, Narrative, Sharing

__all__ = [
    "MAY_PASS",
    "NOT_PRIVATE",
    "TRAINING_GOES_ON",
    "Acknowledgement",
    "AdjustmentMet",
    "ApplicantLetter",
    "Application",
    "AttendanceMark",
    "CalendarFeed",
    "Clause",
    "Cohort",
    "Completion",
    "Copy",
    "Decision",
    "DisclosurePlan",
    "Enrolment",
    "Facilitation",
    "LearningAgreement",
    "Material",
    "Measure",
    "MeasureItem",
    "MissedCall",
    "Narrative",
    "NextStep",
    "OfferBundle",
    "PairAsked",
    "Part",
    "PassedOn",
    "Place",
    "PlanEntry",
    "PlanShown",
    "Preparation",
    "PreparationDate",
    "Programme",
    "Prospectus",
    "Question",
    "Quota",
    "Reflection",
    "Release",
    "Reminder",
    "Reminding",
    "Reply",
    "ReviewAnswer",
    "Revisit",
    "SelfReview",
    "Session",
    "Sharing",
    "Term",
    "Tick",
    "Why",
]
