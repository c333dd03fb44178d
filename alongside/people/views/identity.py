from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.accounts.permissions import Permission
from alongside.accounts.queries import study_for
from alongside.people import actions, queries
from alongside.people.forms import ParticipantForm
from alongside.people.models import AccessGrant
from alongside.people.own import SignedIn
from alongside.people.tokens import fresh_code

DAYS_OF_A_LINK = 180


def make_participant(request: HttpRequest, study: str, person: UUID) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.SEE_IDENTITY)
    them = queries.entrusted_person_for(here, request.user, person)
    form = ParticipantForm(request.POST or None)
    if form.do(actions.make_participant, by=request.user, person=them):
        messages.success(request, _("They have a participant code now. Research knows them by it alone."))
        return redirect("people:person", here.slug, them.pk)
    context = {"study": here, "person": them, "form": form}
    return render(request, "people/make_participant.html", context, status=form.status)


@require_POST
def make_link(request: SignedIn, study: str, person: UUID) -> HttpResponse:
    """Answers with the page itself: the address is shown now and kept nowhere."""
    here = study_for(request.user, study, to=Permission.RECORD_CONSENT)
    them = queries.entrusted_person_for(here, request.user, person)
    code = fresh_code()
    token = actions.make_link(
        by=request.user, person=them, purpose=AccessGrant.MY_PAGE, days=DAYS_OF_A_LINK, code=code
    )
    context = {
        "study": here,
        "person": them,
        "link": request.build_absolute_uri(reverse("people:my-page", kwargs={"token": token})),
        "type_at": request.build_absolute_uri(reverse("people:type-code")),
        "code": code,
        "until": timezone.localdate() + timedelta(days=DAYS_OF_A_LINK),
        "coordinators": queries.coordinators_for(them),
    }
    return render(request, "people/make_link.html", context)


@require_POST
def revoke_links(request: SignedIn, study: str, person: UUID) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.RECORD_CONSENT)
    them = queries.entrusted_person_for(here, request.user, person)
    actions.revoke_links(by=request.user, person=them)
    messages.success(request, _("Their links lead nowhere now. You can make a new one."))
    return redirect("people:person", here.slug, them.pk)
