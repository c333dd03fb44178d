"""The peer of `empty_page`: a Django of one view and nothing else, which answers with given bytes."""

import json
from pathlib import Path

import django
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import re_path

# Address -> the bytes to answer with.
pages: dict[str, bytes] = {}


def answer(request: HttpRequest) -> HttpResponse:
    return HttpResponse(pages[request.path])


urlpatterns = [re_path("", answer)]


def prepared(folder: Path) -> dict[str, Client]:
    settings.configure(SECRET_KEY="bare", ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__)
    django.setup()
    addresses = json.loads((folder / "addresses.json").read_text())
    pages.update({address: (folder / name).read_bytes() for name, address in addresses.items()})
    return {name: Client() for name in addresses}
