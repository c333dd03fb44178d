from collections.abc import Sequence
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.accounts.models import Study
from alongside.accounts.permissions import Permission
from alongside.accounts.queries import study_for
from alongside.exchange import queries
from alongside.exchange.formats.people import write_people_template
from alongside.exchange.models import PeopleFile
from alongside.exchange.people import actions
from alongside.exchange.people.bringing import ranges
from alongside.exchange.people.forms import (
    ChoicesForm,
    ColumnsForm,
    PeopleFileForm,
    choices_in,
    rows_looked_at,
)
from alongside.exchange.people.length import LONG, at_length
from alongside.exchange.people.weighing import Doubt, Look, look, sides
from alongside.people.own import SignedIn

DOUBTS_A_PAGE, FAULTS_SHOWN, IMPORTS_SHOWN = 25, 100, 20


def import_people(request: SignedIn, study: str) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.KEEP_PEOPLE)
    actions.forget_old_people_files()
    form = PeopleFileForm(request.POST or None, request.FILES or None)
    if form.do(actions.keep_people_file, by=request.user, study=here):
        return redirect("exchange:match-columns", here.slug, form.made.pk)
    context = {
        "study": here,
        "form": form,
        "begun": queries.people_files(here, request.user),
        "imports": queries.imports(here)[:IMPORTS_SHOWN],
    }
    return render(request, "exchange/import_people.html", context, status=form.status)


def people_template(request: HttpRequest, study: str) -> HttpResponse:
    study_for(request.user, study, to=Permission.KEEP_PEOPLE)
    headers = {"Content-Disposition": 'attachment; filename="people.csv"'}
    return HttpResponse(write_people_template(), content_type="text/csv; charset=utf-8", headers=headers)


def _sheet(request: HttpRequest, file: PeopleFile) -> int | None:
    """The sheet that was asked for, or the only one; None while there are several to choose from."""
    asked = request.POST.get("sheet") or request.GET.get("sheet") or ""
    if asked.isascii() and asked.isdecimal() and len(asked) < 4 and int(asked) < len(file.grids):
        return int(asked)
    return file.sheet if file.sheet is not None else (0 if len(file.grids) == 1 else None)


def match_columns(request: SignedIn, study: str, people_file: UUID) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.KEEP_PEOPLE)
    file = queries.people_file_for(here, request.user, people_file)
    sheet = _sheet(request, file)
    if sheet is None:
        return render(request, "exchange/choose_sheet.html", {"study": here, "file": file})
    matched = file.fields if sheet == file.sheet else {}
    form = ColumnsForm(request.POST or None, grid=file.grids[sheet], matched=matched)
    if form.is_valid():
        actions.match_columns(by=request.user, file=file, sheet=sheet, columns=form.columns)
        return redirect("exchange:check-people", here.slug, file.pk)
    context = {"study": here, "file": file, "form": form, "sheet": sheet}
    return render(request, "exchange/match_columns.html", context, status=form.status)


def check_people(request: SignedIn, study: str, people_file: UUID) -> HttpResponseBase:
    here = study_for(request.user, study, to=Permission.KEEP_PEOPLE)
    file = queries.people_file_for(here, request.user, people_file)
    if not file.is_matched:
        return redirect("exchange:match-columns", here.slug, file.pk)
    if request.method != "POST":
        return _weighed(request, here, file)
    if chosen := choices_in(request.POST, file.chosen):
        actions.choose_people(by=request.user, file=file, choices=chosen)
    if "finish" not in request.POST:
        return redirect(f"{request.path}?{urlencode({'page': request.POST.get('next', '1')})}")
    return _finish(request, here, file)


def _finish(request: SignedIn, here: Study, file: PeopleFile) -> HttpResponseBase:
    if len(file.grid.rows) > LONG:
        return at_length(request, here, file)
    try:
        brought = actions.import_people(by=request.user, file=file)
    except ValidationError as refusal:
        return _weighed(request, here, file, refusal.messages)
    messages.success(request, _("The table is brought in. Nothing of the file is kept."))
    return redirect("exchange:people-brought", here.slug, brought.pk)


def _page(request: HttpRequest, looked: Look, *, undecided: bool = False) -> Page[Doubt]:
    """The doubtful rows of a page: the one asked for, or after a refusal the first with one undecided."""
    doubts = list(looked.doubts.values())
    number: str | int | None = request.GET.get("page")
    if undecided and looked.undecided:
        number = list(looked.doubts).index(looked.undecided[0]) // DOUBTS_A_PAGE + 1
    return Paginator(doubts, DOUBTS_A_PAGE).get_page(number)


def _weighed(
    request: HttpRequest, here: Study, file: PeopleFile, refused: Sequence[str] = ()
) -> HttpResponse:
    looked = look(here, file, file.chosen)
    page = _page(request, looked, undecided=bool(refused))
    form = ChoicesForm(look=looked, shown=page)
    beside = sides(here, looked, page)
    seen = rows_looked_at(request.POST) if refused else {}
    changed = [row for row, doubt in looked.doubts.items() if refused and seen.get(row) != doubt.seen]
    context = {
        "study": here,
        "file": file,
        "looked": looked,
        "form": form,
        "page": page,
        "doubts": [(doubt, beside[doubt.row], form[f"row-{doubt.row}"]) for doubt in page],
        "faults": looked.faults[:FAULTS_SHOWN],
        "refused": refused,
        "changed": ranges(changed),
    }
    return render(request, "exchange/check_people.html", context, status=422 if refused else 200)


@require_POST
def forget_people_file(request: SignedIn, study: str, people_file: UUID) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.KEEP_PEOPLE)
    file = queries.people_file_for(here, request.user, people_file)
    actions.forget_people_file(by=request.user, file=file)
    messages.success(request, _("The table is thrown away. Nothing of it was brought in."))
    return redirect("exchange:import-people", here.slug)


def people_brought(request: HttpRequest, study: str, brought: UUID) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.KEEP_PEOPLE)
    context = {"study": here, "brought": queries.import_for(here, brought)}
    return render(request, "exchange/people_brought.html", context)
