"""How someone is reached, as the team keeps it.

Whoever works with the person changes nothing here: in place of the person's address they could put their
own, and get what is sent to the person alone.
"""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.accounts.permissions import Permission
from alongside.accounts.queries import study_for
from alongside.people import actions, queries
from alongside.people.forms import ChangePointForm, PointForm
from alongside.people.own import SignedIn
from alongside.web.forms import Asking


def add_contact(request: HttpRequest, study: str, person: UUID) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.KEEP_PEOPLE)
    them = queries.entrusted_person_for(here, request.user, person)
    form = PointForm(request.POST or None)
    if form.do(actions.add_contact, by=request.user, person=them):
        messages.success(request, _("It is on record how to reach them."))
        return redirect("people:person", here.slug, them.pk)
    context = {"study": here, "person": them, "form": form}
    return render(request, "people/add_contact.html", context, status=form.status)


def change_contact(request: HttpRequest, study: str, person: UUID, point: int) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.KEEP_PEOPLE)
    them = queries.entrusted_person_for(here, request.user, person)
    known = queries.point_for(them, point)
    form = ChangePointForm(request.POST or None, thing=known)
    if form.do(actions.change_contact, by=request.user, point=known):
        messages.success(request, _("Saved."))
        form.tell(request)
        return redirect("people:person", here.slug, them.pk)
    context = {"study": here, "person": them, "point": known, "form": form}
    return render(request, "people/change_contact.html", context, status=form.status)


def remove_contact(request: HttpRequest, study: str, person: UUID, point: int) -> HttpResponse:
    """Asks first, naming what goes."""
    here = study_for(request.user, study, to=Permission.KEEP_PEOPLE)
    them = queries.entrusted_person_for(here, request.user, person)
    goes = queries.point_for(them, point)
    form = Asking({} if request.method == "POST" else None)
    if form.do(actions.remove_contact, by=request.user, point=goes):
        messages.success(request, _("“%(value)s” is removed.") % {"value": goes.value})
        return redirect("people:person", here.slug, them.pk)
    context = {"study": here, "person": them, "point": goes, "form": form}
    return render(request, "people/remove_contact.html", context, status=form.status)


@require_POST
def prefer_contact(request: SignedIn, study: str, person: UUID, point: int) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.KEEP_PEOPLE)
    them = queries.entrusted_person_for(here, request.user, person)
    actions.prefer_contact(by=request.user, point=queries.point_for(them, point))
    messages.success(request, _("Noted. They are reached this way first."))
    return redirect("people:person", here.slug, them.pk)
