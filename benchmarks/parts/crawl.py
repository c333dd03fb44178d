"""Everything that the cast of `twin` is shown: each link followed, each form sent, each secret asked for.

The answers go to `answers.sqlite3` in the data folder: one row for each observer, method and address.
"""

import json
import re
import sqlite3
import zlib
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.core import mail
from django.test import Client
from django.test.utils import setup_test_environment
from django.urls import reverse

from alongside.accounts.models import User
from alongside.accounts.permissions import Permission
from alongside.training.models import Cohort
from benchmarks.parts.steps import steady
from benchmarks.parts.twin import study
from tests.support.walking import ADDRESSES, Address, Visitor

FOLDER = Path(settings.ALONGSIDE_DATA)
LINK = re.compile(r"(?:href|src|hx-get|data-[a-z-]+)=\"(/[^\"#]*)")
FORM = re.compile(r"<form[^>]*\baction=\"(/[^\"#]*)")
# Leaving signs the observer out; the others lead out of the study or hold nothing of it.
NOT_FOLLOWED = re.compile(r"^/(static|sign-out|sign-in|demo|scheme)\b")
BACKEND = settings.AUTHENTICATION_BACKENDS[0]


class Crawl:
    """One observer's way through the site, from its front doors."""

    def __init__(self, name: str, visitor: Visitor, seeds: list[str], book: sqlite3.Connection) -> None:
        self.name, self.visitor, self.book = name, visitor, book
        self.waiting, self.known = list(seeds), set(seeds)

    def run(self) -> None:
        while self.waiting:
            address = self.waiting.pop(0)
            page = self.ask("get", address)
            for found in LINK.findall(page):
                self.note("get", found)
            for found in FORM.findall(page):
                self.note("post", found)

    def note(self, method: str, found: str) -> None:
        address = found.replace("&amp;", "&")
        if NOT_FOLLOWED.match(address):
            return
        if method == "post" and f"POST {address}" not in self.known:
            self.known.add(f"POST {address}")
            self.ask("post", address)
        elif method == "get" and address not in self.known:
            self.known.add(address)
            self.waiting.append(address)

    def ask(self, method: str, address: str) -> str:
        mail.outbox.clear()
        steady(f"{self.name} {method} {address}")
        status, text = self.visitor.ask(method, address)
        letters = [(letter.to, letter.subject, str(letter.body)) for letter in mail.outbox]
        told = json.dumps([status, text, letters])
        row = (self.name, method, address, zlib.compress(told.encode()))
        self.book.execute("INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?)", row)
        return text


def crawl() -> None:
    """As everyone of the cast, and as a visitor whom nobody knows."""
    setup_test_environment()
    settings.DEMONSTRATION = True
    book = sqlite3.connect(FOLDER / "answers.sqlite3")
    book.execute("CREATE TABLE answers (who, method, address, told, PRIMARY KEY (who, method, address))")
    probes = list(secret_addresses())
    for name, visitor, seeds in observers():
        walk = Crawl(name, visitor, seeds, book)
        walk.run()
        for address in probes if visitor.user else ():
            walk.ask("get", address)
            walk.ask("post", address)
        book.commit()
    book.close()


def observers() -> Iterator[tuple[str, Visitor, list[str]]]:
    cast = json.loads((FOLDER / "cast.json").read_text())
    yield "a visitor", Visitor(Client()), ["/", "/help/"]
    for name, token in cast["links"].items():
        yield f"{name}, by link", Visitor(Client()), [reverse("people:my-page", kwargs={"token": token})]
    for name, pk in cast["users"].items():
        yield name, signed_in(pk), ["/", *front_doors()]


def signed_in(pk: str) -> Visitor:
    client, user = Client(), User.objects.get(pk=pk)
    client.force_login(user, backend=BACKEND)
    return Visitor(client, user)


def front_doors() -> list[str]:
    """Every address of the study that needs nothing but the study, and the person's own."""
    return [reverse(a.name, kwargs={"study": study().slug}) for a in ADDRESSES if a.nouns == ("study",)]


def secret_addresses() -> Iterator[str]:
    """Each address that leads to something of the person's own in one of the worlds."""
    keys: dict[str, list[str]] = json.loads((FOLDER / "all-secrets.json").read_text())
    for address in ADDRESSES:
        rule = address.rule
        mine = [noun for noun in address.nouns if rule.nouns.get(noun, noun) in keys]
        if not isinstance(rule.to, Permission) or not mine or not rule.kept:
            continue
        for key in keys[rule.nouns.get(mine[0], mine[0])]:
            words = {noun: rule.words.get(noun) or of_that_kind(address, noun) for noun in address.nouns}
            yield reverse(address.name, kwargs={**words, "study": study().slug, mine[0]: key})


def of_that_kind(address: Address, noun: str) -> str:
    """A word that may stand there, for a noun that isn't the secret one."""
    if noun == "cohort":
        return str(Cohort.objects.filter(study=study()).order_by("name")[0].pk)
    return str(UUID(int=1)) if address.kinds[noun] == "uuid" else "1"
