"""The register: on a phone, from a device that had no connection, on the screen of the room, on paper."""

from io import BytesIO
from uuid import UUID

import qrcode
from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from qrcode.image.svg import SvgPathImage

from alongside.accounts.permissions import Permission
from alongside.accounts.queries import study_for
from alongside.training import actions, queries
from alongside.training.forms import AttendanceForm, ReplayForm
from alongside.training.sheets import sheet_of
from alongside.training.views.common import Request, page


def mark_attendance(request: Request, study: str, session: UUID) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.RUN_TRAINING)
    found = queries.session_for(here, session)
    form = AttendanceForm(request.POST or None, session=found)
    if form.do(actions.mark_attendance, by=request.user, session=found):
        messages.success(
            request, _("The register of session %(number)s is saved.") % {"number": found.number}
        )
        return redirect("training:cohort", here.slug, found.cohort_id)
    return page(request, "mark_attendance", study=here, cohort=found.cohort, session=found, form=form)


@require_POST
def replay_marks(request: Request, study: str, session: UUID) -> JsonResponse:
    """What a device kept. Told mark by mark: which can't be taken, and why. All others are there now."""
    here = study_for(request.user, study, to=Permission.RUN_TRAINING)
    found = queries.session_for(here, session)
    form = ReplayForm(request.POST, session=found)
    if not form.do(actions.replay_marks, by=request.user, session=found):
        return JsonResponse({"error": " ".join(map(str, form.errors["marks"]))}, status=422)
    return JsonResponse({"refused": {str(mark): why for mark, why in form.made.items()}})


def session_code(request: Request, study: str, session: UUID) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.RUN_TRAINING)
    found = queries.session_for(here, session)
    short = f"{request.get_host()}{reverse('training:here')}"
    return page(request, "session_code", study=here, cohort=found.cohort, session=found, short=short)


def session_qr(request: Request, study: str, session: UUID) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.RUN_TRAINING)
    found = queries.session_for(here, session)
    leads_to = request.build_absolute_uri(reverse("training:here-at", args=[found.code]))
    drawn = BytesIO()
    qrcode.make(leads_to, image_factory=SvgPathImage, box_size=20, border=4).save(drawn)
    return HttpResponse(drawn.getvalue(), content_type="image/svg+xml")


def sign_in_sheet(request: Request, study: str, session: UUID) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.RUN_TRAINING)
    found = queries.session_for(here, session)
    return page(
        request, "sign_in_sheet", study=here, cohort=found.cohort, session=found, sheet=sheet_of(found)
    )


@require_POST
def take_sign_in_sheet(request: Request, study: str, session: UUID) -> HttpResponse:
    """The same as a PDF: entered in the register of what leaves, as it holds names."""
    here = study_for(request.user, study, to=Permission.RUN_TRAINING)
    found = queries.session_for(here, session)
    content = actions.take_sign_in_sheet(by=request.user, session=found)
    name = f'attachment; filename="session-{found.number}-sign-in.pdf"'
    headers = {"Content-Disposition": name}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
