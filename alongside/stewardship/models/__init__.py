"""The room's nouns."""

from alongside.stewardship.models.erasure import ErasureRequest
from alongside.stewardship.models.merging import Merge
from alongside.stewardship.models.requests import LAPSES, IdentityRequest, KeyRequest, State
from alongside.stewardship.models.stops import FileToErase, Receipt

__all__ = [
    "LAPSES",
    "ErasureRequest",
    "FileToErase",
    "IdentityRequest",
    "KeyRequest",
    "Merge",
    "Receipt",
    "State",
]
