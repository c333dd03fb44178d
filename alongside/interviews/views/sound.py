from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from alongside.accounts.permissions import Permission
from alongside.accounts.queries import study_for
from alongside.interviews import actions, queries
from alongside.interviews.forms import RecordingForm
from alongside.interviews.listening import kept_recording, part_of, sound_for
from alongside.interviews.views.common import Request
from alongside.vault import files


@require_safe
def sound(request: Request, study: str, transcript: UUID) -> HttpResponse | StreamingHttpResponse:
    """The recording beside its transcript, in the parts that a player asks for; who listens is on record."""
    here = study_for(request.user, study, to=Permission.READ_TRANSCRIPTS)
    read, recording = sound_for(here, request.user, transcript)
    actions.hear_recording(by=request.user, transcript=read)
    etag, size = f'"{recording.pk.hex}"', files.size(recording.sha256)
    same = request.headers.get("If-Range", etag) == etag
    part = part_of(size, request.headers.get("Range", "") if same else "")
    headers = {"Accept-Ranges": "bytes", "ETag": etag, "Cache-Control": "private, no-store"}
    if part is None:
        return HttpResponse(status=416, headers={**headers, "Content-Range": f"bytes */{size}"})
    if part.is_asked:
        headers["Content-Range"] = str(part)
    headers |= {"Content-Length": str(part.end - part.start), "Content-Type": recording.kind}
    pieces = files.pieces(recording.sha256, part.start, part.end)
    return StreamingHttpResponse(pieces, status=206 if part.is_asked else 200, headers=headers)


def attach_recording(request: Request, study: str, interview: UUID) -> HttpResponse:
    """The sound of an interview, kept in cipher; where there is one already, it can be erased."""
    here = study_for(request.user, study, to=Permission.SEE_INTERVIEWS)
    shown = queries.interview_to_keep(here, request.user, interview)
    form = RecordingForm(request.POST or None, request.FILES or None)
    if form.do(actions.attach_recording, by=request.user, interview=shown):
        messages.success(request, _("The recording is kept. Whoever may read the transcript can hear it."))
        return redirect("interviews:interview", here.slug, interview)
    context = {"study": here, "interview": shown, "form": form, "recording": kept_recording(shown)}
    return render(request, "interviews/attach_recording.html", context, status=form.status)


@require_POST
def erase_recording(request: Request, study: str, interview: UUID) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.SEE_INTERVIEWS)
    shown = queries.interview_to_keep(here, request.user, interview)
    if recording := kept_recording(shown):
        actions.erase_recording(by=request.user, recording=recording)
        messages.success(request, _("The recording is erased."))
    return redirect("interviews:interview", here.slug, interview)
