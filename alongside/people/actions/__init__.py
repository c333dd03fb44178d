"""What can be done in this room, by noun."""

from alongside.people.actions.adjustments import record_adjustment
from alongside.people.actions.consent import publish_consent_text, record_consent
from alongside.people.actions.firewall import raise_barriers
from alongside.people.actions.links import make_link, revoke_links
from alongside.people.actions.many import NewPerson, add_people, complete_person, record_relationships
from alongside.people.actions.people import add_person, describe_standpoint, link_user
from alongside.people.actions.relationships import confirm_relationship, end_relationship, record_relationship
from alongside.people.actions.research import free_code, leave_anonymous, link_pair, make_participant

__all__ = [
    "NewPerson",
    "add_people",
    "add_person",
    "complete_person",
    "confirm_relationship",
    "describe_standpoint",
    "end_relationship",
    "free_code",
    "leave_anonymous",
    "link_pair",
    "link_user",
    "make_link",
    "make_participant",
    "publish_consent_text",
    "raise_barriers",
    "record_adjustment",
    "record_consent",
    "record_relationship",
    "record_relationships",
    "revoke_links",
]
