from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.accounts.permissions import Permission
from alongside.accounts.queries import study_for
from alongside.people import actions, queries
from alongside.people.forms import ConfirmForm, DatesForm, EndForm, RelationshipForm
from alongside.people.own import SignedIn
from alongside.web.forms import Asking


def relationships(request: SignedIn, study: str) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.SEE_PEOPLE)
    pairs = queries.together(request.user, here, queries.relationships(here))
    return render(request, "people/relationships.html", {"study": here, "pairs": pairs})


def record_relationship(request: SignedIn, study: str) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.KEEP_PEOPLE)
    form = RelationshipForm(request.POST or None, study=here, initial={"one": request.GET.get("one")})
    if form.do(actions.record_relationship, by=request.user):
        messages.success(request, _("It is on record that they work together. Now ask each of them."))
        return redirect("people:relationships", here.slug)
    context = {"study": here, "form": form}
    return render(request, "people/record_relationship.html", context, status=form.status)


def confirm_relationship(request: SignedIn, study: str, relationship: UUID) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.KEEP_PEOPLE)
    found = queries.relationship_for(here, relationship)
    [together] = queries.together(request.user, here, [found])
    form = ConfirmForm(request.POST or None, together=together)
    if form.do(actions.confirm_relationship, by=request.user, relationship=found):
        messages.success(request, _("What they said is recorded."))
        return redirect("people:relationships", here.slug)
    context = {"study": here, "pair": together, "form": form}
    return render(request, "people/confirm_relationship.html", context, status=form.status)


def end_relationship(request: SignedIn, study: str, relationship: UUID) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.KEEP_PEOPLE)
    found = queries.relationship_to_keep(here, request.user, relationship)
    form = EndForm(request.POST or None)
    if form.do(actions.end_relationship, by=request.user, relationship=found):
        messages.success(request, _("The working relationship has ended. Nobody is told."))
        return redirect("people:relationships", here.slug)
    context = {"study": here, "relationship": found, "form": form}
    return render(request, "people/end_relationship.html", context, status=form.status)


def pairs_to_link(request: SignedIn, study: str) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.SEE_IDENTITY)
    pairs = queries.agreeing_pairs(here, request.user)
    return render(request, "people/pairs_to_link.html", {"study": here, "pairs": pairs})


def link_pair(request: SignedIn, study: str, relationship: UUID) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.SEE_IDENTITY)
    found = queries.relationship_to_link(here, request.user, relationship)
    form = Asking({} if request.method == "POST" else None)
    if form.do(actions.link_pair, by=request.user, relationship=found):
        messages.success(request, _("They are linked. Their interviews can be read side by side."))
        return redirect("people:pairs-to-link", here.slug)
    context = {"study": here, "relationship": found, "form": form}
    return render(request, "people/link_pair.html", context, status=form.status)


def correct_relationship(request: SignedIn, study: str, relationship: UUID) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.KEEP_PEOPLE)
    found = queries.relationship_to_keep(here, request.user, relationship)
    form = DatesForm(request.POST or None, thing=found)
    if form.do(actions.correct_relationship, by=request.user, relationship=found):
        messages.success(request, _("The days are corrected."))
        form.tell(request)
        return redirect("people:relationships", here.slug)
    context = {"study": here, "relationship": found, "form": form}
    return render(request, "people/correct_relationship.html", context, status=form.status)
