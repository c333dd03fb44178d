"""The room's nouns."""

from alongside.stewardship.models.erasure import ErasureRequest
from alongside.stewardship.models.merging import Merge
from alongside.stewardship.models.notices import Notice
from alongside.stewardship.models.requests import LAPSES, IdentityRequest, KeyRequest, State
from alongside.stewardship.models.retention import (
    Anchor,
    Kind,
    RetentionErasure,
    RetentionPlan,
    RetentionRule,
)
from alongside.stewardship.models.stops import FileToErase, Receipt

__all__ = [
    "LAPSES",
    "Anchor",
    "ErasureRequest",
    "FileToErase",
    "IdentityRequest",
    "KeyRequest",
    "Kind",
    "Merge",
    "Notice",
    "Receipt",
    "RetentionErasure",
    "RetentionPlan",
    "RetentionRule",
    "State",
]
