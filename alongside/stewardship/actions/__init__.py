"""The room's writes, by noun; stopping is in `withdrawal`, erasing in `erasure`."""

from alongside.stewardship.actions.consents import take_consents
from alongside.stewardship.actions.copies import make_copy_code, send_copy_code, take_copy
from alongside.stewardship.actions.identity import answer_identity, ask_identity, look_up_identity
from alongside.stewardship.actions.keys import ask_to_destroy, confirm_destroying, take_back_destroying
from alongside.stewardship.actions.retention import decide_retention, erase_due

__all__ = [
    "answer_identity",
    "ask_identity",
    "ask_to_destroy",
    "confirm_destroying",
    "decide_retention",
    "erase_due",
    "look_up_identity",
    "make_copy_code",
    "send_copy_code",
    "take_back_destroying",
    "take_consents",
    "take_copy",
]
