"""The room's nouns."""

from alongside.people.models.consent import (
    GIVES_MATERIAL,
    ConsentEvent,
    ConsentText,
    Purpose,
    StandingConsent,
)
from alongside.people.models.people import (
    AccessGrant,
    Adjustment,
    ContactPoint,
    Person,
    Standpoint,
    WorkingRelationship,
    known_time_zone,
)
from alongside.people.models.research import Barrier, BridgeLost, Identity, Pair, Participant

__all__ = [
    "GIVES_MATERIAL",
    "AccessGrant",
    "Adjustment",
    "Barrier",
    "BridgeLost",
    "ConsentEvent",
    "ConsentText",
    "ContactPoint",
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
