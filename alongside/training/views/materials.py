"""What belongs to a course: in, out, and to whoever may have it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from alongside.accounts.permissions import Permission
from alongside.accounts.queries import NOT_HERE, study_for
from alongside.people.own import on_own_page
from alongside.people.queries import Own
from alongside.training import actions, queries
from alongside.training.forms import MaterialForm, RemoveMaterialForm
from alongside.training.models import Material
from alongside.training.views.common import Request, page


def add_material(request: Request, study: str, programme: UUID) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.PLAN_TRAINING)
    found = queries.programme_for(here, programme)
    form = MaterialForm(request.POST or None, request.FILES or None, programme=found)
    if form.do(actions.add_material, by=request.user, programme=found):
        messages.success(request, _("“%(title)s” is there now.") % {"title": form.made.title})
        return redirect("training:course", here.slug, found.pk)
    return page(request, "add_material", study=here, programme=found, form=form)


def remove_material(request: Request, study: str, material: int) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.PLAN_TRAINING)
    found = queries.material_for(here, material)
    course, groups = found.programme, found.programme.cohorts.order_by("name")
    form = RemoveMaterialForm(request.POST or None)
    if form.do(actions.remove_material, by=request.user, material=found):
        messages.success(request, _("“%(title)s” is removed.") % {"title": found.title})
        return redirect("training:course", here.slug, course.pk)
    return page(
        request,
        "remove_material",
        study=here,
        programme=course,
        material=found,
        groups=groups,
        form=form,
    )


@require_GET
def take_material(request: Request, study: str, material: int) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.SEE_TRAINING)
    return _file(queries.material_for(here, material))


@require_GET
@on_own_page
def my_material(request: HttpRequest, own: Own, material: int) -> HttpResponse:
    return _file(queries.own_material_for(own.person, material))


def _file(material: Material) -> HttpResponse:
    """Never opened in the page it is taken from, whatever is in it."""
    if not material.is_file:
        raise Http404(NOT_HERE)
    answer = HttpResponse(material.content(), content_type=material.content_type)
    answer["Content-Disposition"] = content_disposition_header(True, material.file_name) or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
