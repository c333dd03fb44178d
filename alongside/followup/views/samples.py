from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.accounts.models import Study
from alongside.accounts.permissions import Permission
from alongside.accounts.queries import study_for
from alongside.followup import actions, queries
from alongside.followup.forms import DrawForm, FrameForm, PickForm
from alongside.followup.models import SamplingFrame
from alongside.people.queries import is_kept_from_someone
from alongside.training.forms import Pressed
from alongside.training.views.common import Request
from alongside.web.forms import Asking


def frames(request: Request, study: str) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.SEE_FOLLOWUP)
    context = {"study": here, "frames": queries.frames(here, request.user)}
    return render(request, "followup/frames.html", context)


def take_frame(request: Request, study: str) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.RUN_FOLLOWUP)
    form = FrameForm(request.POST or None, study=here)
    if form.do(actions.take_frame, by=request.user, study=here):
        messages.success(request, _("The frame is taken. It stays as it is from now on."))
        return redirect("followup:frame", here.slug, form.made.pk)
    return render(request, "followup/take_frame.html", {"study": here, "form": form}, status=form.status)


def frame(request: Request, study: str, frame: UUID) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.SEE_FOLLOWUP)
    return _frame_page(request, here, queries.frame_for(here, frame))


def _frame_page(
    request: Request, here: Study, taken: SamplingFrame, form: Asking | None = None, **forms: Any
) -> HttpResponse:
    context = {
        "study": here,
        "frame": taken,
        "members": queries.frame_members(taken, request.user),
        "samples": queries.samples(taken, request.user),
        "pick_form": PickForm(frame=taken, user=request.user),
        "draw_form": DrawForm(),
        "may_draw": not is_kept_from_someone(request.user, here),
        "form": form,
        **forms,
    }
    return render(request, "followup/frame.html", context, status=form.status if form else 200)


@require_POST
def pick_purposively(request: Request, study: str, frame: UUID) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.RUN_FOLLOWUP)
    taken = queries.frame_for(here, frame)
    form = PickForm(request.POST, frame=taken, user=request.user)
    if form.do(actions.pick_purposively, by=request.user, frame=taken):
        messages.success(request, _("Chosen, with the reason."))
        return redirect("followup:frame", here.slug, taken.pk)
    return _frame_page(request, here, taken, form=form, pick_form=form)


@require_POST
def draw_randomly(request: Request, study: str, frame: UUID) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.RUN_FOLLOWUP)
    taken = queries.frame_for(here, frame)
    form = DrawForm(request.POST)
    if form.do(actions.draw_randomly, by=request.user, frame=taken):
        messages.success(request, _("Drawn. With its seed, the same can be drawn again."))
        return redirect("followup:frame", here.slug, taken.pk)
    return _frame_page(request, here, taken, form=form, draw_form=form)


@require_POST
def record_refusal(request: Request, study: str, member: int) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.RUN_FOLLOWUP)
    picked = queries.member_for(here, request.user, member)
    form = Pressed(request.POST)
    if form.do(actions.record_refusal, by=request.user, member=picked):
        messages.success(request, _("Written down. No reason is kept."))
        return redirect("followup:frame", here.slug, picked.sample.frame_id)
    return _frame_page(request, here, picked.sample.frame, form=form)


def replace_pick(request: Request, study: str, member: int) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.RUN_FOLLOWUP)
    picked = queries.member_for(here, request.user, member)
    form = PickForm(request.POST or None, frame=picked.sample.frame, user=request.user)
    if form.do(actions.replace_pick, by=request.user, member=picked):
        messages.success(request, _("Someone else is chosen in this place."))
        return redirect("followup:frame", here.slug, picked.sample.frame_id)
    context = {"study": here, "frame": picked.sample.frame, "member": picked, "form": form}
    return render(request, "followup/replace_pick.html", context, status=form.status)
