"""What is asked in this room, by noun."""

from alongside.training.forms.agreements import AgreementForm, RevisitForm
from alongside.training.forms.applying import ApplyForm, AskerForm, OwnAskForm
from alongside.training.forms.attending import (
    AttendanceForm,
    CallForm,
    HereCodeForm,
    HereNameForm,
    Line,
    ReplayForm,
)
from alongside.training.forms.calendars import NamedForm
from alongside.training.forms.cohorts import ChangeCohortForm, CohortForm
from alongside.training.forms.common import Clock, Making, Moment, Pressed, chosen, long_text, offer
from alongside.training.forms.courses import ChangeProgrammeForm, NextVersionForm, ProgrammeForm
from alongside.training.forms.decisions import ChangeDecisionForm, DecisionForm
from alongside.training.forms.disclosing import DisclosureForm
from alongside.training.forms.fidelity import MeasureForm, SelfReviewForm
from alongside.training.forms.figures import ReleaseForm
from alongside.training.forms.learning import (
    CertificateForm,
    ChangePlanEntryForm,
    ChangeReflectionForm,
    CompletionForm,
    DoneForm,
    NextStepForm,
    PlanEntryForm,
    ReflectionForm,
)
from alongside.training.forms.lines import (
    MoveForm,
    OfferPlaceForm,
    QuestionForm,
    RulesForm,
    TakeUpForm,
    WhyForm,
)
from alongside.training.forms.materials import MaterialForm, RemoveMaterialForm
from alongside.training.forms.messages import RemindingForm, ToldForm
from alongside.training.forms.outline import OutlineForm
from alongside.training.forms.places import AnswerForm, EnrolForm, OfferForm, OwnAnswerForm
from alongside.training.forms.places_and_terms import ChangePlaceForm, ChangeTermForm, PlaceForm, TermForm
from alongside.training.forms.preparing import HeldForm, HopesForm, PreparationDateForm, PreparationForm
from alongside.training.forms.prospectus import ProspectusForm
from alongside.training.forms.sessions import (
    BookingForm,
    ChangeSessionForm,
    FacilitatorForm,
    InsteadForm,
    MetForm,
    SessionForm,
)
from alongside.training.forms.stories import ChangeStoryForm, DownloadForm, GroupForm, StoryForm

__all__ = [
    "AgreementForm",
    "AnswerForm",
    "ApplyForm",
    "AskerForm",
    "AttendanceForm",
    "BookingForm",
    "CallForm",
    "CertificateForm",
    "ChangeCohortForm",
    "ChangeDecisionForm",
    "ChangePlaceForm",
    "ChangePlanEntryForm",
    "ChangeProgrammeForm",
    "ChangeReflectionForm",
    "ChangeSessionForm",
    "ChangeStoryForm",
    "ChangeTermForm",
    "Clock",
    "CohortForm",
    "CompletionForm",
    "DecisionForm",
    "DisclosureForm",
    "DoneForm",
    "DownloadForm",
    "EnrolForm",
    "FacilitatorForm",
    "GroupForm",
    "HeldForm",
    "HereCodeForm",
    "HereNameForm",
    "HopesForm",
    "InsteadForm",
    "Line",
    "Making",
    "MaterialForm",
    "MeasureForm",
    "MetForm",
    "Moment",
    "MoveForm",
    "NamedForm",
    "NextStepForm",
    "NextVersionForm",
    "OfferForm",
    "OfferPlaceForm",
    "OutlineForm",
    "OwnAnswerForm",
    "OwnAskForm",
    "PlaceForm",
    "PlanEntryForm",
    "PreparationDateForm",
    "PreparationForm",
    "Pressed",
    "ProgrammeForm",
    "ProspectusForm",
    "QuestionForm",
    "ReflectionForm",
    "ReleaseForm",
    "RemindingForm",
    "RemoveMaterialForm",
    "ReplayForm",
    "RevisitForm",
    "RulesForm",
    "SelfReviewForm",
    "SessionForm",
    "StoryForm",
    "TakeUpForm",
    "TermForm",
    "ToldForm",
    "WhyForm",
    "chosen",
    "long_text",
    "offer",
]
