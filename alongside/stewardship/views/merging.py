from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.accounts.models import Study
from alongside.accounts.permissions import Permission
from alongside.accounts.queries import study_for
from alongside.people.models import Person
from alongside.people.own import SignedIn
from alongside.people.queries import person_for
from alongside.stewardship import merging, queries
from alongside.stewardship.forms import MergeForm, OtherForm
from alongside.stewardship.moving import plan

PAIRS_A_PAGE, MERGES_SHOWN = 50, 50


def same_people(request: SignedIn, study: str) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.KEEP_PEOPLE)
    page = Paginator(queries.same_people(here), PAIRS_A_PAGE).get_page(request.GET.get("page"))
    context = {"study": here, "page": page, "merges": queries.merges(here, request.user)[:MERGES_SHOWN]}
    return render(request, "stewardship/same_people.html", context)


def merge_people(request: SignedIn, study: str, person: UUID) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.KEEP_PEOPLE)
    kept = person_for(here, person)
    form = OtherForm(request.GET if "other" in request.GET else None, person=kept)
    if form.is_valid():
        return _merge(request, here, kept, form.cleaned_data["other"])
    context = {"study": here, "person": kept, "form": form, "alike": queries.alike_to(kept)}
    return render(request, "stewardship/choose_same.html", context, status=422 if form.errors else 200)


def _merge(request: SignedIn, here: Study, kept: Person, merged: Person) -> HttpResponse:
    """The two beside each other, and after the word one record."""
    context: dict[str, object] = {"study": here, "kept": kept, "merged": merged}
    if refused := merging.refusal(request.user, kept, merged):
        context |= {"refused": refused}
        return render(request, "stewardship/merge_refused.html", context, status=422)
    form = MergeForm(request.POST if request.method == "POST" else None, kept=kept, merged=merged)
    if form.do(merging.merge_people, by=request.user, kept=kept, merged=merged):
        messages.success(
            request, _("The two records are one. Under “The same person twice?” it can be undone.")
        )
        return redirect("people:person", here.slug, kept.pk)
    context |= {
        "form": form,
        "sides": queries.both(request.user, kept, merged),
        "plan": plan(of=merged, to=kept),
    }
    return render(request, "stewardship/merge_people.html", context, status=form.status)


@require_POST
def undo_merge(request: SignedIn, study: str, merge: UUID) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.KEEP_PEOPLE)
    found = queries.merge_for(here, request.user, merge)
    try:
        left = merging.undo_merge(by=request.user, merge=found)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, " ".join([_("They are two people again."), *left]))
    return redirect("stewardship:same-people", here.slug)
