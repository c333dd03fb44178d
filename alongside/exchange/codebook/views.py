from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from alongside.accounts.models import Study, User
from alongside.accounts.permissions import Permission
from alongside.accounts.queries import study_for
from alongside.exchange.codebook import actions
from alongside.exchange.codebook.forms import CodebookFileForm, TakeForm
from alongside.exchange.codebook.planning import plan
from alongside.exchange.formats.codebooks import CodebookFile


def import_codebook(request: HttpRequest, study: str) -> HttpResponse:
    """Choose a file; what it would do is shown before anything is done."""
    user = cast(User, request.user)
    its_study = study_for(user, study, to=Permission.EDIT_CODEBOOK)
    form = CodebookFileForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        return _planned(request, its_study, user, form.read)
    page = {"study": its_study, "form": form}
    return render(request, "exchange/import_codebook.html", page, status=form.status)


@require_POST
def take_codebook(request: HttpRequest, study: str) -> HttpResponse:
    """Bring in what was shown."""
    user = cast(User, request.user)
    its_study = study_for(user, study, to=Permission.EDIT_CODEBOOK)
    form = TakeForm(request.POST, study=its_study, user=user)
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
        return redirect("exchange:import-codebook", study)
    file, over = form.cleaned_data["sealed"], bool(form.cleaned_data["take_over"])
    try:
        brought = actions.import_codebook(
            by=user, study=its_study, file=file, seen=form.cleaned_data["seen"], take_over=over
        )
    except actions.ChangedSince:
        told = _("The codebook changed since you looked. This is what the file would do now.")
        return _planned(request, its_study, user, file, [told])
    except ValidationError as refusal:
        return _planned(request, its_study, user, file, refusal.messages)
    messages.success(request, _brought(brought))
    return redirect("analysis:codebook", study)


def _brought(brought: actions.Brought) -> str:
    new = ngettext("%(count)s code is new", "%(count)s codes are new", brought.new) % {"count": brought.new}
    told = ngettext("%(count)s was changed", "%(count)s were changed", brought.changed)
    return f"{new}, {told % {'count': brought.changed}}. {_('Undo turns it back.')}"


def _planned(
    request: HttpRequest, its_study: Study, user: User, file: CodebookFile, refused: list[str] | None = None
) -> HttpResponse:
    planned = plan(its_study, user, file)
    form = TakeForm(study=its_study, user=user)
    form.holding(file, planned.seal)
    page = {
        "study": its_study,
        "plan": planned,
        "form": form,
        "refused": [*(refused or []), *planned.refused],
    }
    return render(request, "exchange/check_codebook.html", page, status=422 if page["refused"] else 200)
