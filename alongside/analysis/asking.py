"""Asking a language model over HTTP: on this machine, or on a host that the installation names.

What is sent holds what people said. So the address is looked up here and the connection made to exactly what
was looked up; no proxy of the environment is used, and no redirect is followed.
"""

import json
import socket
import ssl
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse
from ipaddress import ip_address
from time import monotonic
from typing import Any
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

PATH = "/v1/chat/completions"
LONGEST_ANSWER = 1_000_000
PIECE = 65_536


class NoAnswer(Exception):
    """There is no answer to use; why, in one sentence for whoever asked, and what came instead of one."""

    def __init__(self, sentence: str, came: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.came = came


@dataclass(frozen=True)
class Host:
    """Where a model is asked: `ip` and `port` are connected to, `name` is what they are called."""

    name: str
    ip: str
    port: int
    path: str
    is_tls: bool


def host_at(address: str) -> Host:
    """The host that `address` names, looked up now; refused unless it is one that may be asked."""
    parts = _parts(address)
    name = (parts.hostname or "").lower().rstrip(".")
    port = parts.port or (443 if parts.scheme == "https" else 80)
    found = _looked_up(name, port)
    is_named = name in {each.lower() for each in settings.ALONGSIDE_MODEL_HOSTS}
    if not is_named and not all(ip_address(ip).is_loopback for ip in found):
        raise ValidationError(
            _(
                "“%(name)s” isn’t this machine, nor a host that this installation names. What people said"
                " goes nowhere else. Use 127.0.0.1, or ask whoever runs the installation to name the host."
            )
            % {"name": name}
        )
    if parts.scheme == "http" and not all(ip_address(ip).is_loopback for ip in found):
        raise ValidationError(
            _("“%(name)s” is another machine, so its address has to begin with https://.") % {"name": name}
        )
    base = parts.path.rstrip("/").removesuffix(PATH).removesuffix("/v1")
    return Host(name, found[0], port, base + PATH, parts.scheme == "https")


def _parts(address: str) -> SplitResult:
    wrong = ValidationError(
        _("An address looks like http://127.0.0.1:11434; this one is “%(address)s”.") % {"address": address}
    )
    try:
        parts = urlsplit(address.strip())
        parts.port  # noqa: B018  # Reading it checks it.
    except ValueError:
        raise wrong from None
    odd = parts.username is not None or parts.password is not None or parts.query or parts.fragment
    printable = address.strip().isascii() and address.strip().isprintable() and " " not in address.strip()
    if parts.scheme not in ("http", "https") or not parts.hostname or odd or not printable:
        raise wrong
    return parts


def _looked_up(name: str, port: int) -> list[str]:
    try:
        found = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise ValidationError(_("No machine called “%(name)s” was found.") % {"name": name}) from None
    # A link-local address of the sixth version carries its interface.
    return [str(where[0]).partition("%")[0] for *_kind, where in found]


def ask(address: str, model: str, prompt: str) -> str:
    """What the model says to `prompt`. NoAnswer says in one sentence why there is none."""
    try:
        host = host_at(address)
    except ValidationError as refusal:
        raise NoAnswer(" ".join(refusal.messages)) from refusal
    asked = {
        "model": model,
        "messages": [{"role": "user", "content": prompt}],
        "temperature": 0,
        "stream": False,
        "response_format": {"type": "json_object"},
    }
    status, body = _post(host, json.dumps(asked).encode())
    came = body.decode("utf-8", errors="replace")
    if 300 <= status < 400:
        raise NoAnswer(_("The model’s address points elsewhere, and that is not followed."), came)
    if status != 200:
        raise NoAnswer(_("The model’s server answered with error %(status)s.") % {"status": status}, came)
    return _said(came)


def _post(host: Host, body: bytes) -> tuple[int, bytes]:
    ends = monotonic() + settings.ALONGSIDE_MODEL_SECONDS
    connection = HTTPConnection(host.name, host.port)
    try:
        # Given its socket, the connection looks nothing up by itself.
        connection.sock = _connected(host, ends)
        connection.request("POST", host.path, body, {"Content-Type": "application/json"})
        response = connection.getresponse()
        return response.status, _read(response, connection.sock, ends)
    except TimeoutError:
        raise NoAnswer(
            _("The model didn’t answer within %(seconds)s seconds.")
            % {"seconds": settings.ALONGSIDE_MODEL_SECONDS}
        ) from None
    except (OSError, HTTPException) as error:
        raise NoAnswer(
            _("The model can’t be reached at %(name)s, port %(port)s. Is it running?")
            % {"name": host.name, "port": host.port},
            str(error),
        ) from error
    finally:
        connection.close()


def _connected(host: Host, ends: float) -> socket.socket:
    made = socket.create_connection((host.ip, host.port), timeout=max(ends - monotonic(), 0.01))
    if not host.is_tls:
        return made
    try:
        return ssl.create_default_context().wrap_socket(made, server_hostname=host.name)
    except BaseException:
        made.close()
        raise


def _read(response: HTTPResponse, sock: socket.socket | None, ends: float) -> bytes:
    """The whole answer, unless it is too long or takes too long altogether."""
    body = b""
    while True:
        left = ends - monotonic()
        if left <= 0:
            raise TimeoutError
        if sock is not None:
            sock.settimeout(left)
        piece = response.read1(PIECE)
        if not piece:
            return body
        body += piece
        if len(body) > LONGEST_ANSWER:
            raise NoAnswer(_("The model’s answer is too long to be one."))


def _said(came: str) -> str:
    """What stands in an answer of the chat completions interface."""
    try:
        choice = json.loads(came)["choices"][0]
        message = choice["message"]
        said, refused = message.get("content"), message.get("refusal")
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise NoAnswer(_("What came back is no answer of a language model."), came) from None
    if refused or choice.get("finish_reason") == "content_filter":
        raise NoAnswer(_("The model declined to answer."), _plain(refused) or _plain(said))
    if choice.get("finish_reason") == "length":
        raise NoAnswer(_("The model’s answer broke off: it ran out of room."), _plain(said))
    if not isinstance(said, str) or not said.strip():
        raise NoAnswer(_("The model said nothing."), came)
    return said


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else ""
