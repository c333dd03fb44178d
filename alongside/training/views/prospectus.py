"""The prospectus: written and opened by whoever plans, and read by everyone."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from alongside.accounts.models import Study
from alongside.accounts.permissions import Permission
from alongside.accounts.queries import study_for
from alongside.training import actions, booklet, queries
from alongside.training.forms import Pressed, ProspectusForm
from alongside.training.queries import Offer
from alongside.training.views.common import Request, page

# Long enough to carry a link that many open at once; short enough that closing it is soon true everywhere.
KEPT_SECONDS = 60


def prospectus(request: Request, study: str) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.PLAN_TRAINING)
    return _prospectus(request, here, Pressed())


def _prospectus(request: Request, here: Study, form: Pressed) -> HttpResponse:
    told = queries.prospectus_of(here)
    address = request.build_absolute_uri(booklet.address(here))
    return page(
        request,
        "prospectus",
        study=here,
        prospectus=told,
        address=address,
        groups=queries.cohorts(here).select_related("programme", "term", "place"),
        form=form,
    )


def write_prospectus(request: Request, study: str) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.PLAN_TRAINING)
    form = ProspectusForm(request.POST or None, thing=here)
    if form.do(actions.write_prospectus, by=request.user, study=here):
        messages.success(request, _("Saved."))
        form.tell(request)
        return redirect("training:prospectus", here.slug)
    return page(request, "write_prospectus", study=here, form=form)


@require_POST
def open_prospectus(request: Request, study: str) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.PLAN_TRAINING)
    form = Pressed(request.POST)
    if form.do(actions.open_prospectus, by=request.user, study=here):
        messages.success(request, _("The prospectus is open. Anybody with its address can read it."))
        return redirect("training:prospectus", here.slug)
    return _prospectus(request, here, form)


@require_POST
def close_prospectus(request: Request, study: str) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.PLAN_TRAINING)
    actions.close_prospectus(by=request.user, study=here)
    messages.success(request, _("The prospectus is closed. Within a minute nobody can read it any more."))
    return redirect("training:prospectus", here.slug)


@require_GET
def preview_prospectus(request: Request, study: str) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.PLAN_TRAINING)
    return HttpResponse(_page(queries.offer_of(queries.prospectus_of(here)), is_preview=True))


@login_not_required
@require_GET
def public_prospectus(request: HttpRequest, study: str) -> HttpResponse:
    return _for_everyone(HttpResponse(_page(queries.public_prospectus(study))))


@login_not_required
@require_GET
def printed_prospectus(request: HttpRequest, study: str) -> HttpResponse:
    offer = queries.public_prospectus(study)
    answer = HttpResponse(
        booklet.pdf(offer, request.build_absolute_uri(booklet.address(offer.study))),
        content_type="application/pdf",
    )
    answer["Content-Disposition"] = f'inline; filename="{offer.study.slug}.pdf"'
    return _for_everyone(answer)


def _page(offer: Offer, *, is_preview: bool = False) -> str:
    """Drawn without the request, so that it is the same for everyone: no name, no cookie, no token."""
    context = {"offer": offer, "college": booklet.college(offer.study), "is_preview": is_preview}
    return render_to_string("training/public_prospectus.html", context)


def _for_everyone(answer: HttpResponse) -> HttpResponse:
    answer["Cache-Control"] = f"public, max-age={KEPT_SECONDS}"
    answer["X-Robots-Tag"] = "all"
    return answer
