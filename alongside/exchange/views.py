from typing import cast
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from alongside.accounts.models import Study, User
from alongside.accounts.permissions import Permission
from alongside.accounts.queries import NOT_HERE, study_for
from alongside.accounts.stepup import recently_confirmed
from alongside.analysis.queries import standing_codings
from alongside.exchange import exporting, importing, memos, queries
from alongside.exchange.figures import released
from alongside.exchange.formats.rows import TableError
from alongside.exchange.forms import CodingsForm, LeavingForm
from alongside.exchange.ledger import ledger
from alongside.interviews.preparing import said
from alongside.interviews.queries import transcripts_unasked
from alongside.training.queries import release_for

REGISTER_SHOWN = 100


def exports(request: HttpRequest, study: str) -> HttpResponse:
    its_study = study_for(request.user, study, to=Permission.EXPORT)
    return _exports(request, its_study, LeavingForm())


def _exports(request: HttpRequest, its_study: Study, form: LeavingForm) -> HttpResponse:
    user = cast(User, request.user)
    codings = standing_codings(its_study, user)
    page = {
        "study": its_study,
        "register": queries.exports(its_study, user)[:REGISTER_SHOWN],
        "kinds": exporting.KINDS,
        "form": form,
        "unasked": transcripts_unasked(its_study, user, revisions__codings__in=codings),
        "may_import": Permission.CODE in its_study.may,
        "may_import_codebook": Permission.EDIT_CODEBOOK in its_study.may,
    }
    return render(request, "exchange/exports.html", page, status=422 if form.errors else 200)


@require_POST
@recently_confirmed
def export(request: HttpRequest, study: str, what: str, format: str) -> HttpResponseBase:
    """Take material out: entered in the register first, with the hash of what leaves."""
    user = cast(User, request.user)
    its_study = study_for(user, study, to=Permission.EXPORT)
    form = LeavingForm(request.POST)
    if what not in exporting.KINDS or format not in exporting.formats_of(what):
        raise Http404(NOT_HERE)
    if not form.is_valid():
        return _exports(request, its_study, form)
    out = exporting.material(its_study, user, what)
    try:
        file = exporting.take(by=user, study=its_study, out=out, format=format, **form.cleaned_data)
    except TableError as error:
        messages.error(request, " ".join(said(problem) for problem in error.problems))
        return redirect("exchange:exports", study)
    name = f"{its_study.slug}-{what}.{format}"
    kind = exporting.formats_of(what)[format]
    return FileResponse(file, as_attachment=True, filename=name, content_type=kind)


@require_POST
@recently_confirmed
def export_decisions(request: HttpRequest, study: str, format: str) -> HttpResponseBase:
    """The ledger of involvement, for whoever plans the training: it is theirs, and no research material."""
    user = cast(User, request.user)
    its_study = study_for(user, study, to=Permission.PLAN_TRAINING)
    if format not in exporting.FORMATS:
        raise Http404(NOT_HERE)
    try:
        file = exporting.take(by=user, study=its_study, out=ledger(its_study), format=format)
    except TableError as error:
        messages.error(request, " ".join(said(problem) for problem in error.problems))
        return redirect("training:decisions", study)
    name = f"{its_study.slug}-decisions.{format}"
    return FileResponse(file, as_attachment=True, filename=name, content_type=exporting.FORMATS[format])


@require_POST
def take_figures(request: HttpRequest, study: str, release: UUID, format: str) -> HttpResponseBase:
    """Figures as they were released: whoever reads reports may take them along."""
    user = cast(User, request.user)
    its_study = study_for(user, study, to=Permission.SEE_REPORTS)
    found = release_for(its_study, release)
    if format not in exporting.FORMATS:
        raise Http404(NOT_HERE)
    file = exporting.take(by=user, study=its_study, out=released(found), format=format)
    name = f"{its_study.slug}-figures-{found.starts:%Y-%m}.{format}"
    return FileResponse(file, as_attachment=True, filename=name, content_type=exporting.FORMATS[format])


@require_POST
@recently_confirmed
def export_memos(request: HttpRequest, study: str, format: str) -> HttpResponseBase:
    """The memos that one may read, one's own private ones among them."""
    user = cast(User, request.user)
    its_study = study_for(user, study, to=Permission.EXPORT)
    form = LeavingForm(request.POST)
    if format not in memos.FORMATS:
        raise Http404(NOT_HERE)
    if not form.is_valid():
        return _exports(request, its_study, form)
    file = memos.take_memos(by=user, study=its_study, format=format, **form.cleaned_data)
    name = f"{its_study.slug}-memos.{format}"
    return FileResponse(file, as_attachment=True, filename=name, content_type=memos.FORMATS[format])


def import_codings(request: HttpRequest, study: str) -> HttpResponse:
    user = cast(User, request.user)
    its_study = study_for(user, study, to=Permission.CODE)
    form = CodingsForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            taken = importing.import_codings(by=user, study=its_study, name=file.name, data=file.read())
        except ValidationError as error:
            form.add_error("file", error)
        else:
            told = ngettext("%(count)s coding is new.", "%(count)s codings are new.", taken.new)
            messages.success(request, told % {"count": taken.new})
            return redirect("analysis:analysis", study)
    page = {"study": its_study, "form": form}
    return render(request, "exchange/import_codings.html", page, status=422 if form.errors else 200)
