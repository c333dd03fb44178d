from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from alongside.people import actions, queries
from alongside.people.forms import ChoicesForm, DecisionForm, LessForm
from alongside.people.own import address, on_own_page
from alongside.people.queries import Own
from alongside.people.talk import emergency, numbers


@on_own_page
def my_page(request: HttpRequest, own: Own) -> HttpResponse:
    context = {
        "own": own,
        "study": own.person.study,
        "ledger": queries.ledger(own.person),
        "coordinators": queries.coordinators_for(own.person),
        "numbers": numbers(),
        "emergency": emergency(),
    }
    return render(request, "people/my_page.html", context)


@on_own_page
def my_decision(request: HttpRequest, own: Own, purpose: str) -> HttpResponse:
    row = queries.ledger_row(own.person, purpose)
    form = DecisionForm(request.POST or None, row=row)
    if form.stops:
        return redirect(f"{address(own, 'stewardship:my-stop')}?{urlencode({'purpose': purpose})}")
    if form.do(actions.record_consent, by=own.person, person=own.person):
        messages.success(request, _("Saved. You can change it on any day."))
        return redirect(address(own, "people:my-page"))
    context = {"own": own, "study": own.person.study, "row": row, "form": form}
    return render(request, "people/my_decision.html", context, status=form.status)


@on_own_page
def my_history(request: HttpRequest, own: Own) -> HttpResponse:
    events = queries.consent_history(own.person)
    return render(
        request, "people/my_history.html", {"own": own, "study": own.person.study, "events": events}
    )


@on_own_page
def my_choices(request: HttpRequest, own: Own) -> HttpResponse:
    """The first of three steps. It is a GET form throughout, since nothing changes by it."""
    form = ChoicesForm(request.GET or None)
    if form.is_valid():
        return redirect(address(own, form.cleaned_data["what"]))
    context = {"own": own, "study": own.person.study, "form": form}
    return render(request, "people/my_choices.html", context)


@on_own_page
def my_less(request: HttpRequest, own: Own) -> HttpResponse:
    rows = queries.ledger(own.person)
    form = LessForm(request.GET or None, rows=rows)
    if form.is_valid():
        query = urlencode({"purpose": form.cleaned_data["purpose"]}, doseq=True)
        return redirect(f"{address(own, 'stewardship:my-stop')}?{query}")
    context = {"own": own, "study": own.person.study, "form": form, "any": any(r.is_yes for r in rows)}
    return render(request, "people/my_less.html", context)
