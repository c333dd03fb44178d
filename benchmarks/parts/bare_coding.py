"""The peer of `applying_codes`: a page that does nothing at a key press but draw one element, and a Django of
one view that stores one row and commits it before it answers."""

from pathlib import Path

import django
from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

PAGE = b"""<!doctype html><title>Bare</title><p class="turn" id="turn-1" tabindex="-1"></p>
<script>
addEventListener("keydown", () => {
  const stripe = document.createElement("div");
  stripe.className = "stripe";
  document.querySelector(".turn").append(stripe);
  fetch("/codings/", { method: "POST", body: new URLSearchParams({ code: 1, start: 2, end: 3 }) });
});
</script>"""


def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse(PAGE)


def store(request: HttpRequest) -> HttpResponse:
    given = [request.POST[name] for name in ("code", "start", "end")]
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO coding (code, start, stop) VALUES (%s, %s, %s)", given)
    return HttpResponse(b"{}", content_type="application/json")


urlpatterns = [path("", page), path("codings/", store)]


def prepared(folder: Path) -> dict[str, Client]:
    # The same care for what is written as in the product: it's on the disk before the answer goes out.
    options = {"init_command": "PRAGMA synchronous=FULL;", "transaction_mode": "IMMEDIATE"}
    stored = {"ENGINE": "django.db.backends.sqlite3", "NAME": folder / "bare.sqlite3", "OPTIONS": options}
    settings.configure(
        SECRET_KEY="bare",
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF=__name__,
        DATABASES={"default": {**stored, "CONN_MAX_AGE": 60}},
    )
    django.setup()
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE coding (id INTEGER PRIMARY KEY, code INT, start INT, stop INT)")
    return {}
