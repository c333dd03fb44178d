"""The room's doors and questions, by noun."""

from alongside.stewardship.queries.consents import Moment, Standing, consents_at, everyone_at
from alongside.stewardship.queries.erasure import (
    erasure_request_for,
    erasure_requests,
    erasures_waiting,
    last_erasure_request,
)
from alongside.stewardship.queries.identity import (
    Answering,
    IdentityRead,
    identity_reads,
    identity_request_for,
    identity_requests,
    key_request,
    my_identity_requests,
    own_identity_request,
)
from alongside.stewardship.queries.merging import Side, alike_to, both, merge_for, merges, same_people
from alongside.stewardship.queries.receipts import LATELY, changed_lately, receipt_for, receipts_of
from alongside.stewardship.queries.register import REGISTER_A_PAGE, exports_like, register
from alongside.stewardship.queries.retention import (
    Holding,
    Retention,
    erased_before,
    holding_for,
    retention,
    rules,
    study_ends,
)
from alongside.stewardship.queries.trail import ENTRIES_SHOWN, Line, Trail, trail_for
from alongside.stewardship.queries.uses import Done, uses_of

__all__ = [
    "ENTRIES_SHOWN",
    "LATELY",
    "REGISTER_A_PAGE",
    "Answering",
    "Done",
    "Holding",
    "IdentityRead",
    "Line",
    "Moment",
    "Retention",
    "Side",
    "Standing",
    "Trail",
    "alike_to",
    "both",
    "changed_lately",
    "consents_at",
    "erased_before",
    "erasure_request_for",
    "erasure_requests",
    "erasures_waiting",
    "everyone_at",
    "exports_like",
    "holding_for",
    "identity_reads",
    "identity_request_for",
    "identity_requests",
    "key_request",
    "last_erasure_request",
    "merge_for",
    "merges",
    "my_identity_requests",
    "own_identity_request",
    "receipt_for",
    "receipts_of",
    "register",
    "retention",
    "rules",
    "same_people",
    "study_ends",
    "trail_for",
    "uses_of",
]
