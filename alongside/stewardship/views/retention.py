from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from alongside.accounts.models import Study
from alongside.accounts.permissions import Permission
from alongside.accounts.queries import study_for
from alongside.accounts.stepup import recently_confirmed
from alongside.people.own import SignedIn
from alongside.stewardship import actions, queries
from alongside.stewardship.forms import EraseDueForm, RetentionForm


def retention(request: SignedIn, study: str) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.KEEP_DATA)
    context = {
        "study": here,
        "retention": queries.retention(here, request.user),
        "before": queries.erased_before(here, request.user),
    }
    return render(request, "stewardship/retention.html", context)


def decide_retention(request: SignedIn, study: str) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.KEEP_DATA)
    form = RetentionForm(request.POST or None, thing=here)
    if form.do(actions.decide_retention, by=request.user, study=here):
        messages.success(request, _("Decided. Nothing was erased."))
        form.tell(request)
        return redirect("stewardship:retention", here.slug)
    context = {"study": here, "form": form}
    return render(request, "stewardship/decide_retention.html", context, status=form.status)


def due(request: SignedIn, study: str, kind: str) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.KEEP_DATA)
    return _due(request, here, kind)


def _due(request: SignedIn, here: Study, kind: str, form: EraseDueForm | None = None) -> HttpResponse:
    holding = queries.holding_for(here, request.user, kind)
    if form is not None:
        # Shown again beside the list as it is now.
        form.data = {"name": form.data.get("name", ""), "seen": holding.seen}
    context = {
        "study": here,
        "holding": holding,
        "form": form or EraseDueForm(initial={"seen": holding.seen}),
    }
    return render(request, "stewardship/due.html", context, status=form.status if form else 200)


@require_POST
@recently_confirmed
def erase_due(request: SignedIn, study: str, kind: str) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.KEEP_DATA)
    count = len(queries.holding_for(here, request.user, kind).due_rows)
    form = EraseDueForm(request.POST)
    if not form.do(actions.erase_due, by=request.user, study=here, kind=kind):
        return _due(request, here, kind, form)
    said = ngettext("Erased: %(count)s row.", "Erased: %(count)s rows.", count) % {"count": count}
    messages.success(request, said)
    return redirect("stewardship:retention", here.slug)
