"""Our side of `empty_page`: an installation as it is served, with one study that holds nothing yet."""

import json
import os
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from benchmarks.parts.second_step import give_second_step


def prepared(folder: Path) -> dict[str, Client]:
    os.environ["DJANGO_SETTINGS_MODULE"] = "alongside.settings"
    os.environ["ALONGSIDE_STATIC_COLLECTED"] = "1"
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    member, anybody = Client(), Client()
    first = {"name": "Empty", "email": "hannah@example.org", "coordinator": "Hannah Whitlock"}
    study_page = member.post("/", first).headers["Location"]
    give_second_step(member)
    addresses = {"sign-in": reverse(settings.LOGIN_URL), "empty-study": study_page}
    (folder / "addresses.json").write_text(json.dumps(addresses))
    (folder / "cookie").write_text(member.cookies[settings.SESSION_COOKIE_NAME].OutputString([]))
    clients = {"sign-in": anybody, "empty-study": member}
    for name, client in clients.items():
        (folder / name).write_bytes(client.get(addresses[name]).content)
    return clients
