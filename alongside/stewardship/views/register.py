from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from alongside.accounts.permissions import Permission
from alongside.accounts.queries import study_for
from alongside.people.own import SignedIn
from alongside.stewardship import queries
from alongside.stewardship.forms import FoundFileForm


def register(request: SignedIn, study: str) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.SEE_AUDIT)
    form = FoundFileForm(request.POST or None, request.FILES or None)
    found = queries.exports_like(here, request.user, form.sha256) if form.is_valid() else None
    left = Paginator(queries.register(here, request.user), queries.REGISTER_A_PAGE)
    context = {
        "study": here,
        "page": left.get_page(request.GET.get("page")),
        "form": form,
        "found": found,
    }
    return render(request, "stewardship/register.html", context, status=422 if form.errors else 200)
