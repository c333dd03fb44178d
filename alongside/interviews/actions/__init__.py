from alongside.interviews.actions.guides import NewQuestion, write_guide
from alongside.interviews.actions.interviews import (
    ARRANGEMENTS,
    arrange_interview,
    attach_recording,
    book_interview,
    cancel_interview,
    erase_recording,
    hold_interview,
)
from alongside.interviews.actions.recordings import hear_recording
from alongside.interviews.actions.transcripts import (
    NewTurn,
    check_transcript,
    erase_transcript,
    import_transcript,
    import_transcripts,
    leave_to_nobody,
    name_speaker,
    note_reads,
    open_transcript,
    revise_transcript,
    take_out_transcript,
)

__all__ = [
    "ARRANGEMENTS",
    "NewQuestion",
    "NewTurn",
    "arrange_interview",
    "attach_recording",
    "book_interview",
    "cancel_interview",
    "check_transcript",
    "erase_recording",
    "erase_transcript",
    "hear_recording",
    "hold_interview",
    "import_transcript",
    "import_transcripts",
    "leave_to_nobody",
    "name_speaker",
    "note_reads",
    "open_transcript",
    "revise_transcript",
    "take_out_transcript",
    "write_guide",
]
