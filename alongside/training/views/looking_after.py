"""What whoever runs a group does for its people: come back to the agreement, prepare, complete."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from alongside.accounts.models import Study
from alongside.accounts.permissions import Permission
from alongside.accounts.queries import study_for
from alongside.people.models import Person
from alongside.training import actions, queries
from alongside.training.forms import (
    CompletionForm,
    HeldForm,
    PreparationDateForm,
    PreparationForm,
    RevisitForm,
)
from alongside.training.models import Cohort, Completion
from alongside.training.views.common import Request, page
from alongside.web.forms import Asking


def revisit_agreement(request: Request, study: str, cohort: UUID) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.RUN_TRAINING)
    group = queries.cohort_for(here, cohort)
    today = timezone.localdate(timezone=group.zone)
    form = RevisitForm(request.POST or None, initial={"on": today})
    if form.do(actions.revisit_agreement, by=request.user, cohort=group):
        messages.success(request, _("It is written down that the group came back to it, and left it."))
        return redirect("training:agreement", here.slug, group.pk)
    latest = queries.current_agreement(group)
    return page(request, "revisit_agreement", study=here, cohort=group, latest=latest, form=form)


def preparations(request: Request, study: str, cohort: UUID) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.RUN_TRAINING)
    group = queries.cohort_for(here, cohort)
    rows = queries.preparations(group, request.user)
    learns = queries.learns_in(group, request.user)
    return page(request, "preparations", study=here, cohort=group, rows=rows, learns=learns)


def prepare_person(request: Request, study: str, cohort: UUID, person: UUID) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.RUN_TRAINING)
    group = queries.cohort_for(here, cohort)
    learner = queries.preparable_for(group, request.user, person)
    form = PreparationForm(request.POST or None, thing=group, learner=learner)
    if form.do(actions.prepare_person, by=request.user, person=learner, cohort=group):
        messages.success(request, _("Saved for %(name)s.") % {"name": learner.name})
        form.tell(request)
        return redirect("training:preparations", here.slug, group.pk)
    return _preparation_page(request, here, group, learner, form)


def _preparation_page(
    request: Request, here: Study, group: Cohort, learner: Person, form: Asking
) -> HttpResponse:
    return page(
        request,
        "prepare_person",
        study=here,
        cohort=group,
        learner=learner,
        form=form,
        note_form=form if isinstance(form, PreparationForm) else _note(group, learner),
        date_form=form if isinstance(form, PreparationDateForm) else PreparationDateForm(),
        known=queries.own_preparation(learner, group),
    )


def _note(group: Cohort, learner: Person) -> PreparationForm:
    return PreparationForm(thing=group, learner=learner)


@require_POST
def add_preparation_date(request: Request, study: str, cohort: UUID, person: UUID) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.RUN_TRAINING)
    group = queries.cohort_for(here, cohort)
    learner = queries.preparable_for(group, request.user, person)
    form = PreparationDateForm(request.POST)
    if form.do(actions.add_preparation_date, by=request.user, person=learner, cohort=group):
        messages.success(request, _("The day is written down."))
        return redirect("training:prepare-person", here.slug, group.pk, learner.pk)
    return _preparation_page(request, here, group, learner, form)


@require_POST
def mark_preparation_date(request: Request, study: str, day: int) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.RUN_TRAINING)
    found = queries.preparation_date_for(here, request.user, day)
    group, learner = found.preparation.cohort, found.preparation.person
    form = HeldForm(request.POST)
    if form.do(actions.mark_preparation_date, by=request.user, day=found):
        messages.success(request, _("Noted."))
        return redirect("training:prepare-person", here.slug, group.pk, learner.pk)
    return _preparation_page(request, here, group, learner, form)


@require_POST
def drop_preparation_date(request: Request, study: str, day: int) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.RUN_TRAINING)
    found = queries.preparation_date_for(here, request.user, day)
    group, learner = found.preparation.cohort_id, found.preparation.person_id
    actions.drop_preparation_date(by=request.user, day=found)
    messages.success(request, _("The day is taken out."))
    return redirect("training:prepare-person", here.slug, group, learner)


def complete_course(request: Request, study: str, cohort: UUID) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.RUN_TRAINING)
    group = queries.cohort_for(here, cohort)
    finishers = queries.finishers(group, request.user)
    form = CompletionForm(request.POST or None, finishers=finishers)
    if form.do(actions.complete_course, by=request.user, cohort=group):
        told = ngettext(
            "%(count)s person has completed the course.",
            "%(count)s people have completed the course.",
            len(form.made),
        )
        messages.success(request, told % {"count": len(form.made)})
        return redirect("training:complete-course", here.slug, group.pk)
    held = queries.sessions_held(group)
    return page(
        request, "complete_course", study=here, cohort=group, form=form, finishers=finishers, held=held
    )


@require_POST
def take_back_completion(request: Request, study: str, completion: UUID) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.RUN_TRAINING)
    found = queries.completion_for(here, request.user, completion)
    actions.take_back_completion(by=request.user, completion=found)
    messages.success(
        request, _("Taken back. A certificate that %(name)s printed is not known any more.") % _who(found)
    )
    return redirect("training:complete-course", here.slug, found.cohort_id)


def _who(completion: Completion) -> dict[str, str]:
    return {"name": completion.person.name}
