from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.accounts.permissions import Permission
from alongside.accounts.queries import study_for
from alongside.people.own import SignedIn, address, on_own_page
from alongside.people.queries import Own, entrusted_person_for
from alongside.stewardship import queries
from alongside.stewardship.withdrawal import agreed, stop, what_happens


def wanted(request: HttpRequest) -> list[str] | None:
    """The purposes that were named; none named in an address means all of them, in a form none."""
    if request.method == "POST":
        return request.POST.getlist("purpose")
    return request.GET.getlist("purpose") or None


@on_own_page
def my_stop(request: HttpRequest, own: Own) -> HttpResponse:
    stopping = agreed(own.person, wanted(request))
    if request.method == "POST":
        receipt = stop(by=own.person, person=own.person, purposes=list(stopping))
        if receipt is None:
            messages.info(request, _("There was nothing left to stop. Nothing changed."))
            return redirect(address(own, "stewardship:my-receipts"))
        return redirect(address(own, "stewardship:my-receipt", receipt=receipt.pk))
    lines = what_happens(own.person, stopping) if stopping else []
    context = {"own": own, "study": own.person.study, "stopping": stopping.values(), "lines": lines}
    return render(request, "stewardship/my_stop.html", context)


@on_own_page
def my_receipts(request: HttpRequest, own: Own) -> HttpResponse:
    context = {"own": own, "study": own.person.study, "receipts": queries.receipts_of(own.person)}
    return render(request, "stewardship/my_receipts.html", context)


@on_own_page
def my_receipt(request: HttpRequest, own: Own, receipt: UUID) -> HttpResponse:
    context = {
        "own": own,
        "study": own.person.study,
        "receipt": queries.receipt_for(own.person, receipt),
    }
    return render(request, "stewardship/my_receipt.html", context)


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
    count = queries.changed_lately(request.user, here)
    return render(request, "stewardship/changed.html", {"study": here, "count": count})


def audit(request: HttpRequest, study: str) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.SEE_AUDIT)
    trail = queries.trail_for(request.user, here, check="check" in request.GET)
    return render(request, "stewardship/audit.html", {"study": here, "trail": trail})
