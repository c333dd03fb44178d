from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.accounts.permissions import Permission
from alongside.accounts.queries import study_for
from alongside.people import actions, queries
from alongside.people.forms import (
    AccountForm,
    AddPersonForm,
    ChangePersonForm,
    EndStandpointForm,
    StandpointForm,
)
from alongside.people.own import SignedIn

PEOPLE_A_PAGE = 100


def people(request: HttpRequest, study: str) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.SEE_PEOPLE)
    named = request.GET.get("q", "")
    page = Paginator(queries.people(here, named), PEOPLE_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "people/people.html", {"study": here, "page": page, "named": named})


def summary(request: HttpRequest, study: str) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.SEE_PEOPLE)
    pairs = queries.count_pairs(request.user, here)
    return render(request, "people/summary.html", {"people": queries.people(here).count(), "pairs": pairs})


def todo(request: HttpRequest, study: str) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.SEE_PEOPLE)
    context = {
        "study": here,
        "waiting": queries.waiting(request.user, here),
        "asking": queries.asking_for_adjustments(here, request.user),
        "unsaid": queries.perhaps_members(here, request.user),
    }
    return render(request, "people/todo.html", context)


def add_person(request: HttpRequest, study: str) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.KEEP_PEOPLE)
    form = AddPersonForm(request.POST or None)
    if form.do(actions.add_person, by=request.user, study=here):
        messages.success(request, _("%(name)s is added.") % {"name": form.cleaned_data["name"]})
        return redirect("people:people", here.slug)
    return render(request, "people/add_person.html", {"study": here, "form": form}, status=form.status)


def person(request: SignedIn, study: str, person: UUID) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.SEE_PEOPLE)
    them = queries.person_for(here, person)
    participant = queries.code_for(request.user, here, them)
    if participant:
        actions.note_identity_reads(by=request.user, study=here, persons=[them])
    context = {
        "study": here,
        "person": them,
        "pairs": queries.together(request.user, here, queries.relationships_of(them)),
        "ledger": queries.consents_for(request.user, them),
        "participant": participant,
        "links": queries.links_for(request.user, them),
        "needs": queries.needs_of(request.user, here, them),
    }
    return render(request, "people/person.html", context)


def describe_standpoint(request: HttpRequest, study: str, person: UUID) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.KEEP_PEOPLE)
    them = queries.person_for(here, person)
    form = StandpointForm(request.POST or None)
    if form.do(actions.describe_standpoint, by=request.user, person=them):
        messages.success(request, _("The description is added. Earlier ones stay."))
        return redirect("people:person", here.slug, them.pk)
    context = {"study": here, "person": them, "form": form}
    return render(request, "people/describe_standpoint.html", context, status=form.status)


def end_standpoint(request: HttpRequest, study: str, person: UUID, standpoint: int) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.KEEP_PEOPLE)
    them = queries.person_for(here, person)
    said = queries.standpoint_for(them, standpoint)
    form = EndStandpointForm(request.POST or None)
    if form.do(actions.end_standpoint, by=request.user, standpoint=said):
        messages.success(request, _("Noted. What they said before stays on record."))
        return redirect("people:person", here.slug, them.pk)
    context = {"study": here, "person": them, "standpoint": said, "form": form}
    return render(request, "people/end_standpoint.html", context, status=form.status)


def change_person(request: HttpRequest, study: str, person: UUID) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.KEEP_PEOPLE)
    them = queries.person_for(here, person)
    form = ChangePersonForm(request.POST or None, thing=them)
    if form.do(actions.change_person, by=request.user, person=them):
        messages.success(request, _("Saved."))
        form.tell(request)
        return redirect("people:person", here.slug, them.pk)
    context = {"study": here, "person": them, "form": form}
    return render(request, "people/change_person.html", context, status=form.status)


def link_user(request: HttpRequest, study: str, person: UUID) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.KEEP_PEOPLE)
    # Whoever signs in as a person has that person's own page, with all that they share.
    them = queries.entrusted_person_for(here, request.user, person)
    form = AccountForm(request.POST or None, study=here)
    if form.do(actions.link_user, by=request.user, person=them):
        messages.success(request, _("Noted. From now on they see nothing of the people they work with."))
        return redirect("people:person", here.slug, them.pk)
    context = {"study": here, "person": them, "form": form}
    return render(request, "people/link_user.html", context, status=form.status)
