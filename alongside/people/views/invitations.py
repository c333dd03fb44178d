from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from alongside.accounts.queries import invited_by_link
from alongside.accounts.ratelimit import limited
from alongside.people.actions import accept_invitation as accept
from alongside.web.views import too_often


@login_not_required
def accept_invitation(request: HttpRequest, invitation: str) -> HttpResponse:
    """Looking uses nothing up; saying yes is a press, and signs nobody in."""
    if limited(request, "invitation", rate="30/m/ip"):
        return too_often(request)
    invited, accepted = invited_by_link(invitation), False
    if invited and request.method == "POST":
        try:
            accept(invitation=invited)
            accepted = True
        except ValidationError:
            # A second press at the same moment.
            invited = None
    context = {"invited": invited, "accepted": accepted}
    return render(request, "people/invitation.html", context, status=200 if invited else 404)
