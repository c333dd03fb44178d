from typing import cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from alongside.accounts.models import User
from alongside.accounts.permissions import Permission
from alongside.accounts.queries import study_for
from alongside.analysis import actions, queries
from alongside.analysis.forms import PlaceForm, TasteForm
from alongside.analysis.looks import dressed, phrases
from alongside.analysis.practice import practice_bench, practice_phrases, text
from alongside.interviews.queries import transcript_for
from alongside.web.forms import Asking


@require_safe
def practice(request: HttpRequest, study: str) -> HttpResponse:
    """The workbench on an invented conversation: what is done there stays on the page."""
    user = cast(User, request.user)
    its_study = study_for(user, study, to=Permission.READ_TRANSCRIPTS)
    page = {
        "study": its_study,
        "transcript": text(),
        "bench": practice_bench(user),
        **dressed(request.GET, queries.taste_of(user)),
        "reading": {
            "place": None,
            "memos": {},
            "write": "",
            "url": "",
            "phrases": {**phrases(), **practice_phrases()},
        },
    }
    return render(request, "analysis/practice.html", page)


@require_POST
def keep_taste(request: HttpRequest, study: str) -> HttpResponse:
    """How one likes to read; without script the page comes back in that look."""
    user = cast(User, request.user)
    its_study = study_for(user, study, to=Permission.READ_TRANSCRIPTS)
    form = TasteForm(request.POST)
    form.do(actions.keep_taste, by=user)
    if request.headers.get("X-Workbench"):
        return JsonResponse(_told(form), status=form.status)
    if form.errors:
        messages.error(request, _told(form)["error"])
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = reverse("analysis:analysis", args=[its_study.slug])
    return redirect(back)


@require_POST
def keep_place(request: HttpRequest, study: str, transcript: UUID) -> HttpResponse:
    """Where one reads just now, as the page says every few seconds."""
    user = cast(User, request.user)
    its_study = study_for(user, study, to=Permission.READ_TRANSCRIPTS)
    read = transcript_for(its_study, user, transcript)
    form = PlaceForm(request.POST, transcript=read)
    form.do(actions.keep_place, by=user, transcript=read)
    return JsonResponse(_told(form), status=form.status)


def _told(form: Asking) -> dict[str, str]:
    """Nothing, or why not, in a sentence for each field that was wrong."""
    if not form.errors:
        return {}
    labels = {name: str(field.label or name) for name, field in form.fields.items()}
    wrong = [f"{labels.get(name, '')}: {' '.join(map(str, errors))}" for name, errors in form.errors.items()]
    return {"error": " ".join(sentence.strip() for sentence in wrong)}
