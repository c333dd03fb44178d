from django.urls import path

from alongside.interviews.views import declaring, guides, interviews, sound, transcripts

app_name = "interviews"
S = "s/<slug:study>/interviews/"
N = S + "<uuid:interview>/"
T = S + "transcripts/<uuid:transcript>/"
urlpatterns = [
    path(S, interviews.interviews, name="interviews"),
    path(S + "summary", interviews.summary, name="summary"),
    path(S + "todo", interviews.todo, name="todo"),
    path(S + "import/", transcripts.import_transcript, name="import-transcript"),
    path(S + "book/", interviews.book_interview, name="book-interview"),
    path(S + "guides/write/", guides.write_guide, name="write-guide"),
    path(S + "guides/<uuid:guide>/", guides.guide, name="guide"),
    path(T, transcripts.transcript, name="transcript"),
    path(T + "declare/", declaring.declare, name="declare"),
    path(S + "kept-apart/", declaring.kept_apart, name="kept-apart"),
    path(T + "speakers/<int:speaker>/", transcripts.name_speaker, name="name-speaker"),
    path(T + "nobody/", transcripts.leave_to_nobody, name="leave-to-nobody"),
    path(T + "check/", transcripts.check_transcript, name="check-transcript"),
    path(T + "sound/", sound.sound, name="sound"),
    path(T + "take-out/", transcripts.take_out_transcript, name="take-out-transcript"),
    path(N, interviews.interview, name="interview"),
    path(N + "arrange/", interviews.arrange_interview, name="arrange-interview"),
    path(N + "hold/", interviews.hold_interview, name="hold-interview"),
    path(N + "cancel/", interviews.cancel_interview, name="cancel-interview"),
    path(N + "recording/", sound.attach_recording, name="attach-recording"),
    path(N + "recording/erase/", sound.erase_recording, name="erase-recording"),
]
