"""For whoever leads sessions, on their own page: what they mean to tell, and what learners show them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.people.own import address, on_own_page
from alongside.people.queries import Own
from alongside.training import actions, queries
from alongside.training.forms import DisclosureForm
from alongside.training.views.mine import own_page


@on_own_page
def my_leading(request: HttpRequest, own: Own) -> HttpResponse:
    shown = queries.shown_to(own.person)
    return own_page(request, own, "my_leading", tellings=queries.own_tellings(own.person), shown=shown)


@on_own_page
def my_disclosure(request: HttpRequest, own: Own, session: UUID) -> HttpResponse:
    found = queries.session_to_plan_for(own.person, session)
    form = DisclosureForm(request.POST or None, thing=found, person=own.person)
    if form.do(actions.plan_disclosure, by=own.person, person=own.person, session=found):
        messages.success(request, _("Saved. Nobody but you can see this."))
        form.tell(request)
        return redirect(address(own, "training:my-leading"))
    return own_page(request, own, "my_disclosure", form=form, session=found)


@require_POST
@on_own_page
def my_disclosure_drop(request: HttpRequest, own: Own, session: UUID) -> HttpResponse:
    found = queries.session_to_plan_for(own.person, session)
    actions.drop_disclosure(by=own.person, person=own.person, session=found)
    messages.success(request, _("Your plan is gone. Nothing of it is kept."))
    return redirect(address(own, "training:my-leading"))
