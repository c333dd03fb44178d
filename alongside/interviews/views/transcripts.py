from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from alongside.accounts.permissions import Permission
from alongside.accounts.queries import study_for
from alongside.interviews import actions, queries
from alongside.interviews.forms import ImportForm, SpeakerForm
from alongside.interviews.guards import asked_first
from alongside.interviews.listening import sound_of
from alongside.interviews.views.common import Request
from alongside.web.forms import Asking


def import_transcript(request: Request, study: str) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.IMPORT_TRANSCRIPTS)
    form = ImportForm(
        request.POST or None,
        request.FILES or None,
        study=here,
        user=request.user,
        initial={"interview": request.GET.get("interview")},
    )
    if not form.do(actions.import_transcripts, by=request.user, study=here):
        context = {"study": here, "form": form}
        return render(request, "interviews/import_transcript.html", context, status=form.status)
    if len(form.made) == 1:
        messages.success(request, _("The transcript is here. Please check who asks and who answers."))
        return redirect("interviews:transcript", here.slug, form.made[0].pk)
    told = ngettext("%(count)s transcript is here.", "%(count)s transcripts are here.", len(form.made))
    messages.success(request, told % {"count": len(form.made)})
    return redirect("interviews:interviews", here.slug)


@asked_first
def transcript(request: Request, study: str, transcript: UUID) -> HttpResponse:
    """A transcript to read; who reads it is on record."""
    here = study_for(request.user, study, to=Permission.READ_TRANSCRIPTS)
    read = queries.transcript_for(here, request.user, transcript)
    revision = actions.open_transcript(by=request.user, transcript=read)
    context = {
        "study": here,
        "transcript": read,
        "revision": revision,
        "turns": queries.spoken(revision),
        "speakers": queries.speakers(read),
        "worked_on": queries.is_worked_on(read),
        "unclaimed": queries.is_unclaimed(read),
        "recording": queries.recording_of(read),
        "sound": sound_of(read),
        "tied": bool(queries.speaking_in(read)),
    }
    return render(request, "interviews/transcript.html", context)


@require_POST
def check_transcript(request: Request, study: str, transcript: UUID) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.IMPORT_TRANSCRIPTS)
    read = queries.transcript_for(here, request.user, transcript)
    form = Asking({})
    if form.do(actions.check_transcript, by=request.user, transcript=read):
        messages.success(request, _("Noted. The time for which the recording is kept is counted from today."))
    else:
        messages.error(request, " ".join(str(error) for error in form.non_field_errors()))
    return redirect("interviews:transcript", here.slug, read.pk)


@require_POST
def leave_to_nobody(request: Request, study: str, transcript: UUID) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.IMPORT_TRANSCRIPTS)
    read = queries.transcript_for(here, request.user, transcript)
    form = Asking({})
    if form.do(actions.leave_to_nobody, by=request.user, transcript=read):
        messages.success(request, _("Noted. The team can read it now."))
    else:
        messages.error(request, " ".join(str(error) for error in form.non_field_errors()))
    return redirect("interviews:transcript", here.slug, read.pk)


@asked_first
def name_speaker(request: Request, study: str, transcript: UUID, speaker: int) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.IMPORT_TRANSCRIPTS)
    named = queries.speaker_for(queries.transcript_for(here, request.user, transcript), speaker)
    form = SpeakerForm(request.POST or None, thing=named, study=here, user=request.user)
    if form.do(actions.name_speaker, by=request.user, speaker=named):
        messages.success(request, _("It is noted who “%(label)s” is.") % {"label": named})
        form.tell(request)
        return redirect("interviews:transcript", here.slug, transcript)
    context = {"study": here, "speaker": named, "transcript": named.transcript, "form": form}
    return render(request, "interviews/name_speaker.html", context, status=form.status)


@asked_first
def take_out_transcript(request: Request, study: str, transcript: UUID) -> HttpResponse:
    """Asks first, naming what goes."""
    here = study_for(request.user, study, to=Permission.IMPORT_TRANSCRIPTS)
    goes = queries.transcript_for(here, request.user, transcript)
    form = Asking({} if request.method == "POST" else None)
    if form.do(actions.take_out_transcript, by=request.user, transcript=goes):
        messages.success(request, _("“%(name)s” is taken out.") % {"name": goes.name})
        return redirect("interviews:interviews", here.slug)
    context = {
        "study": here,
        "transcript": goes,
        "form": form,
        "turn_count": queries.turns(queries.current_revision(goes)).count(),
        "worked_on": queries.is_worked_on(goes),
    }
    return render(request, "interviews/take_out_transcript.html", context, status=form.status)
