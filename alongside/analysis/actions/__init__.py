"""What is done in the room, by noun."""

from alongside.analysis.actions.acts import DoneBefore, begin, keep_codes, keep_codings, redo, tell, undo
from alongside.analysis.actions.codebook import (
    add_code,
    bring_back_code,
    change_code,
    move_code,
    retire_code,
)
from alongside.analysis.actions.codings import (
    adopt_codings,
    apply_code,
    apply_new_code,
    copy_coding,
    link_codings,
    recode,
    remove_coding,
    resize_coding,
    unlink_codings,
    weigh_coding,
)
from alongside.analysis.actions.discussions import (
    add_remark,
    reopen_discussion,
    settle_discussion,
    start_discussion,
)
from alongside.analysis.actions.finding import Coded, code_found
from alongside.analysis.actions.machine import (
    accept_suggestion,
    begin_run,
    decline_suggestion,
    keep_answer,
    keep_failure,
    stop_run,
    switch_machine_help,
    take_part,
)
from alongside.analysis.actions.memos import (
    change_memo,
    delete_memo,
    keep_memo,
    write_memo,
    write_summary,
)
from alongside.analysis.actions.merging import merge_codes, split_code
from alongside.analysis.actions.places import keep_place
from alongside.analysis.actions.reading import ask_to_read, finish_reading, go_on_reading, take_back_reading
from alongside.analysis.actions.taking_codes import BroughtCode, take_codes
from alongside.analysis.actions.taking_in import NewCoding, take_codings
from alongside.analysis.actions.tastes import keep_taste
from alongside.analysis.actions.themes import (
    change_theme,
    choose_passage,
    drop_passage,
    gather_codes,
    start_theme,
    tie_themes,
)
from alongside.analysis.actions.versions import keep_version
from alongside.analysis.actions.workshops import begin_workshop, end_workshop

__all__ = [
    "BroughtCode",
    "Coded",
    "DoneBefore",
    "NewCoding",
    "accept_suggestion",
    "add_code",
    "add_remark",
    "adopt_codings",
    "apply_code",
    "apply_new_code",
    "ask_to_read",
    "begin",
    "begin_run",
    "begin_workshop",
    "bring_back_code",
    "change_code",
    "change_memo",
    "change_theme",
    "choose_passage",
    "code_found",
    "copy_coding",
    "decline_suggestion",
    "delete_memo",
    "drop_passage",
    "end_workshop",
    "finish_reading",
    "gather_codes",
    "go_on_reading",
    "keep_answer",
    "keep_codes",
    "keep_codings",
    "keep_failure",
    "keep_memo",
    "keep_place",
    "keep_taste",
    "keep_version",
    "link_codings",
    "merge_codes",
    "move_code",
    "recode",
    "redo",
    "remove_coding",
    "reopen_discussion",
    "resize_coding",
    "retire_code",
    "settle_discussion",
    "split_code",
    "start_discussion",
    "start_theme",
    "stop_run",
    "switch_machine_help",
    "take_back_reading",
    "take_codes",
    "take_codings",
    "take_part",
    "tell",
    "tie_themes",
    "undo",
    "unlink_codings",
    "weigh_coding",
    "write_memo",
    "write_summary",
]
