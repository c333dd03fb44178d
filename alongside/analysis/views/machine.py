from typing import cast
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.accounts.models import Study, User
from alongside.accounts.permissions import Permission
from alongside.accounts.queries import study_for
from alongside.analysis import actions, queries
from alongside.analysis.forms import CodeFoundForm, MachineHelpForm
from alongside.analysis.models import Suggestion
from alongside.analysis.suggesting import ask_next_part
from alongside.interviews.actions import note_reads, open_transcript
from alongside.interviews.guards import asked_first
from alongside.interviews.models import Transcript
from alongside.interviews.queries import transcript_for

SUGGESTIONS_SHOWN = 100
ASKINGS_A_PAGE = 10


def machine_help(request: HttpRequest, study: str) -> HttpResponse:
    """Whether a machine may help in the study: for whoever also publishes what people agree to."""
    user = cast(User, request.user)
    its_study = study_for(user, study, to=Permission.MANAGE_STUDY)
    form = MachineHelpForm(request.POST or None, thing=its_study)
    if form.do(actions.switch_machine_help, by=user, study=its_study):
        messages.success(request, _told(form))
        form.tell(request)
        return redirect("analysis:machine-help", study)
    page = {"study": its_study, "form": form, "help": queries.machine_help(its_study)}
    page |= {"reach": queries.reach(its_study, user)}
    return render(request, "analysis/machine_help.html", page, status=form.status)


def _told(form: MachineHelpForm) -> str:
    if form.cleaned_data["is_on"]:
        return _("Machine help is switched on.")
    return _("Machine help is switched off. Nothing is given to a machine.")


# Passages like these ----------------------------------------------------------------------------------


@asked_first
def alike(request: HttpRequest, study: str, transcript: UUID) -> HttpResponse:
    """Turns most like some words of a transcript."""
    user = cast(User, request.user)
    its_study = study_for(user, study, to=Permission.READ_TRANSCRIPTS)
    queries.machine_for(its_study)
    read = transcript_for(its_study, user, transcript)
    revision = open_transcript(by=user, transcript=read)
    start, end, turn = queries.asked_about(revision, request.GET)
    page = {"study": its_study, "transcript": read, "turn": turn, "asked": revision.text[start:end]}
    if queries.may_be_given(its_study, user, read):
        page["alike"] = queries.turns_like(its_study, user, revision, start, end)
    return _shown_alike(request, its_study, page)


def code_alike(request: HttpRequest, study: str, code: UUID) -> HttpResponse:
    """Turns most like the passages of a code, and not coded with it yet."""
    user = cast(User, request.user)
    its_study = study_for(user, study, to=Permission.READ_TRANSCRIPTS)
    queries.machine_for(its_study)
    shown = queries.code_for(its_study, user, code)
    page = {"study": its_study, "code": shown, "alike": queries.turns_like_code(its_study, user, shown)}
    return _shown_alike(request, its_study, page)


def _shown_alike(request: HttpRequest, study: Study, page: dict[str, object]) -> HttpResponse:
    user, found = cast(User, request.user), page.get("alike")
    if isinstance(found, queries.Alike):
        note_reads(by=user, study=study, transcripts=[line.transcript for line in found.lines])
    first = {"unit": "turn", "code": page.get("code")}
    choose = CodeFoundForm(study=study, user=user, initial=first)
    return render(request, "analysis/alike.html", {**page, "choose": choose})


# Suggestions of a language model ----------------------------------------------------------------------


@asked_first
def suggestions(request: HttpRequest, study: str, transcript: UUID) -> HttpResponse:
    """What a language model suggests for a transcript, kept apart from what people coded."""
    its_study, read = _entered(request, study, transcript)
    open_transcript(by=cast(User, request.user), transcript=read)
    return render(request, "analysis/suggestions.html", _page(request, its_study, read))


def _entered(
    request: HttpRequest, study: str, transcript: UUID, to: Permission = Permission.CODE
) -> tuple[Study, Transcript]:
    user = cast(User, request.user)
    its_study = study_for(user, study, to=to)
    queries.machine_for(its_study)
    return its_study, transcript_for(its_study, user, transcript)


