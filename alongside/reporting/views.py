from typing import cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from alongside.accounts.models import User
from alongside.accounts.permissions import Permission
from alongside.accounts.queries import NOT_HERE, study_for
from alongside.accounts.stepup import recently_confirmed
from alongside.reporting import actions, queries
from alongside.reporting.documents import WRITERS
from alongside.reporting.figures import pair_figure
from alongside.reporting.forms import (
    ChangeReportForm,
    ChangeSectionForm,
    DrawForm,
    InsiderForm,
    PublishForm,
    ReportForm,
    SectionForm,
)


def reports(request: HttpRequest, study: str) -> HttpResponse:
    its_study = study_for(request.user, study, to=Permission.SEE_REPORTS)
    return render(
        request, "reporting/reports.html", {"study": its_study, "reports": queries.readable(its_study)}
    )


def summary(request: HttpRequest, study: str) -> HttpResponse:
    its_study = study_for(request.user, study, to=Permission.SEE_REPORTS)
    return render(request, "reporting/summary.html", {"counts": queries.counts(its_study)})


def todo(request: HttpRequest, study: str) -> HttpResponse:
    its_study = study_for(request.user, study, to=Permission.SEE_REPORTS)
    waiting = queries.waiting(its_study, request.user) if Permission.WRITE_REPORTS in its_study.may else []
    return render(request, "reporting/todo.html", {"study": its_study, "waiting": waiting})


def finding(request: HttpRequest, study: str, report: UUID) -> HttpResponse:
    user = cast(User, request.user)
    its_study = study_for(user, study, to=Permission.SEE_REPORTS)
    read = queries.report_for(its_study, report)
    if read.published:
        actions.count_read(report=read)
    shown = queries.finding(read, user)
    actions.note_quotes_read(by=user, report=read, shown=shown)
    page = {
        "study": its_study,
        "unasked": queries.unasked_in(read, user),
        "report": read,
        "finding": shown,
        "figure": pair_figure(shown.pairs),
        "draw_form": DrawForm(study=its_study, report=read),
        "publish_form": PublishForm(initial={"audience": read.audience, "version": "1.0"}),
        "citation": queries.citation(read),
    }
    return render(request, "reporting/finding.html", page)


@login_not_required
@require_GET
def public_finding(request: HttpRequest, report: UUID) -> HttpResponse:
    read = queries.public_report(report)
    actions.count_read(report=read)
    shown = queries.finding(read, None)
    page = {
        "report": read,
        "finding": shown,
        "figure": pair_figure(shown.pairs),
        "citation": queries.citation(read),
        "public": True,
    }
    return render(request, "reporting/finding.html", page)


def start_report(request: HttpRequest, study: str) -> HttpResponse:
    user = cast(User, request.user)
    its_study = study_for(user, study, to=Permission.WRITE_REPORTS)
    form = ReportForm(request.POST or None)
    if form.is_valid():
        made = actions.start_report(by=user, study=its_study, **form.cleaned_data)
        messages.success(request, _("The finding is begun. Now draw themes into it."))
        return redirect("reporting:finding", study, made.pk)
    page = {"study": its_study, "form": form}
    return render(request, "reporting/start_report.html", page, status=422 if form.errors else 200)


def write_report(request: HttpRequest, study: str, report: UUID) -> HttpResponse:
    user = cast(User, request.user)
    its_study = study_for(user, study, to=Permission.WRITE_REPORTS)
    written = queries.report_for(its_study, report)
    form = ChangeReportForm(request.POST or None, thing=written)
    if form.do(actions.write_report, by=user, report=written):
        messages.success(request, _("Saved."))
        form.tell(request)
        return redirect("reporting:finding", study, report)
    page = {"study": its_study, "form": form, "report": written}
    return render(request, "reporting/write_report.html", page, status=form.status)


@require_POST
def draw_theme(request: HttpRequest, study: str, report: UUID) -> HttpResponse:
    user = cast(User, request.user)
    its_study = study_for(user, study, to=Permission.WRITE_REPORTS)
    drawn = queries.report_for(its_study, report)
    form = DrawForm(request.POST, study=its_study, report=drawn)
    if form.is_valid():
        actions.draw_theme(by=user, report=drawn, theme=form.cleaned_data["theme"])
    else:
        messages.error(request, _("Choose a theme that isn’t in this finding yet."))
    return redirect("reporting:finding", study, report)


