from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.accounts.permissions import Permission
from alongside.accounts.queries import study_for
from alongside.people.own import SignedIn
from alongside.people.queries import entrusted_person_for
from alongside.stewardship import queries
from alongside.stewardship.withdrawal import agreed, stop, what_happens


def wanted(request: HttpRequest) -> list[str] | None:
    """The purposes that were named; none named in an address means all of them, in a form none."""
    if request.method == "POST":
        return request.POST.getlist("purpose")
    return request.GET.getlist("purpose") or None


def record_stop(request: SignedIn, study: str, person: UUID) -> HttpResponse:
    """For whoever says it by phone, on paper or in passing."""
    here = study_for(request.user, study, to=Permission.RECORD_CONSENT)
    them = entrusted_person_for(here, request.user, person)
    stopping = agreed(them, wanted(request))
    if request.method == "POST":
        receipt = stop(by=request.user, person=them, purposes=list(stopping))
        if receipt is None:
            messages.info(request, _("There was nothing left to stop. Nothing changed."))
            return redirect("people:person", here.slug, them.pk)
        return redirect("stewardship:receipt", here.slug, them.pk, receipt.pk)
    lines = what_happens(them, stopping) if stopping else []
    context = {"study": here, "person": them, "stopping": stopping.values(), "lines": lines}
    return render(request, "stewardship/record_stop.html", context)


def receipt(request: HttpRequest, study: str, person: UUID, receipt: UUID) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.RECORD_CONSENT)
    them = entrusted_person_for(here, request.user, person)
    context = {"study": here, "person": them, "receipt": queries.receipt_for(them, receipt)}
    return render(request, "stewardship/receipt.html", context)


def receipts(request: HttpRequest, study: str, person: UUID) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.RECORD_CONSENT)
    them = entrusted_person_for(here, request.user, person)
    context = {"study": here, "person": them, "receipts": queries.receipts_of(them)}
    return render(request, "stewardship/receipts.html", context)


def changed(request: HttpRequest, study: str) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.SEE_PEOPLE)
    context = {
        "study": here,
        "count": queries.changed_lately(request.user, here),
        "waiting": queries.erasures_waiting(here, request.user),
    }
    return render(request, "stewardship/changed.html", context)
