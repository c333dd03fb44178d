from collections.abc import Callable
from functools import partial
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.accounts.models import Study, User
from alongside.accounts.permissions import Permission
from alongside.accounts.queries import study_for
from alongside.analysis import actions, queries
from alongside.analysis.forms import ActForm, RemarkForm, SettleForm, StartForm
from alongside.analysis.models import Discussion, Remark
from alongside.analysis.queries import Talk
from alongside.interviews.actions import note_reads
from alongside.interviews.models import Transcript
from alongside.interviews.queries import current_revision, transcript_for

TALKS_A_PAGE = 30
Does = Callable[..., Discussion | Remark]


def discussions(request: HttpRequest, study: str) -> HttpResponse:
    """What the team talks about, or has settled."""
    user = cast(User, request.user)
    its_study = study_for(user, study, to=Permission.READ_TRANSCRIPTS)
    return _page(request, its_study)


def discussions_in(request: HttpRequest, study: str, transcript: UUID) -> HttpResponse:
    """Of one transcript: a list for the workbench's script, or the first remark on some words."""
    user = cast(User, request.user)
    posted = request.method == "POST"
    its_study = study_for(user, study, to=Permission.CODE if posted else Permission.READ_TRANSCRIPTS)
    read = transcript_for(its_study, user, transcript)
    if not posted and not request.headers.get("X-Workbench"):
        return redirect("analysis:discussions", study)
    if not posted:
        return _told(its_study, user, read)
    revision = current_revision(read)
    form = StartForm(request.POST, current=revision)
    does = partial(actions.start_discussion, by=user, revision=revision)
    return _answer(request, its_study, read, form, does)


@require_POST
def add_remark(request: HttpRequest, study: str, discussion: int) -> HttpResponse:
    user, its_study, found = _discussion(request, study, discussion)
    does = partial(actions.add_remark, by=user, discussion=found)
    form = RemarkForm(request.POST)
    return _answer(request, its_study, found.revision.transcript, form, does, on=found)


@require_POST
def settle_discussion(request: HttpRequest, study: str, discussion: int) -> HttpResponse:
    user, its_study, found = _discussion(request, study, discussion)
    does = partial(actions.settle_discussion, by=user, discussion=found)
    form = SettleForm(request.POST)
    return _answer(request, its_study, found.revision.transcript, form, does, on=found)


@require_POST
def reopen_discussion(request: HttpRequest, study: str, discussion: int) -> HttpResponse:
    user, its_study, found = _discussion(request, study, discussion)
    does = partial(actions.reopen_discussion, by=user, discussion=found)
    form = ActForm(request.POST)
    return _answer(request, its_study, found.revision.transcript, form, does, on=found)


# What they share --------------------------------------------------------------------------------------


def _discussion(request: HttpRequest, study: str, pk: int) -> tuple[User, Study, Discussion]:
    user = cast(User, request.user)
    its_study = study_for(user, study, to=Permission.CODE)
    return user, its_study, queries.discussion_for(its_study, user, pk)


def _page(
    request: HttpRequest, study: Study, refused: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    """All of them. `refused` is what somebody wrote that couldn't be taken, back in its box."""
    user = cast(User, request.user)
    settled = request.GET.get("settled") == "yes"
    rows = Paginator(queries.discussions(study, user, settled=settled), TALKS_A_PAGE)
    pages = rows.get_page(request.GET.get("page"))
    shown = queries.talks(pages)
    note_reads(by=user, study=study, transcripts=[talk.transcript for talk in shown])
    page = {
        "study": study,
        "settled": settled,
        "pages": pages,
        "kept": "settled=yes" if settled else "",
        "talks": shown,
        "refused": refused,
        "unasked": queries.discussions_unasked(study, user),
    }
    return render(request, "analysis/discussions.html", page, status=status)


def _answer(
    request: HttpRequest,
    study: Study,
    transcript: Transcript,
    form: ActForm,
    does: Does,
    on: Discussion | None = None,
) -> HttpResponse:
    """Do it, and tell the script how everything stands now; a form is led back to its discussion."""
    done: Discussion | Remark | None
    try:
        if not form.is_valid():
            raise ValidationError([error for errors in form.errors.values() for error in errors])
        done = does(**form.asked)
    except actions.DoneBefore:
        done = on
    except ValidationError as refusal:
        said = " ".join(refusal.messages)
        if request.headers.get("X-Workbench"):
            return JsonResponse({"error": said}, status=422)
        refused = {"on": on, "words": request.POST.get("words", ""), "why": said}
        return _page(request, study, refused, status=422)
    if request.headers.get("X-Workbench"):
        return _told(study, cast(User, request.user), transcript)
    messages.success(request, _("Kept."))
    found = done.discussion if isinstance(done, Remark) else done
    return redirect(_at(study, found))


def _at(study: Study, discussion: Discussion | None) -> str:
    page = reverse("analysis:discussions", args=[study.slug])
    if discussion is None:
        return page
    return f"{page}{'?settled=yes' if discussion.settled else ''}#talk-{discussion.pk}"


def _told(study: Study, user: User, transcript: Transcript) -> JsonResponse:
    return JsonResponse(
        {"discussions": [_as_json(talk, user) for talk in queries.discussions_in(study, user, transcript)]}
    )


def _as_json(talk: Talk, user: User) -> dict[str, Any]:
    """A discussion for the script: offsets in code points of the whole text, times as ISO 8601."""
    discussion = talk.discussion
    return {
        "id": discussion.pk,
        "start": discussion.start,
        "end": discussion.end,
        "turn": talk.turn.number if talk.turn else None,
        "words": talk.words,
        "settled": discussion.settled.isoformat() if discussion.settled else None,
        "settledBy": discussion.settled_by.name if discussion.settled_by else None,
        "remarks": [
            {
                "id": remark.pk,
                "by": remark.by.name,
                "mine": remark.by_id == user.pk,
                "initials": remark.by.initials,
                "words": remark.words,
                "made": remark.made.isoformat(),
            }
            for remark in discussion.remarks.all()
        ],
    }
