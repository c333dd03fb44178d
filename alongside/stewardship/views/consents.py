from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from alongside.accounts.models import Study
from alongside.accounts.permissions import Permission
from alongside.accounts.queries import study_for
from alongside.accounts.stepup import recently_confirmed
from alongside.people.own import SignedIn
from alongside.stewardship import actions, queries
from alongside.stewardship.forms import MomentForm


def consents(request: SignedIn, study: str) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.RECORD_CONSENT)
    return _consents(request, here, MomentForm(request.GET if "at" in request.GET else None))


def _consents(request: SignedIn, here: Study, form: MomentForm) -> HttpResponse:
    moment = queries.consents_at(request.user, here, form.moment, form.purposes, request.GET.get("page"))
    context = {"study": here, "form": form, "moment": moment}
    return render(request, "stewardship/consents.html", context, status=422 if form.errors else 200)


@require_POST
@recently_confirmed
def take_consents(request: SignedIn, study: str) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.SEE_AUDIT)
    form = MomentForm(request.POST)
    if not form.is_valid():
        return _consents(request, here, form)
    content = actions.take_consents(by=request.user, study=here, at=form.moment, purposes=form.purposes)
    name = f"{here.slug}-consents-{timezone.localdate().isoformat()}.csv"
    disposition = f'attachment; filename="{name}"'
    return HttpResponse(
        content, content_type="text/csv; charset=utf-8", headers={"Content-Disposition": disposition}
    )
