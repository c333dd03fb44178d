from collections.abc import Callable
from typing import cast
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from alongside.accounts.models import User
from alongside.accounts.permissions import Permission
from alongside.accounts.queries import study_for
from alongside.analysis import actions, queries
from alongside.analysis.forms import AdoptForm, AskToReadForm
from alongside.analysis.models import Reading
from alongside.interviews.actions import open_transcript
from alongside.interviews.guards import asked_first
from alongside.interviews.queries import current_revision, transcript_for

TRANSCRIPTS_A_PAGE = 50
CODINGS_A_PAGE = 200
WHICH = ("", "ours", "others")


def readers(request: HttpRequest, study: str) -> HttpResponse:
    """Who reads what, and how far everyone is."""
    user = cast(User, request.user)
    its_study = study_for(user, study, to=Permission.READ_TRANSCRIPTS)
    rows = Paginator(queries.transcripts_to_read(its_study, user), TRANSCRIPTS_A_PAGE)
    pages = rows.get_page(request.GET.get("page"))
    team = queries.readers_of(its_study, user)
    page = {
        "study": its_study,
        "readers": team,
        "pages": pages,
        "lines": queries.reading_lines(its_study, user, list(pages), team),
    }
    return render(request, "analysis/readers.html", page)


@asked_first
def ask_to_read(request: HttpRequest, study: str, transcript: UUID) -> HttpResponse:
    """Who reads one transcript: ask somebody, or take it back."""
    user = cast(User, request.user)
    its_study = study_for(user, study, to=Permission.CODE)
    read = transcript_for(its_study, user, transcript)
    asked = queries.progress_of(its_study, user, read)
    known = {each.reading.reader_id for each in asked}
    offered = [member for member in queries.may_be_asked(read) if member.pk not in known]
    form = AskToReadForm(request.POST or None, offered=offered)
    if form.do(actions.ask_to_read, by=user, transcript=read):
        messages.success(request, _("They are asked. They find it on the page of transcripts."))
        return redirect("analysis:ask-to-read", study, transcript)
    page = {
        "study": its_study,
        "transcript": read,
        "asked": asked,
        "last_apart": queries.last_apart(asked),
        "apart": queries.is_read_apart(read),
        "offered": offered,
        "form": form,
    }
    return render(request, "analysis/ask_to_read.html", page, status=form.status)


@require_POST
def take_back_reading(request: HttpRequest, study: str, transcript: UUID, reading: int) -> HttpResponse:
    user = cast(User, request.user)
    its_study = study_for(user, study, to=Permission.CODE)
    taken = queries.reading_for(transcript_for(its_study, user, transcript), reading)
    actions.take_back_reading(by=user, reading=taken)
    told = _("%(name)s is no longer asked to read this. What they coded and wrote stays.")
    messages.success(request, told % {"name": taken.reader.name})
    return redirect("analysis:ask-to-read", study, transcript)


@require_POST
def finish_reading(request: HttpRequest, study: str, transcript: UUID) -> HttpResponse:
    """I am done: what the others did opens once all who read separately are."""
    return _say(request, study, transcript, actions.finish_reading)


@require_POST
def go_on_reading(request: HttpRequest, study: str, transcript: UUID) -> HttpResponse:
    """I am not done after all."""
    return _say(request, study, transcript, actions.go_on_reading)


def _say(request: HttpRequest, study: str, transcript: UUID, action: Callable[..., Reading]) -> HttpResponse:
    user = cast(User, request.user)
    its_study = study_for(user, study, to=Permission.READ_TRANSCRIPTS)
    try:
        action(by=user, transcript=transcript_for(its_study, user, transcript))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("analysis:coding", study, transcript)


@asked_first
def adoption(request: HttpRequest, study: str, transcript: UUID) -> HttpResponse:
    """Everyone's codings of a transcript, and which of them the team makes its own."""
    user = cast(User, request.user)
    its_study = study_for(user, study, to=Permission.READ_TRANSCRIPTS)
    read = transcript_for(its_study, user, transcript)
    revision = open_transcript(by=user, transcript=read)
    which = request.GET.get("which", "")
    which = which if which in WHICH else ""
    rows = Paginator(queries.codings_to_adopt(revision, user, which), CODINGS_A_PAGE)
    pages = rows.get_page(request.GET.get("page"))
    page = {
        "study": its_study,
        "transcript": read,
        "which": which,
        "pages": pages,
        "kept": f"which={which}" if which else "",
        "turns": queries.by_turn(revision, pages),
        "apart": queries.is_read_apart(read),
    }
    return render(request, "analysis/adoption.html", page)


@require_POST
def adopt_codings(request: HttpRequest, study: str, transcript: UUID) -> HttpResponse:
    """Make what was ticked the team’s, or give it back to its coders."""
    user = cast(User, request.user)
    its_study = study_for(user, study, to=Permission.CODE)
    read = transcript_for(its_study, user, transcript)
    form = AdoptForm(request.POST, codings=queries.codings_in(current_revision(read), user))
    try:
        if not form.is_valid():
            raise ValidationError(form.sentence)
        adopted = form.cleaned_data["deed"] == "adopt"
        codings = form.cleaned_data["codings"]
        count = actions.adopt_codings(by=user, transcript=read, codings=codings, adopted=adopted)
        messages.success(request, _told(count, adopted=adopted))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    page = reverse("analysis:adoption", args=[study, transcript])
    return redirect(f"{page}?{request.GET.urlencode()}" if request.GET else page)


def _told(count: int, *, adopted: bool) -> str:
    if adopted:
        said = ngettext("%(count)s coding is the team’s now.", "%(count)s codings are the team’s now.", count)
    else:
        said = ngettext(
            "%(count)s coding is its coder’s alone again.",
            "%(count)s codings are their coders’ alone again.",
            count,
        )
    return said % {"count": count}
