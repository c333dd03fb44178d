"""What a group and its trainers write together: the agreement, preparation."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from alongside.accounts.permissions import Permission
from alongside.accounts.queries import study_for
from alongside.training import actions, queries
from alongside.training.forms import AgreementForm
from alongside.training.views.common import Request, page


def agreement(request: Request, study: str, cohort: UUID) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.SEE_TRAINING)
    group = queries.cohort_for(here, cohort)
    return page(request, "agreement", study=here, cohort=group, versions=queries.versions(group))


def write_agreement(request: Request, study: str, cohort: UUID) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.RUN_TRAINING)
    group = queries.cohort_for(here, cohort)
    latest = queries.current_agreement(group)
    form = AgreementForm(request.POST or None, thing=group)
    if form.do(actions.write_agreement, by=request.user, cohort=group):
        messages.success(request, _("Version %(version)s is written.") % {"version": form.made.version})
        form.tell(request)
        return redirect("training:agreement", here.slug, group.pk)
    return page(request, "write_agreement", study=here, cohort=group, latest=latest, form=form)
