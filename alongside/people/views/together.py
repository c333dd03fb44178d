from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.people import actions, queries
from alongside.people.own import address, on_own_page
from alongside.people.queries import Own


@on_own_page
def my_relationships(request: HttpRequest, own: Own) -> HttpResponse:
    context = {"own": own, "study": own.person.study, "mine": queries.own_relationships(own.person)}
    return render(request, "people/my_relationships.html", context)


@require_POST
@on_own_page
def my_confirmation(request: HttpRequest, own: Own, relationship: UUID) -> HttpResponse:
    found = queries.own_relationship_for(own.person, relationship)
    actions.confirm_relationship(by=own.person, relationship=found, person=own.person)
    messages.success(request, _("Thank you. You said that it is so."))
    return redirect(address(own, "people:my-relationships"))


@on_own_page
def my_denial(request: HttpRequest, own: Own, relationship: UUID) -> HttpResponse:
    found = queries.own_relationship_for(own.person, relationship)
    if request.method == "POST":
        try:
            actions.deny_relationship(by=own.person, relationship=found, person=own.person)
            messages.success(request, _("It is taken off. Nobody is told that you said so."))
        except ValidationError as refusal:
            messages.info(request, " ".join(refusal.messages))
        return redirect(address(own, "people:my-relationships"))
    context = {
        "own": own,
        "study": own.person.study,
        "relationship": found,
        "other": found.other_half(own.person),
        "said": found.denied_by(own.person),
    }
    return render(request, "people/my_denial.html", context)