def _page(request: HttpRequest, study: Study, transcript: Transcript) -> dict[str, object]:
    """Where someone doesn't agree, nothing that was made of their words is shown either."""
    user = cast(User, request.user)
    page: dict[str, object] = {
        "study": study,
        "transcript": transcript,
        "help": queries.machine_for(study),
    }
    if not queries.may_be_given(study, user, transcript):
        return page
    return page | {
        "may": True,
        "run": queries.last_run(transcript, user),
        "waiting": queries.waiting_suggestions(transcript, user, SUGGESTIONS_SHOWN),
        "standing": queries.standing_suggestions(transcript, user),
    }


@require_POST
def begin_run(request: HttpRequest, study: str, transcript: UUID) -> HttpResponse:
    its_study, read = _entered(request, study, transcript)
    try:
        actions.begin_run(by=cast(User, request.user), transcript=read)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    return redirect("analysis:suggestions", its_study.slug, read.pk)


@require_POST
def ask_next(request: HttpRequest, study: str, transcript: UUID, run: UUID) -> HttpResponse:
    """One question to the model; the page asks again until the text is gone through."""
    user = cast(User, request.user)
    its_study, read = _entered(request, study, transcript)
    ask_next_part(user, queries.run_for(read, user, run))
    return _answered(request, its_study, read)


@require_POST
def stop_run(request: HttpRequest, study: str, transcript: UUID, run: UUID) -> HttpResponse:
    user = cast(User, request.user)
    its_study, read = _entered(request, study, transcript)
    actions.stop_run(by=user, run=queries.run_for(read, user, run))
    return _answered(request, its_study, read)


@require_POST
def accept_suggestion(request: HttpRequest, study: str, transcript: UUID, suggestion: int) -> HttpResponse:
    user = cast(User, request.user)
    its_study, read = _entered(request, study, transcript)
    given = queries.suggestion_for(its_study, read, user, suggestion)
    try:
        actions.accept_suggestion(by=user, suggestion=given)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    return _answered(request, its_study, read, given)


@require_POST
def decline_suggestion(request: HttpRequest, study: str, transcript: UUID, suggestion: int) -> HttpResponse:
    user = cast(User, request.user)
    its_study, read = _entered(request, study, transcript)
    given = queries.suggestion_for(its_study, read, user, suggestion)
    try:
        actions.decline_suggestion(by=user, suggestion=given)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    return _answered(request, its_study, read, given)


def _answered(
    request: HttpRequest, study: Study, transcript: Transcript, answered: Suggestion | None = None
) -> HttpResponse:
    """After a suggestion was answered, focus goes to the next one."""
    if request.headers.get("HX-Request"):
        page = _page(request, study, transcript)
        page |= {"answered": answered, "next": _next(page.get("waiting"), answered)}
        return render(request, "analysis/suggestions.html#standing", page)
    return redirect("analysis:suggestions", study.slug, transcript.pk)


def _next(waiting: object, answered: Suggestion | None) -> int | None:
    if answered is None or not isinstance(waiting, list):
        return None
    there = (answered.start, answered.end, answered.pk)
    later = (each.suggestion for each in waiting)
    return next((each.pk for each in later if (each.start, each.end, each.pk) > there), None)


@asked_first
def askings(request: HttpRequest, study: str, transcript: UUID) -> HttpResponse:
    """Word for word what was sent about a transcript, and what came back."""
    user = cast(User, request.user)
    its_study, read = _entered(request, study, transcript, Permission.READ_TRANSCRIPTS)
    open_transcript(by=user, transcript=read)
    page: dict[str, object] = {"study": its_study, "transcript": read}
    if queries.may_be_given(its_study, user, read):
        rows = Paginator(queries.askings_on(read, user), ASKINGS_A_PAGE)
        page |= {"may": True, "pages": rows.get_page(request.GET.get("page"))}
    return render(request, "analysis/askings.html", page)
