from typing import cast

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from alongside.accounts.models import User
from alongside.accounts.permissions import Permission
from alongside.accounts.queries import study_for
from alongside.analysis import queries

TRANSCRIPTS_A_PAGE = 200


def analysis(request: HttpRequest, study: str) -> HttpResponse:
    """Where each transcript stands: how many codings, by how many readers."""
    user = cast(User, request.user)
    its_study = study_for(user, study, to=Permission.READ_TRANSCRIPTS)
    page = {
        "study": its_study,
        "pages": Paginator(queries.transcripts_with_codings(its_study, user), TRANSCRIPTS_A_PAGE).get_page(
            request.GET.get("page")
        ),
        "counts": queries.counts(its_study, user),
        "asked": queries.asked_of(its_study, user),
    }
    return render(request, "analysis/analysis.html", page)


def summary(request: HttpRequest, study: str) -> HttpResponse:
    user = cast(User, request.user)
    its_study = study_for(user, study, to=Permission.READ_TRANSCRIPTS)
    return render(request, "analysis/summary.html", {"counts": queries.counts(its_study, user)})


def todo(request: HttpRequest, study: str) -> HttpResponse:
    user = cast(User, request.user)
    its_study = study_for(user, study, to=Permission.READ_TRANSCRIPTS)
    unread = queries.transcripts_with_codings(its_study, user, coders_below=2)
    asked = [each for each in queries.asked_of(its_study, user) if not each.finished]
    page = {"study": its_study, "unread": unread[:3], "asked": asked[:3]}
    return render(request, "analysis/todo.html", page)


def counts(request: HttpRequest, study: str) -> HttpResponse:
    """How often each code was used, by whom, and which codes meet on the same words."""
    user = cast(User, request.user)
    its_study = study_for(user, study, to=Permission.READ_TRANSCRIPTS)
    ours = request.GET.get("which") == "ours"
    table = queries.count_table(its_study, user, ours=ours)
    page = {"study": its_study, "table": table, "ours": ours}
    return render(request, "analysis/counts.html", page)
