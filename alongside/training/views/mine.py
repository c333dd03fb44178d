"""A person's own pages of the room: the same for everyone."""

from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from alongside.people.queries import Own
from alongside.web.forms import Asking


def own_page(
    request: HttpRequest, own: Own, template: str, *, form: Asking | None = None, **context: Any
) -> HttpResponse:
    """A page by the clocks of whoever reads it; 422 when what was asked is refused."""
    known = {"own": own, "study": own.person.study, "form": form, **context}
    with timezone.override(ZoneInfo(own.person.time_zone)):
        return render(request, f"training/{template}.html", known, status=form.status if form else 200)
