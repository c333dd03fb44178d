"""What is asked in this room, by noun."""

from alongside.training.forms.common import Clock, Making, Moment, Pressed, chosen, long_text, offer
from alongside.training.forms.groups import AgreementForm, CohortForm, DecisionForm, ProgrammeForm
from alongside.training.forms.places import AnswerForm, EnrolForm, OfferForm, OwnAnswerForm
from alongside.training.forms.sessions import (
    AttendanceForm,
    BookingForm,
    ChangeSessionForm,
    DisclosureForm,
    FacilitatorForm,
    InsteadForm,
    Line,
    MetForm,
    SessionForm,
)
from alongside.training.forms.stories import NarrativeForm, PreparationForm

__all__ = [
    "AgreementForm",
    "AnswerForm",
    "AttendanceForm",
    "BookingForm",
    "ChangeSessionForm",
    "Clock",
    "CohortForm",
    "DecisionForm",
    "DisclosureForm",
    "EnrolForm",
    "FacilitatorForm",
    "InsteadForm",
    "Line",
    "Making",
    "MetForm",
    "Moment",
    "NarrativeForm",
    "OfferForm",
    "OwnAnswerForm",
    "PreparationForm",
    "Pressed",
    "ProgrammeForm",
    "SessionForm",
    "chosen",
    "long_text",
    "offer",
]
