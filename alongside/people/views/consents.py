from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from alongside.accounts.permissions import Permission
from alongside.accounts.queries import study_for
from alongside.people import actions, queries
from alongside.people.forms import ConsentTextForm, PaperConsentForm


def record_consent(request: HttpRequest, study: str, person: UUID, purpose: str) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.RECORD_CONSENT)
    them = queries.entrusted_person_for(here, request.user, person)
    row = queries.ledger_row(them, purpose)
    form = PaperConsentForm(request.POST or None, row=row, versions=queries.versions(row.text))
    if form.stops:
        query = urlencode({"purpose": purpose})
        return redirect(f"{reverse('stewardship:record-stop', args=[here.slug, them.pk])}?{query}")
    if form.do(actions.record_consent, by=request.user, person=them):
        messages.success(request, _("The decision is recorded."))
        return redirect("people:person", here.slug, them.pk)
    context = {"study": here, "person": them, "row": row, "form": form}
    return render(request, "people/record_consent.html", context, status=form.status)


def consent_texts(request: HttpRequest, study: str) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.SEE_PEOPLE)
    context = {"study": here, "texts": queries.consent_texts(here, request.user)}
    return render(request, "people/consent_texts.html", context)


def publish_consent_text(request: HttpRequest, study: str) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.MANAGE_STUDY)
    language = request.GET.get("language", settings.LANGUAGE_CODE)
    asked = {"purpose": request.GET.get("purpose", ""), "language": language}
    form = ConsentTextForm(request.POST or None, thing=here, asked=asked)
    if form.do(actions.publish_consent_text, by=request.user, study=here):
        messages.success(request, _("The new words are published. Earlier decisions stand as they were."))
        form.tell(request)
        return redirect("people:consent-texts", here.slug)
    context = {"study": here, "form": form}
    return render(request, "people/publish_consent_text.html", context, status=form.status)
