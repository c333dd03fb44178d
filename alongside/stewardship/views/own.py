from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.people.own import address, on_own_page
from alongside.people.queries import Own
from alongside.stewardship import queries
from alongside.stewardship.erasure import WHAT_GOES, ask_erasure
from alongside.stewardship.models.erasure import answer_due
from alongside.stewardship.policies import what_stays
from alongside.stewardship.views.stops import wanted
from alongside.stewardship.withdrawal import agreed, stop, what_happens


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


@on_own_page
def my_uses(request: HttpRequest, own: Own) -> HttpResponse:
    context = {
        "own": own,
        "study": own.person.study,
        "uses": queries.uses_of(own.person),
        "reads": queries.identity_reads(own.person),
    }
    return render(request, "stewardship/my_uses.html", context)


@on_own_page
def my_erasure(request: HttpRequest, own: Own) -> HttpResponse:
    if request.method == "POST":
        try:
            ask_erasure(by=own.person, person=own.person)
        except ValidationError as refusal:
            messages.info(request, " ".join(refusal.messages))
        return redirect(address(own, "stewardship:my-erasure"))
    stopping = agreed(own.person)
    context = {
        "own": own,
        "study": own.person.study,
        "last": queries.last_erasure_request(own.person),
        "lines": what_happens(own.person, stopping) if stopping else [],
        "goes": WHAT_GOES,
        "stays": what_stays(),
        "due": answer_due(),
    }
    return render(request, "stewardship/my_erasure.html", context)
