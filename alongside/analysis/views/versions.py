from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.accounts.models import User
from alongside.accounts.permissions import Permission
from alongside.accounts.queries import study_for
from alongside.analysis import actions, queries
from alongside.analysis.forms import CompareForm, KeepVersionForm
from alongside.web.forms import taken


def versions(request: HttpRequest, study: str) -> HttpResponse:
    """The codebook through time, and what changed since it was kept last."""
    user = cast(User, request.user)
    its_study = study_for(user, study, to=Permission.READ_TRANSCRIPTS)
    kept = list(queries.versions(its_study))
    changed = (
        queries.what_changed(its_study, user, kept[0].codes, queries.kept_form(its_study)) if kept else []
    )
    page = {
        "study": its_study,
        "versions": kept,
        "changed": changed,
        "compare": CompareForm(versions=kept, initial={"older": kept[1].number if kept[1:] else None}),
    }
    return render(request, "analysis/versions.html", page)


def keep_version(request: HttpRequest, study: str) -> HttpResponse:
    user = cast(User, request.user)
    its_study = study_for(user, study, to=Permission.EDIT_CODEBOOK)
    form = KeepVersionForm(request.POST if request.method == "POST" else None)
    if form.do(actions.keep_version, by=user, study=its_study):
        taken(request)
        messages.success(request, _("This version is kept."))
        return redirect("analysis:versions", study)
    page = {"study": its_study, "form": form}
    return render(request, "analysis/keep_version.html", page, status=form.status)


def compare_versions(request: HttpRequest, study: str) -> HttpResponse:
    """What changed from one kept version to another, or until now."""
    user = cast(User, request.user)
    its_study = study_for(user, study, to=Permission.READ_TRANSCRIPTS)
    form = CompareForm(request.GET, versions=list(queries.versions(its_study)))
    if not form.is_valid():
        messages.error(request, _("Choose two versions that were kept."))
        return redirect("analysis:versions", study)
    older = queries.version_for(its_study, form.cleaned_data["older"])
    number = form.cleaned_data["newer"]
    newer = queries.version_for(its_study, number) if number else None
    now = newer.codes if newer else queries.kept_form(its_study)
    page = {
        "study": its_study,
        "older": older,
        "newer": newer,
        "form": form,
        "changed": queries.what_changed(its_study, user, older.codes, now),
    }
    return render(request, "analysis/compare_versions.html", page)