def add_section(request: HttpRequest, study: str, report: UUID) -> HttpResponse:
    user = cast(User, request.user)
    its_study = study_for(user, study, to=Permission.WRITE_REPORTS)
    written = queries.report_for(its_study, report)
    form = SectionForm(request.POST or None)
    if form.is_valid():
        actions.add_section(by=user, report=written, **form.cleaned_data)
        return redirect("reporting:finding", study, report)
    page = {"study": its_study, "form": form, "report": written}
    return render(request, "reporting/write_section.html", page, status=422 if form.errors else 200)


def write_section(request: HttpRequest, study: str, section: int) -> HttpResponse:
    user = cast(User, request.user)
    its_study = study_for(user, study, to=Permission.WRITE_REPORTS)
    written = queries.section_for(its_study, section)
    form = ChangeSectionForm(request.POST or None, thing=written)
    if form.do(actions.write_section, by=user, section=written):
        form.tell(request)
        return redirect("reporting:finding", study, written.report_id)
    page = {"study": its_study, "form": form, "report": written.report, "section": written}
    return render(request, "reporting/write_section.html", page, status=form.status)


@require_POST
def drop_section(request: HttpRequest, study: str, section: int) -> HttpResponse:
    user = cast(User, request.user)
    its_study = study_for(user, study, to=Permission.WRITE_REPORTS)
    dropped = queries.section_for(its_study, section)
    actions.drop_section(by=user, section=dropped)
    messages.success(
        request,
        _("“%(heading)s” is out of this finding. The theme itself stays.") % {"heading": dropped.heading},
    )
    return redirect("reporting:finding", study, dropped.report_id)


@require_POST
def check_quote(request: HttpRequest, study: str, quote: int) -> HttpResponse:
    user = cast(User, request.user)
    its_study = study_for(user, study, to=Permission.WRITE_REPORTS)
    asked = queries.quote_for(its_study, user, quote)
    form = InsiderForm(request.POST)
    note = form.cleaned_data["note"] if form.is_valid() else ""
    checked = actions.check_quote(by=user, quote=asked, note=note)
    return redirect("reporting:finding", study, checked.section.report_id)


@require_POST
def drop_quote(request: HttpRequest, study: str, quote: int) -> HttpResponse:
    user = cast(User, request.user)
    its_study = study_for(user, study, to=Permission.WRITE_REPORTS)
    dropped = queries.quote_for(its_study, user, quote)
    actions.drop_quote(by=user, quote=dropped)
    return redirect("reporting:finding", study, dropped.section.report_id)


@require_POST
def publish_report(request: HttpRequest, study: str, report: UUID) -> HttpResponse:
    user = cast(User, request.user)
    its_study = study_for(user, study, to=Permission.WRITE_REPORTS)
    draft = queries.report_for(its_study, report)
    form = PublishForm(request.POST)
    try:
        if form.is_valid():
            actions.publish_report(by=user, report=draft, **form.cleaned_data)
            messages.success(request, _("Published."))
        else:
            messages.error(request, _("Say who may read it, and give it a version."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("reporting:finding", study, report)


@require_POST
def take_back_report(request: HttpRequest, study: str, report: UUID) -> HttpResponse:
    user = cast(User, request.user)
    its_study = study_for(user, study, to=Permission.WRITE_REPORTS)
    actions.take_back_report(by=user, report=queries.report_for(its_study, report))
    messages.success(request, _("It is a draft again, which only the team can read."))
    return redirect("reporting:finding", study, report)


@recently_confirmed
def download_report(request: HttpRequest, study: str, report: UUID, kind: str) -> HttpResponse:
    user = cast(User, request.user)
    its_study = study_for(user, study, to=Permission.EXPORT)
    read = queries.report_for(its_study, report)
    if kind not in WRITERS:
        raise Http404(NOT_HERE)
    content_type, _write = WRITERS[kind]
    try:
        content = actions.take_report(by=user, report=read, kind=kind)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("reporting:finding", study, report)
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{slugify(read.title)[:60]}.{kind}"'
    return response
