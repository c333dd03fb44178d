"""A learner's own plan and reflections."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.people.own import address, on_own_page
from alongside.people.queries import Own
from alongside.training import actions, queries
from alongside.training.forms import (
    ChangePlanEntryForm,
    ChangeReflectionForm,
    DoneForm,
    GroupForm,
    PlanEntryForm,
    ReflectionForm,
)
from alongside.training.views.mine import own_page
from alongside.web.forms import Asking


@on_own_page
def my_plan(request: HttpRequest, own: Own) -> HttpResponse:
    form = PlanEntryForm(request.POST or None)
    if form.do(actions.add_to_plan, by=own.person, person=own.person):
        messages.success(request, _("It is in your plan."))
        return redirect(address(own, "training:my-plan"))
    return _plan_page(request, own, form)


def _plan_page(request: HttpRequest, own: Own, form: Asking) -> HttpResponse:
    return own_page(
        request,
        own,
        "my_plan",
        form=form,
        add_form=form if isinstance(form, PlanEntryForm) else PlanEntryForm(),
        plan=queries.own_plan(own.person),
        shown=queries.plans_shown(own.person),
        groups=queries.groups_to_show_plan(own.person),
    )


@on_own_page
def my_plan_entry(request: HttpRequest, own: Own, entry: int) -> HttpResponse:
    line = queries.own_entry_for(own.person, entry)
    form = ChangePlanEntryForm(request.POST or None, thing=line)
    if form.do(actions.change_plan_entry, by=own.person, entry=line):
        messages.success(request, _("Saved."))
        form.tell(request)
        return redirect(address(own, "training:my-plan"))
    return own_page(request, own, "my_plan_entry", form=form, entry=line)


@require_POST
@on_own_page
def my_plan_done(request: HttpRequest, own: Own, entry: int) -> HttpResponse:
    line = queries.own_entry_for(own.person, entry)
    form = DoneForm(request.POST)
    if form.do(actions.mark_plan_entry, by=own.person, entry=line):
        return redirect(address(own, "training:my-plan"))
    return _plan_page(request, own, form)


@require_POST
@on_own_page
def my_plan_drop(request: HttpRequest, own: Own, entry: int) -> HttpResponse:
    actions.drop_plan_entry(by=own.person, entry=queries.own_entry_for(own.person, entry))
    messages.success(request, _("It is gone from your plan."))
    return redirect(address(own, "training:my-plan"))


@require_POST
@on_own_page
def my_plan_show(request: HttpRequest, own: Own) -> HttpResponse:
    form = GroupForm(request.POST, groups=queries.groups_of(own.person))
    if form.do(actions.show_plan, by=own.person, person=own.person):
        messages.success(request, _("Those who lead %(group)s can read your plan.") % _called(form))
        return redirect(address(own, "training:my-plan"))
    return _plan_page(request, own, form)


@require_POST
@on_own_page
def my_plan_hide(request: HttpRequest, own: Own, shown: int) -> HttpResponse:
    actions.hide_plan(by=own.person, shown=queries.own_shown_for(own.person, shown))
    messages.success(request, _("Only you can read your plan there now."))
    return redirect(address(own, "training:my-plan"))


@on_own_page
def my_reflections(request: HttpRequest, own: Own) -> HttpResponse:
    form = ReflectionForm(request.POST or None)
    if form.do(actions.write_reflection, by=own.person, person=own.person):
        messages.success(request, _("It is kept. Only you can read it."))
        return redirect(address(own, "training:my-reflections"))
    notes = queries.own_reflections(own.person)
    return own_page(request, own, "my_reflections", form=form, reflections=notes)


@on_own_page
def my_reflection(request: HttpRequest, own: Own, reflection: UUID) -> HttpResponse:
    note = queries.own_reflection_for(own.person, reflection)
    form = ChangeReflectionForm(request.POST or None, thing=note)
    if form.do(actions.change_reflection, by=own.person, reflection=note):
        messages.success(request, _("Saved."))
        form.tell(request)
        return redirect(address(own, "training:my-reflections"))
    groups = queries.groups_of(own.person)
    return own_page(request, own, "my_reflection", form=form, reflection=note, groups=groups)


@require_POST
@on_own_page
def my_reflection_show(request: HttpRequest, own: Own, reflection: UUID) -> HttpResponse:
    note = queries.own_reflection_for(own.person, reflection)
    groups = queries.groups_of(own.person)
    form = GroupForm(request.POST, groups=groups)
    if form.do(actions.show_reflection, by=own.person, reflection=note):
        messages.success(request, _("Those who lead %(group)s can read it.") % _called(form))
        return redirect(address(own, "training:my-reflection", reflection=note.pk))
    return own_page(request, own, "my_reflection", form=form, reflection=note, groups=groups)


@require_POST
@on_own_page
def my_reflection_hide(request: HttpRequest, own: Own, reflection: UUID) -> HttpResponse:
    note = queries.own_reflection_for(own.person, reflection)
    actions.show_reflection(by=own.person, reflection=note, cohort=None)
    messages.success(request, _("Only you can read it now."))
    return redirect(address(own, "training:my-reflection", reflection=note.pk))


@require_POST
@on_own_page
def my_reflection_drop(request: HttpRequest, own: Own, reflection: UUID) -> HttpResponse:
    actions.drop_reflection(by=own.person, reflection=queries.own_reflection_for(own.person, reflection))
    messages.success(request, _("It is gone."))
    return redirect(address(own, "training:my-reflections"))


def _called(form: GroupForm) -> dict[str, str]:
    return {"group": str(form.cleaned_data["cohort"])}
