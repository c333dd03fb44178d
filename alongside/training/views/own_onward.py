"""Before and after the course, on one's own page: getting ready, certificates, what comes next."""

import io
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.people.own import address, on_own_page
from alongside.people.queries import Own
from alongside.training import actions, queries
from alongside.training.forms import CertificateForm, HopesForm, NextStepForm
from alongside.training.views.mine import own_page


@on_own_page
def my_preparation(request: HttpRequest, own: Own, cohort: UUID) -> HttpResponse:
    seat = queries.own_seat_for(own.person, cohort)
    form = HopesForm(request.POST or None, thing=seat)
    if form.do(actions.write_hopes, by=own.person, person=own.person, cohort=seat.cohort):
        messages.success(request, _("Saved. You can change it on any day."))
        form.tell(request)
        return redirect(address(own, "training:my-preparation", cohort=seat.cohort_id))
    known = queries.own_preparation(own.person, seat.cohort)
    stories = queries.readable_in(seat.cohort)
    return own_page(
        request, own, "my_preparation", form=form, cohort=seat.cohort, known=known, stories=stories
    )


@on_own_page
def my_certificates(request: HttpRequest, own: Own) -> HttpResponse:
    return own_page(request, own, "my_certificates", completions=queries.own_completions(own.person))


@on_own_page
def my_certificate(request: HttpRequest, own: Own, completion: UUID) -> HttpResponseBase:
    found = queries.own_completion_for(own.person, completion)
    form = CertificateForm(request.POST or None, initial={"name": own.person.name})
    site = request.build_absolute_uri("/")
    if form.do(actions.take_certificate, by=own.person, completion=found, site=site):
        return FileResponse(
            io.BytesIO(form.made),
            as_attachment=True,
            filename=f"certificate-{found.number.lower()}.pdf",
            content_type="application/pdf",
        )
    return own_page(request, own, "my_certificate", form=form, completion=found)


@on_own_page
def my_next_steps(request: HttpRequest, own: Own) -> HttpResponse:
    form = NextStepForm(request.POST or None, person=own.person)
    if form.do(actions.take_next_step, by=own.person, person=own.person):
        messages.success(request, _("Thank you. It is written down."))
        return redirect(address(own, "training:my-next-steps"))
    steps = queries.own_next_steps(own.person)
    return own_page(request, own, "my_next_steps", form=form, steps=steps)


@require_POST
@on_own_page
def my_next_step_drop(request: HttpRequest, own: Own, step: UUID) -> HttpResponse:
    actions.drop_next_step(by=own.person, step=queries.own_next_step_for(own.person, step))
    messages.success(request, _("It is gone."))
    return redirect(address(own, "training:my-next-steps"))


@login_not_required
def certificate(request: HttpRequest, certificate: str) -> HttpResponse:
    """For whoever is shown a certificate. It tells that it is real, and of whom it is not."""
    found = queries.certificate(certificate)
    context = {"completion": found, "number": certificate}
    return render(request, "training/certificate.html", context, status=200 if found else 404)
