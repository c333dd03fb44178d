"""Coding together on one screen, for everyone in the room."""

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from alongside.accounts.models import Study, User
from alongside.accounts.permissions import Permission
from alongside.accounts.queries import study_for
from alongside.analysis import actions, queries
from alongside.analysis.bench import bench
from alongside.analysis.forms import BeginWorkshopForm
from alongside.analysis.looks import looks
from alongside.analysis.models import Workshop
from alongside.interviews.actions import open_transcript
from alongside.interviews.guards import asked_first
from alongside.interviews.models import Revision, Transcript
from alongside.interviews.queries import current_revision, transcript_for


@asked_first
def workshops(request: HttpRequest, study: str, transcript: UUID) -> HttpResponse:
    """Begin one, go on with one, and see which there were."""
    user = cast(User, request.user)
    its_study = study_for(user, study, to=Permission.READ_TRANSCRIPTS)
    if request.method == "POST":
        its_study = study_for(user, study, to=Permission.CODE)
    read = transcript_for(its_study, user, transcript)
    offered = [member for member in queries.may_be_asked(read) if member != user]
    form = BeginWorkshopForm(request.POST or None, offered=offered)
    begun = form.do(actions.begin_workshop, by=user, transcript=read)
    goes_on = queries.open_workshop(read, user)
    if begun and goes_on:
        return redirect("analysis:workshop", study, transcript, goes_on.pk)
    page = {
        "study": its_study,
        "transcript": read,
        "form": form,
        "offered": offered,
        "goes_on": goes_on,
        "held": queries.workshops_on(current_revision(read), user),
        "apart": queries.is_read_apart(read),
    }
    return render(request, "analysis/workshops.html", page, status=form.status)


@require_safe
@asked_first
def workshop(request: HttpRequest, study: str, transcript: UUID, workshop: int) -> HttpResponse:
    """The workbench as a room looks at it: large, and without what is one person's own."""
    user = cast(User, request.user)
    its_study = study_for(user, study, to=Permission.CODE)
    read = transcript_for(its_study, user, transcript)
    held = queries.workshop_for(read, user, workshop)
    if why := _cannot_go_on(held):
        messages.error(request, why)
        return redirect("analysis:workshops", study, transcript)
    revision = open_transcript(by=user, transcript=read)
    page = _page(request, its_study, read, revision, held)
    return render(request, "analysis/workshop.html", page)


@require_POST
def end_workshop(request: HttpRequest, study: str, transcript: UUID, workshop: int) -> HttpResponse:
    user = cast(User, request.user)
    its_study = study_for(user, study, to=Permission.CODE)
    read = transcript_for(its_study, user, transcript)
    actions.end_workshop(by=user, workshop=queries.workshop_for(read, user, workshop))
    messages.success(request, _("The workshop has ended. What you decided is the team’s."))
    return redirect("analysis:workshops", study, transcript)


def _cannot_go_on(held: Workshop) -> str:
    if held.ended is not None:
        return _("This workshop has ended. Begin another with who is in the room.")
    if queries.is_read_apart(held.transcript):
        return _("This waits until everyone who reads the transcript separately has finished.")
    if not queries.is_open_to_all(held):
        # Who, and why, is theirs to tell.
        return _("The workshop can’t go on as it was. Begin again with those who are offered now.")
    return ""


def _page(
    request: HttpRequest, study: Study, read: Transcript, revision: Revision, held: Workshop
) -> dict[str, Any]:
    user = cast(User, request.user)
    seen = looks(request.GET, study, user, revision)
    # The screen is everybody's: what one person noted for themselves isn't on it.
    seen["reading"] = {**seen["reading"], "memos": {}, "write": "", "was_here": ""}
    return {
        "study": study,
        "transcript": read,
        "bench": bench(study, user, revision, workshop=held),
        "workshop": held,
        "present": sorted(held.present.all(), key=lambda who: who.name),
        **seen,
        "plain": False,
    }
