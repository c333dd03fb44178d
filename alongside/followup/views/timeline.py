from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.accounts.permissions import Permission
from alongside.accounts.queries import study_for
from alongside.followup import actions, queries
from alongside.followup.forms import (
    AnchorForm,
    InstrumentForm,
    ProtocolForm,
    ResponseForm,
    TimepointForm,
    VersionForm,
)
from alongside.people.actions import note_identity_reads
from alongside.training.views.common import Request

LATEST = 30


def followup(request: Request, study: str) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.SEE_FOLLOWUP)
    timeline = queries.timeline(here, request.user)
    due = queries.due(here, request.user, names=Permission.SEE_IDENTITY in here.may)
    seen = [each.person for each in due if each.person]
    note_identity_reads(by=request.user, study=here, persons=seen)
    context = {
        "study": here,
        "timeline": timeline,
        "due": due,
        "responses": queries.responses(here, request.user)[:LATEST],
        "changes": queries.group_changes(here, request.user, timeline.stages),
        "protocols": queries.protocols(here),
        "instruments": queries.instruments(here),
    }
    return render(request, "followup/followup.html", context)


def summary(request: Request, study: str) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.SEE_FOLLOWUP)
    stage = queries.stage_now(queries.timeline(here, request.user).stages)
    return render(request, "followup/summary.html", {"stage": stage})


def todo(request: Request, study: str) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.SEE_FOLLOWUP)
    stages = [stage for stage in queries.timeline(here, request.user).stages if stage.open]
    return render(request, "followup/todo.html", {"study": here, "stages": stages})


def create_protocol(request: Request, study: str) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.RUN_FOLLOWUP)
    form = ProtocolForm(request.POST or None)
    if form.do(actions.create_protocol, by=request.user, study=here):
        messages.success(request, _("The plan is there. Next, say when people are asked."))
        return redirect("followup:add-timepoint", here.slug, form.made.pk)
    return render(request, "followup/create_protocol.html", {"study": here, "form": form}, status=form.status)


def add_timepoint(request: Request, study: str, protocol: UUID) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.RUN_FOLLOWUP)
    plan = queries.protocol_for(here, protocol)
    form = TimepointForm(request.POST or None)
    if form.do(actions.add_timepoint, by=request.user, protocol=plan):
        messages.success(request, _("“%(name)s” is in the plan.") % {"name": form.made.name})
        return redirect("followup:followup", here.slug)
    context = {"study": here, "protocol": plan, "form": form}
    return render(request, "followup/add_timepoint.html", context, status=form.status)


def anchor_timepoints(request: Request, study: str, protocol: UUID) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.RUN_FOLLOWUP)
    plan = queries.protocol_for(here, protocol)
    form = AnchorForm(request.POST or None, study=here)
    if form.do(actions.anchor_timepoints, by=request.user, protocol=plan):
        count = queries.count_shown(form.made, request.user)
        told = ngettext("%(count)s date was given.", "%(count)s dates were given.", count) % {"count": count}
        messages.success(request, told)
        return redirect("followup:followup", here.slug)
    context = {"study": here, "protocol": plan, "form": form}
    return render(request, "followup/anchor_timepoints.html", context, status=form.status)


def add_instrument(request: Request, study: str) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.RUN_FOLLOWUP)
    form = InstrumentForm(request.POST or None)
    if form.do(actions.add_instrument, by=request.user, study=here):
        messages.success(request, _("The set is there. Next, its questions."))
        return redirect("followup:publish-version", here.slug, form.made.pk)
    return render(request, "followup/add_instrument.html", {"study": here, "form": form}, status=form.status)


def publish_version(request: Request, study: str, instrument: UUID) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.RUN_FOLLOWUP)
    asked = queries.instrument_for(here, instrument)
    form = VersionForm(request.POST or None, thing=asked, known=queries.newest_version(asked))
    if form.do(actions.publish_version, by=request.user, instrument=asked):
        messages.success(
            request, _("Version %(number)s is asked from now on.") % {"number": form.made.number}
        )
        return redirect("followup:followup", here.slug)
    context = {"study": here, "instrument": asked, "form": form}
    return render(request, "followup/publish_version.html", context, status=form.status)


def record_response(request: Request, study: str, instance: UUID, version: int) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.RUN_FOLLOWUP)
    asked = queries.instance_for(here, request.user, instance)
    questions = queries.version_for(here, version)
    form = ResponseForm(request.POST or None, version=questions, instance=asked)
    if form.do(actions.record_response, by=request.user, instance=asked, version=questions):
        messages.success(request, _("The answers are saved and locked. What was mistyped can be corrected."))
        return redirect("followup:followup", here.slug)
    context = {"study": here, "instance": asked, "version": questions, "form": form}
    return render(request, "followup/record_response.html", context, status=form.status)


def correct_response(request: Request, study: str, response: int) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.RUN_FOLLOWUP)
    given = queries.response_for(here, request.user, response)
    known = queries.answers_of(given)
    form = ResponseForm(request.POST or None, version=given.version, instance=given.instance, known=known)
    if form.do(actions.correct_response, by=request.user, response=given):
        messages.success(request, _("Corrected. What was written before stays in the record."))
        return redirect("followup:followup", here.slug)
    context = {"study": here, "instance": given.instance, "version": given.version, "response": given}
    return render(request, "followup/correct_response.html", {**context, "form": form}, status=form.status)
