from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from alongside.accounts.permissions import Permission
from alongside.accounts.queries import study_for
from alongside.training import actions, queries
from alongside.training.forms import ChangeProgrammeForm, NextVersionForm, ProgrammeForm
from alongside.training.views.common import Request, page


def courses(request: Request, study: str) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.SEE_TRAINING)
    return page(request, "courses", study=here, courses=queries.courses(here))


def create_programme(request: Request, study: str) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.PLAN_TRAINING)
    form = ProgrammeForm(request.POST or None)
    if form.do(actions.create_programme, by=request.user, study=here):
        told = _("“%(title)s” is there now. Add what belongs to it, then open a group.")
        messages.success(request, told % {"title": form.made.title})
        return redirect("training:course", here.slug, form.made.pk)
    return page(request, "create_programme", study=here, form=form)


def course(request: Request, study: str, programme: UUID) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.SEE_TRAINING)
    found = queries.programme_for(here, programme)
    versions = queries.course_versions(found)
    return page(
        request,
        "course",
        study=here,
        programme=found,
        versions=versions,
        newest=versions[0].programme,
        groups=next(version.cohorts for version in versions if version.programme == found),
        parts=queries.parts_of(found),
        materials=queries.materials_for(found),
    )


def change_programme(request: Request, study: str, programme: UUID) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.PLAN_TRAINING)
    found = queries.programme_for(here, programme)
    form = ChangeProgrammeForm(request.POST or None, thing=found)
    if form.do(actions.change_programme, by=request.user, programme=found):
        messages.success(request, _("The course is changed."))
        form.tell(request)
        return redirect("training:course", here.slug, found.pk)
    return page(request, "change_programme", study=here, programme=found, form=form)


def make_next_version(request: Request, study: str, programme: UUID) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.PLAN_TRAINING)
    found = queries.programme_for(here, programme)
    newest = queries.newest_version(found)
    form = NextVersionForm(request.POST or None, thing=found)
    if form.do(actions.make_next_version, by=request.user, programme=found):
        told = _("Version %(version)s is there now. Groups keep the version that they opened on.")
        messages.success(request, told % {"version": form.made.version})
        form.tell(request)
        return redirect("training:course", here.slug, form.made.pk)
    return page(request, "make_next_version", study=here, programme=newest, form=form)
