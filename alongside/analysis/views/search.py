from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from alongside.accounts.models import Study, User
from alongside.accounts.permissions import Permission
from alongside.accounts.queries import study_for
from alongside.analysis import actions, queries
from alongside.analysis.forms import CodeFoundForm, SearchForm
from alongside.interviews.actions import note_reads
from alongside.interviews.queries import transcripts_unasked

FOUND_A_PAGE = 50
CHOSEN_SHOWN = 100


def search(request: HttpRequest, study: str) -> HttpResponse:
    """Turns that hold the words asked for, to be ticked and coded."""
    user = cast(User, request.user)
    its_study = study_for(user, study, to=Permission.READ_TRANSCRIPTS)
    form = SearchForm(request.GET, study=its_study, user=user)
    page = {"study": its_study, "form": form, "unasked": transcripts_unasked(its_study, user)}
    if form.is_valid():
        hits = queries.find(its_study, user, form.wanted, form.cleaned_data["without"])
        pages = Paginator(hits[: queries.MOST_FOUND], FOUND_A_PAGE).get_page(request.GET.get("page"))
        lines = queries.lines(list(pages))
        note_reads(by=user, study=its_study, transcripts=[line.transcript for line in lines])
        page |= {"pages": pages, "lines": lines, "is_more": len(hits) > queries.MOST_FOUND}
        page |= {"choose": CodeFoundForm(study=its_study, user=user), "kept": _without_page(request)}
    return render(request, "analysis/search.html", page)


def _without_page(request: HttpRequest) -> str:
    asked = request.GET.copy()
    asked.pop("page", None)
    return asked.urlencode()


@require_POST
def code_found(request: HttpRequest, study: str) -> HttpResponse:
    """What would be coded; and once that is confirmed, coding it."""
    user = cast(User, request.user)
    its_study = study_for(user, study, to=Permission.CODE)
    form, back = CodeFoundForm(request.POST, study=its_study, user=user), _back(request, study)
    page: dict[str, Any] = {"study": its_study, "form": form, "back": back}
    if form.is_valid():
        page |= _chosen(user, its_study, form)
        if "sure" in request.POST:
            try:
                told = actions.code_found(by=user, study=its_study, code=page["code"], chosen=page["all"])
            except ValidationError as refusal:
                form.add_error(None, refusal)
            else:
                messages.success(request, _told(told))
                return redirect(back)
    return render(request, "analysis/code_found.html", page, status=422 if form.errors else 200)


def _chosen(user: User, study: Study, form: CodeFoundForm) -> dict[str, Any]:
    code, unit = form.cleaned_data["code"], form.cleaned_data["unit"]
    chosen = queries.chosen_in(study, user, form.cleaned_data["hits"], unit)
    note_reads(by=user, study=study, transcripts=[each.revision.transcript for each in chosen])
    return {
        "code": code,
        "unit": unit,
        "places": form.data.getlist("place"),
        "all": chosen,
        "shown": chosen[:CHOSEN_SHOWN],
        "texts": len({each.revision for each in chosen}),
    }


def _back(request: HttpRequest, study: str) -> str:
    back = request.POST.get("next", "")
    known = url_has_allowed_host_and_scheme(
        back, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return back if known else resolve_url("analysis:search", study)


def _told(coded: actions.Coded) -> str:
    made = ngettext(
        "%(count)s passage is coded. It can be undone on the page of its transcript.",
        "%(count)s passages are coded, in %(texts)s transcripts. Each can be undone on the page of its"
        " transcript.",
        coded.made,
    ) % {"count": coded.made, "texts": coded.transcripts}
    if not coded.known:
        return made
    known = ngettext("%(count)s was coded so already.", "%(count)s were coded so already.", coded.known) % {
        "count": coded.known
    }
    return f"{made} {known}" if coded.made else str(_("Nothing new: all of it was coded so already."))
