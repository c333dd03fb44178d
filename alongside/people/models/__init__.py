"""The room's nouns."""

from alongside.people.models.adjustments import Adjustment, AdjustmentReview
from alongside.people.models.consent import (
    GIVES_MATERIAL,
    ConsentEvent,
    ConsentText,
    Purpose,
    StandingConsent,
)
from alongside.people.models.people import (
    AccessGrant,
    ContactPoint,
    Person,
    Standpoint,
    WorkingRelationship,
    known_time_zone,
)
from alongside.people.models.research import (
    Anonymisation,
    Barrier,
    BridgeLost,
    Declared,
    Identity,
    Pair,
    Participant,
)

__all__ = [
    "GIVES_MATERIAL",
    "AccessGrant",
    "Adjustment",
    "AdjustmentReview",
    "Anonymisation",
    "Barrier",
    "BridgeLost",
    "ConsentEvent",
    "ConsentText",
    "ContactPoint",
    "Declared",
    "Identity",
    "Pair",
    "Participant",
    "Person",
    "Purpose",
    "StandingConsent",
    "Standpoint",
    "WorkingRelationship",
    "known_time_zone",
]
