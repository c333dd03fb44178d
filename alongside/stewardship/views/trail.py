from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from alongside.accounts.permissions import Permission
from alongside.accounts.queries import study_for
from alongside.stewardship import queries


def audit(request: HttpRequest, study: str) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.SEE_AUDIT)
    trail = queries.trail_for(request.user, here, check="check" in request.GET)
    return render(request, "stewardship/audit.html", {"study": here, "trail": trail})
