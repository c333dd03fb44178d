"""What is asked in this room, by noun."""

from alongside.people.forms.consent import ConsentTextForm, DecisionForm, PaperConsentForm
from alongside.people.forms.own import ChoicesForm, DifferentForm, LessForm
from alongside.people.forms.people import AccountForm, AddPersonForm, AdjustmentForm, StandpointForm
from alongside.people.forms.relationships import ConfirmForm, EndForm, PersonChoice, RelationshipForm
from alongside.people.forms.research import ParticipantForm

__all__ = [
    "AccountForm",
    "AddPersonForm",
    "AdjustmentForm",
    "ChoicesForm",
    "ConfirmForm",
    "ConsentTextForm",
    "DecisionForm",
    "DifferentForm",
    "EndForm",
    "LessForm",
    "PaperConsentForm",
    "ParticipantForm",
    "PersonChoice",
    "RelationshipForm",
    "StandpointForm",
]
