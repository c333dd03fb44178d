"""What can be done in this room, by noun."""

from alongside.people.actions.adjustments import (
    end_adjustment,
    record_adjustment,
    review_adjustments,
    share_adjustment,
)
from alongside.people.actions.completing import Added, complete_person, take_off
from alongside.people.actions.consent import publish_consent_text, record_consent
from alongside.people.actions.contact import (
    add_contact,
    change_contact,
    prefer_contact,
    remove_contact,
)
from alongside.people.actions.firewall import declare, raise_barriers
from alongside.people.actions.gate import agrees, hold_gate
from alongside.people.actions.links import make_link, revoke_links
from alongside.people.actions.many import NewPerson, add_people, record_relationships
from alongside.people.actions.members import accept_invitation, recognise_member
from alongside.people.actions.own import choose_contact, deny_relationship
from alongside.people.actions.people import (
    add_person,
    change_person,
    describe_standpoint,
    end_standpoint,
    link_user,
)
from alongside.people.actions.relationships import (
    confirm_relationship,
    correct_relationship,
    end_relationship,
    record_relationship,
)
from alongside.people.actions.research import (
    free_code,
    leave_anonymous,
    link_pair,
    make_participant,
    note_identity_reads,
)

__all__ = [
    "Added",
    "NewPerson",
    "accept_invitation",
    "add_contact",
    "add_people",
    "add_person",
    "agrees",
    "change_contact",
    "change_person",
    "choose_contact",
    "complete_person",
    "confirm_relationship",
    "correct_relationship",
    "declare",
    "deny_relationship",
    "describe_standpoint",
    "end_adjustment",
    "end_relationship",
    "end_standpoint",
    "free_code",
    "hold_gate",
    "leave_anonymous",
    "link_pair",
    "link_user",
    "make_link",
    "make_participant",
    "note_identity_reads",
    "prefer_contact",
    "publish_consent_text",
    "raise_barriers",
    "recognise_member",
    "record_adjustment",
    "record_consent",
    "record_relationship",
    "record_relationships",
    "remove_contact",
    "review_adjustments",
    "revoke_links",
    "share_adjustment",
    "take_off",
]
