from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.accounts.permissions import Permission
from alongside.accounts.queries import study_for
from alongside.accounts.ratelimit import limited
from alongside.people.own import SignedIn, address, on_own_page
from alongside.people.queries import Own, coordinators_for, entrusted_person_for, proven_email
from alongside.stewardship import actions
from alongside.stewardship.forms import CopyForm
from alongside.stewardship.held import WRITERS
from alongside.vault.files import Damaged
from alongside.web.views import too_often

CODES_SENT, WRONG_CODES = "5/h/key", "10/h/key"


@on_own_page
def my_copy(request: HttpRequest, own: Own) -> HttpResponseBase:
    """By a link it takes a code as well: whoever was sent the link may not be the only one to have it."""
    key = str(own.person.pk)
    if request.method == "POST" and limited(request, "wrong_copy_code", key, WRONG_CODES, only_look=True):
        return too_often(request)
    form = CopyForm(request.POST or None, person=own.person, asks_code=own.by_link)
    if form.is_valid():
        try:
            return _file(own, form.cleaned_data["format"])
        except Damaged:
            form.add_error(None, _("Something changed while your copy was made. Ask for it again."))
    if form.has_error("code", "wrong"):
        limited(request, "wrong_copy_code", key, WRONG_CODES)
    context = {
        "own": own,
        "study": own.person.study,
        "form": form,
        "to": proven_email(own),
        "coordinators": coordinators_for(own.person),
    }
    return render(request, "stewardship/my_copy.html", context, status=422 if form.errors else 200)


def _file(own: Own, format: str) -> HttpResponseBase:
    file = actions.take_copy(by=own.person, person=own.person, format=format)
    kind, _write = WRITERS[format]
    name = f"copy-{timezone.localdate():%Y-%m-%d}.{format}"
    return FileResponse(file, as_attachment=True, filename=name, content_type=kind)


@require_POST
@on_own_page
def my_copy_code(request: HttpRequest, own: Own) -> HttpResponse:
    to = proven_email(own)
    if to is not None:
        if limited(request, "copy_code", str(own.person.pk), CODES_SENT):
            return too_often(request)
        actions.send_copy_code(by=own.person, person=own.person, to=to)
        messages.success(request, _("We have sent you a code. It may take a few minutes."))
    return redirect(address(own, "stewardship:my-copy"))


@require_POST
def give_copy_code(request: SignedIn, study: str, person: UUID) -> HttpResponse:
    """For whoever has no e-mail: read out to them, or given by hand, once it is sure who they are."""
    here = study_for(request.user, study, to=Permission.RECORD_CONSENT)
    them = entrusted_person_for(here, request.user, person)
    code = actions.make_copy_code(by=request.user, person=them)
    return render(request, "stewardship/give_copy_code.html", {"study": here, "person": them, "code": code})
