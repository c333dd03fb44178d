import shutil
import tempfile
from pathlib import Path
from typing import IO, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from alongside.accounts.models import User
from alongside.accounts.permissions import Permission
from alongside.accounts.queries import NOT_HERE, study_for
from alongside.exchange import exporting, importing, queries
from alongside.exchange.formats.rows import TableError
from alongside.exchange.forms import CodingsForm
from alongside.interviews.preparing import said

REGISTER_SHOWN = 100
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def exports(request: HttpRequest, study: str) -> HttpResponse:
    its_study = study_for(request.user, study, to=Permission.EXPORT)
    page = {
        "study": its_study,
        "register": queries.exports(its_study, cast(User, request.user))[:REGISTER_SHOWN],
        "kinds": exporting.KINDS,
        "may_import": Permission.CODE in its_study.may,
    }
    return render(request, "exchange/exports.html", page)


@require_POST
def export(request: HttpRequest, study: str, what: str, format: str) -> HttpResponseBase:
    """Take material out: entered in the register first, then streamed."""
    user = cast(User, request.user)
    its_study = study_for(user, study, to=Permission.EXPORT)
    if what not in exporting.KINDS or format not in exporting.FORMATS:
        raise Http404(NOT_HERE)
    out = exporting.material(its_study, user, what)
    try:
        book = _workbook(out) if format == "xlsx" else None
    except TableError as error:
        messages.error(request, " ".join(said(problem) for problem in error.problems))
        return redirect("exchange:exports", study)
    exporting.register_export(by=user, study=its_study, what=what, format=format, rows=out.count)
    name = f"{its_study.slug}-{what}.{format}"
    if book:
        return FileResponse(book, as_attachment=True, filename=name, content_type=XLSX)
    return StreamingHttpResponse(
        exporting.as_csv(out),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _workbook(out: exporting.Material) -> IO[bytes]:
    """The workbook in a file that goes as soon as it is closed."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.xlsx"
        exporting.as_xlsx(out, path)
        file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
        with path.open("rb") as book:
            shutil.copyfileobj(book, file)
    file.seek(0)
    return file


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
