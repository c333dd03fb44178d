from alongside.followup.actions.instruments import add_instrument, publish_version
from alongside.followup.actions.protocols import add_timepoint, anchor_timepoints, create_protocol
from alongside.followup.actions.responses import correct_response, record_response, score_response
from alongside.followup.actions.samples import (
    draw_randomly,
    pick_purposively,
    record_refusal,
    replace_pick,
    take_frame,
)

__all__ = [
    "add_instrument",
    "add_timepoint",
    "anchor_timepoints",
    "correct_response",
    "create_protocol",
    "draw_randomly",
    "pick_purposively",
    "publish_version",
    "record_refusal",
    "record_response",
    "replace_pick",
    "score_response",
    "take_frame",
]
