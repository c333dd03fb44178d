"""What is asked in this room, by noun."""

from alongside.people.forms.adjustments import AdjustmentForm, DifferentForm, ReviewForm, ShareForm
from alongside.people.forms.consent import ConsentTextForm, DecisionForm, PaperConsentForm
from alongside.people.forms.own import ChoicesForm, CodeForm, ContactForm, LessForm
from alongside.people.forms.people import (
    AccountForm,
    AddPersonForm,
    ChangePersonForm,
    ChangePointForm,
    EndStandpointForm,
    PointForm,
    StandpointForm,
)
from alongside.people.forms.relationships import (
    ConfirmForm,
    DatesForm,
    EndForm,
    PersonChoice,
    RelationshipForm,
)
from alongside.people.forms.research import ParticipantForm

__all__ = [
    "AccountForm",
    "AddPersonForm",
    "AdjustmentForm",
    "ChangePersonForm",
    "ChangePointForm",
    "ChoicesForm",
    "CodeForm",
    "ConfirmForm",
    "ConsentTextForm",
    "ContactForm",
    "DatesForm",
    "DecisionForm",
    "DifferentForm",
    "EndForm",
    "EndStandpointForm",
    "LessForm",
    "PaperConsentForm",
    "ParticipantForm",
    "PersonChoice",
    "PointForm",
    "RelationshipForm",
    "ReviewForm",
    "ShareForm",
    "StandpointForm",
]
