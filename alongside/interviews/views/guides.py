from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.accounts.permissions import Permission
from alongside.accounts.queries import study_for
from alongside.interviews import actions, queries
from alongside.interviews.forms import GuideForm
from alongside.interviews.views.common import Request


def guide(request: Request, study: str, guide: UUID) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.SEE_INTERVIEWS)
    shown = queries.guide_for(here, guide)
    context = {"study": here, "guide": shown, "versions": queries.versions(shown)}
    return render(request, "interviews/guide.html", context)


def write_guide(request: Request, study: str) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.ARRANGE_INTERVIEWS)
    earlier = queries.guide_named(here, request.GET.get("next", ""))
    form = GuideForm(request.POST if request.method == "POST" else None, thing=here, earlier=earlier)
    if form.do(actions.write_guide, by=request.user, study=here):
        messages.success(request, _("%(guide)s is kept.") % {"guide": form.made})
        return redirect("interviews:guide", here.slug, form.made.pk)
    context = {"study": here, "form": form, "earlier": earlier}
    return render(request, "interviews/write_guide.html", context, status=form.status)
