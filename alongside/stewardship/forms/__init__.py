"""The room's forms, by noun."""

from alongside.stewardship.forms.consents import MomentForm
from alongside.stewardship.forms.copy import CopyForm
from alongside.stewardship.forms.erasure import AnswerForm
from alongside.stewardship.forms.identity import (
    AnswerIdentityForm,
    AskIdentityForm,
    AskToDestroyForm,
    DestroyKeyForm,
    WhichRequestForm,
)
from alongside.stewardship.forms.merging import MergeForm, OtherForm
from alongside.stewardship.forms.register import FoundFileForm
from alongside.stewardship.forms.retention import EraseDueForm, RetentionForm

__all__ = [
    "AnswerForm",
    "AnswerIdentityForm",
    "AskIdentityForm",
    "AskToDestroyForm",
    "CopyForm",
    "DestroyKeyForm",
    "EraseDueForm",
    "FoundFileForm",
    "MergeForm",
    "MomentForm",
    "OtherForm",
    "RetentionForm",
    "WhichRequestForm",
]
