"""What a walk over every address needs: the addresses, and visitors on whom nothing leaves a trace."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.http import HttpResponseBase, StreamingHttpResponse
from django.shortcuts import resolve_url
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from alongside.accounts.models import User
from alongside.accounts.permissions import Permission
from tests.permission_table import TABLE, Rule
from tests.support.world import World, key

METHODS = ("get", "post")
NOT_AN_ANSWER = {404, 500}
# What may only be posted says so to everyone who looks, whether it is there or not.
ONLY_POST = 405


@dataclass(frozen=True)
class Address:
    """One pattern of the site, with the nouns that stand in it."""

    name: str
    nouns: tuple[str, ...]
    kinds: dict[str, str]

    @property
    def rule(self) -> Rule:
        return TABLE[self.name]

    @property
    def is_by_link(self) -> bool:
        return "token" in self.nouns

    def of(self, world: World) -> str:
        rule = self.rule
        words = {noun: rule.words.get(noun) or key(world[rule.nouns.get(noun, noun)]) for noun in self.nouns}
        return reverse(self.name, kwargs=words)

    def of_nothing(self, world: World) -> str:
        """The same address for a thing that doesn't exist; of a study that doesn't, where it has no thing."""
        things = [noun for noun in self.nouns if self.kinds[noun] in ("uuid", "int")]
        missing = {noun: str(uuid4()) if self.kinds[noun] == "uuid" else "987654" for noun in things}
        other = {self.rule.nouns.get(noun, noun): value for noun, value in missing.items()}
        return self.of({**world, **(other or {"study": "nowhere"})})


def addresses(patterns: list[URLPattern | URLResolver] | None = None, space: str = "") -> Iterator[Address]:
    for each in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(each, URLResolver):
            yield from addresses(each.url_patterns, f"{each.namespace}:" if each.namespace else space)
        else:
            kinds = {
                noun: type(converter).__name__.removesuffix("Converter").lower()
                for noun, converter in each.pattern.converters.items()
            }
            yield Address(f"{space}{each.name}", tuple(kinds), kinds)


ADDRESSES = list(addresses())
IN_A_STUDY = [a for a in ADDRESSES if a.name in TABLE and isinstance(a.rule.to, Permission)]


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens inside hasn't happened afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


class Visitor:
    """A browser that forgets what each visit did to it."""

    def __init__(self, client: Client, user: User | None = None) -> None:
        self.client, self.user = client, user
        self.cookies = client.cookies.copy()
        # What an address that doesn't exist answers.
        self.nothing = self.ask("get", "/no/such/address/")

    def ask(self, method: str, address: str) -> tuple[int, str]:
        self.client.cookies = self.cookies.copy()
        with undone():
            answer = getattr(self.client, method)(address)
            return answer.status_code, plain(answer, address)


def plain(answer: HttpResponseBase, address: str) -> str:
    """What was answered, without what is new in every answer and without the address asked for."""
    if answer.status_code in (301, 302):
        return answer.headers["Location"]
    content = (
        b"".join(answer.streaming_content) if isinstance(answer, StreamingHttpResponse) else answer.content
    )
    text = content.decode(errors="replace").replace(address, "ADDRESS")
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text)
    # When a form was signed, and the id that an answer yet to be given will have.
    text = re.sub(r'(name="seen" value="[^":]*):[^"]*', r"\1", text)
    text = re.sub(r'name="id" value="[0-9a-f-]{36}"', "", text)
    return re.sub(r'"X-CSRFToken": "\w+"', "", text)


def sent_to_sign_in(answer: tuple[int, str]) -> bool:
    return answer[0] == 302 and answer[1].startswith(resolve_url(settings.LOGIN_URL))


def opens(answer: tuple[int, str]) -> bool:
    return answer[0] not in NOT_AN_ANSWER and not sent_to_sign_in(answer)


def complaint(method: str, address: Address, who: str, answer: tuple[int, str], expected: str) -> str:
    return f"{method.upper()} {address.name} as {who}: {answer[0]}, expected {expected}"
