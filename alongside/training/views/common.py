from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from alongside.accounts.models import Study, User
from alongside.training.models import Cohort
from alongside.web.forms import Asking


class Request(HttpRequest):
    """A request of someone who is signed in, as every page of a study asks for."""

    user: User


def page(
    request: HttpRequest, template: str, *, study: Study, cohort: Cohort | None = None, **context: Any
) -> HttpResponse:
    """A page of the room, with times by the group's clocks; 422 when what was asked is refused."""
    form = context.get("form")
    known = {"study": study, "cohort": cohort, **context}
    with timezone.override(cohort.zone if cohort else timezone.get_current_timezone()):
        return render(
            request,
            f"training/{template}.html",
            known,
            status=form.status if isinstance(form, Asking) else 200,
        )
