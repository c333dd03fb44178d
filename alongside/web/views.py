import sys

from django.contrib.auth.decorators import login_not_required
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import requires_csrf_token
from django.views.decorators.http import require_POST

from alongside.web.context import SCHEMES
from alongside.web.forms import example

A_YEAR = 365 * 24 * 60 * 60


@login_not_required
def patterns(request: HttpRequest) -> HttpResponse:
    return render(request, "web/patterns.html", {"form": example()})


@login_not_required
def help_page(request: HttpRequest) -> HttpResponse:
    return render(request, "web/help.html")


@login_not_required
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "web/accessibility.html")


@login_not_required
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "web/privacy.html")


@login_not_required
@require_POST
def choose_scheme(request: HttpRequest) -> HttpResponse:
    """Light, dark or as the device; kept in a cookie on this device alone."""
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = "/"
    response = HttpResponseRedirect(back)
    if request.POST.get("scheme") in SCHEMES:
        response.set_cookie(
            "scheme", request.POST["scheme"], A_YEAR, samesite="Lax", secure=request.is_secure()
        )
    else:
        response.delete_cookie("scheme", samesite="Lax")
    return response


@login_not_required
def healthz(request: HttpRequest) -> HttpResponse:
    """Whether the site and its database answer, for whatever watches over them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()
    return HttpResponse("ok", content_type="text/plain")


@requires_csrf_token
def not_understood(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "400.html", status=400)


@requires_csrf_token
def not_here(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """One answer for what isn't there and for what may not be seen, so that neither tells of the other."""
    return render(request, "404.html", status=404)


@requires_csrf_token
def too_often(request: HttpRequest) -> HttpResponse:
    return render(request, "429.html", status=429)


@requires_csrf_token
def broken(request: HttpRequest) -> HttpResponse:
    # Without the request: whatever broke must not break these pages too.
    if _is_busy(sys.exception()):
        return HttpResponse(render_to_string("503.html"), status=503, headers={"Retry-After": "10"})
    return HttpResponse(render_to_string("500.html"), status=500)


def _is_busy(trouble: BaseException | None) -> bool:
    """Whether others wrote to the database for longer than anybody waits: a fault of nobody's, soon over."""
    told = ("database is locked", "database table is locked", "deadlock detected")
    return isinstance(trouble, OperationalError) and any(words in str(trouble) for words in told)


@requires_csrf_token
def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that carries no valid token: mostly a page left open while its session ended."""
    return render(request, "403_csrf.html", status=403)
