"""Asking a language model: only on this machine or on a named host, and one clear sentence when it fails."""

import datetime
import json
import os
import socket
import ssl
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.core.exceptions import ValidationError

from alongside.analysis.asking import NoAnswer, ask, host_at
from alongside.analysis.tests.model_server import Answer, Heard, completion, listening, saying


@pytest.fixture
def heard() -> Iterator[Heard]:
    with listening() as server:
        yield server


def test_what_is_sent_and_what_comes_back(heard: Heard):
    """One request of the chat completions interface; nothing else goes along."""
    heard.answering = lambda _prompt: saying('{"suggestions": []}')
    assert ask(heard.address, "small", "Was sagt sie? 🙂") == '{"suggestions": []}'
    assert heard.paths == ["/v1/chat/completions"]
    sent = json.loads(heard.bodies[0])
    assert sent["messages"] == [{"role": "user", "content": "Was sagt sie? 🙂"}]
    assert (sent["model"], sent["stream"]) == ("small", False)
    assert set(heard.headers[0]) == {"Host", "Accept-Encoding", "Content-Length", "Content-Type"}


@pytest.mark.parametrize("path", ["", "/", "/v1", "/v1/", "/v1/chat/completions", "/models"])
def test_an_address_with_or_without_its_path(heard: Heard, path: str):
    """However it was copied."""
    ask(heard.address + path, "small", "?")
    assert heard.paths == [("/models" if path == "/models" else "") + "/v1/chat/completions"]


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:11434",
        "http://127.7.7.7",
        "http://[::1]:8080/v1",
        "http://localhost:1234",
        "http://LOCALHOST.:1234",
        "https://127.0.0.1",
    ],
)
def test_this_machine_may_be_asked(address: str):
    """By each of its own addresses."""
    host_at(address)


@pytest.mark.parametrize(
    "address",
    [
        "http://192.0.2.1:11434",
        "https://192.0.2.1",
        "http://[2001:db8::1]",
        "http://0.0.0.0:11434",
        "http://[::ffff:192.0.2.1]",
        "http://169.254.169.254",
    ],
)
def test_no_other_machine_may(address: str):
    """Refused with a sentence that says what would be right."""
    with pytest.raises(ValidationError, match="isn’t this machine, nor a host that this installation names"):
        host_at(address)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "127.0.0.1:11434",
        "ftp://127.0.0.1",
        "file:///etc/passwd",
        "http://",
        "http://127.0.0.1:99999",
        "http://me:secret@127.0.0.1",
        "http://127.0.0.1/?q=1",
        "http://127.0.0.1/#a",
        "http://127.0.0.1/a b",
        "http://127.0.0.1/\r\nX-More: 1",
        "http://[::1",
    ],
)
def test_what_is_no_address_is_refused(address: str):
    """With an example of one."""
    with pytest.raises(ValidationError, match=r"An address looks like http://127\.0\.0\.1:11434"):
        host_at(address)


def resolving(monkeypatch: pytest.MonkeyPatch, **names: list[str]) -> list[str]:
    """Names that the network's directory would give, and which were looked up."""
    looked_up: list[str] = []
    truly = socket.getaddrinfo

    def given(name: str, port: Any, *args: Any, **kwargs: Any) -> Any:
        looked_up.append(name)
        found = names.get(name.replace(".", "_"))
        if found is None:
            return truly(name, port, *args, **kwargs)
        kind = socket.SOCK_STREAM
        return [(socket.AF_INET, kind, 6, "", (ip, port)) for ip in found]

    monkeypatch.setattr(socket, "getaddrinfo", given)
    return looked_up


def test_a_name_that_leads_elsewhere_is_no_way_out(monkeypatch: pytest.MonkeyPatch):
    """Not even one called localhost, nor one that has an address here and another there."""
    resolving(monkeypatch, localhost=["192.0.2.1"], both_test=["127.0.0.1", "192.0.2.1"])
    for address in ("http://localhost:11434", "http://both.test"):
        with pytest.raises(ValidationError, match="isn’t this machine"):
            host_at(address)


def test_a_name_is_looked_up_once(heard: Heard, monkeypatch: pytest.MonkeyPatch):
    """What was checked is what is connected to: a second look could find another machine."""
    looked_up = resolving(monkeypatch, here_test=["127.0.0.1"])
    port = heard.address.rpartition(":")[2]
    ask(f"http://here.test:{port}", "small", "?")
    assert looked_up.count("here.test") == 1
    assert heard.headers[0]["Host"] == f"here.test:{port}"


def test_no_proxy_of_the_environment_is_used(heard: Heard, monkeypatch: pytest.MonkeyPatch):
    """Another server stands where the proxy would be, and hears nothing."""
    with listening() as proxy:
        for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.address)
        monkeypatch.delenv("no_proxy", raising=False)
        ask(heard.address, "small", "?")
        assert (len(heard.bodies), proxy.bodies, proxy.paths) == (1, [], [])


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_no_redirect_is_followed(heard: Heard, status: int):
    """Whoever answers can't send the words on to another machine."""
    with listening() as other:
        heard.answering = lambda _prompt: (status, {"Location": f"{other.address}/v1/chat/completions"}, b"")
        with pytest.raises(NoAnswer, match="points elsewhere, and that is not followed"):
            ask(heard.address, "small", "?")
        assert (other.bodies, other.paths) == ([], [])


ODD: list[tuple[Answer, str]] = [
    ((500, {}, b"boom"), "answered with error 500"),
    ((404, {}, b"no such model"), "answered with error 404"),
    ((200, {}, b"<html>"), "no answer of a language model"),
    ((200, {}, b"\xff\xfe"), "no answer of a language model"),
    ((200, {}, b"[" * 100_000), "no answer of a language model"),
    ((200, {}, b'{"choices": []}'), "no answer of a language model"),
    ((200, {}, b'{"choices": [{"message": "hi"}]}'), "no answer of a language model"),
    ((200, {}, completion(None, message={"content": None, "refusal": "I can't."})), "declined to answer"),
    ((200, {}, completion("", finish_reason="content_filter")), "declined to answer"),
    ((200, {}, completion('{"sugg', finish_reason="length")), "broke off"),
    ((200, {}, completion(None)), "said nothing"),
    ((200, {}, completion("  ")), "said nothing"),
    ((200, {}, completion(["a"])), "said nothing"),
    ((200, {}, b" " * 1_100_000), "too long to be one"),
]


@pytest.mark.parametrize(
    ("answer", "sentence"), ODD, ids=[f"{sentence} {n}" for n, (_a, sentence) in enumerate(ODD)]
)
def test_an_odd_answer_gets_one_sentence(heard: Heard, answer: Answer, sentence: str):
    """Whatever comes back."""
    heard.answering = lambda _prompt: answer
    with pytest.raises(NoAnswer, match=sentence):
        ask(heard.address, "small", "?")


def test_nobody_there():
    """A port that nobody listens on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    with pytest.raises(NoAnswer, match=f"can’t be reached at 127.0.0.1, port {port}. Is it running?"):
        ask(f"http://127.0.0.1:{port}", "small", "?")


@pytest.mark.parametrize(
    "begins", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n{"], ids=["mute", "slow"]
)
def test_a_model_that_takes_too_long(begins: bytes, settings: Any):
    """It accepts, and then says nothing, or begins and doesn't end."""
    settings.ALONGSIDE_MODEL_SECONDS = 0.3
    done = Event()

    def hold() -> None:
        with server:
            connection, _where = server.accept()
            with connection:
                connection.sendall(begins)
                done.wait()

    server = socket.create_server(("127.0.0.1", 0))
    thread = Thread(target=hold)
    thread.start()
    try:
        with pytest.raises(NoAnswer, match=r"didn’t answer within 0.3 seconds"):
            ask(f"http://127.0.0.1:{server.getsockname()[1]}", "small", "?")
    finally:
        done.set()
        thread.join()


def test_a_line_that_breaks(heard: Heard):
    """The server hangs up in the middle of its answer."""
    heard.answering = lambda _prompt: (200, {"Content-Length": "900"}, b"{")
    with pytest.raises(NoAnswer):
        ask(heard.address, "small", "?")


# A named host ----------------------------------------------------------------------------------------


def certificate(folder: Path, name: str) -> Path:
    """A key and a certificate for `name` that vouches for itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    called = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(called)
        .issuer_name(called)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "both.pem").write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    (folder / "public.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    return folder


def test_a_named_host_needs_tls(settings: Any, monkeypatch: pytest.MonkeyPatch):
    """What people said doesn't cross a network in the open."""
    resolving(monkeypatch, model_test=["192.0.2.1"])
    settings.ALONGSIDE_MODEL_HOSTS = ["Model.test"]
    with pytest.raises(ValidationError, match="has to begin with https://"):
        host_at("http://model.test")
    assert host_at("https://model.test").ip == "192.0.2.1"
    with pytest.raises(ValidationError, match="isn’t this machine"):
        host_at("https://192.0.2.1")


@pytest.mark.parametrize("known", [True, False], ids=["trusted", "not trusted"])
def test_a_named_host_shows_who_it_is(
    known: bool, settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    """A certificate that this machine doesn't trust ends it before a word is sent."""
    folder = certificate(tmp_path, "model.test")
    resolving(monkeypatch, model_test=["127.0.0.1"])
    settings.ALONGSIDE_MODEL_HOSTS = ["model.test"]
    if known:
        monkeypatch.setitem(os.environ, "SSL_CERT_FILE", str(folder / "public.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "both.pem")

    def wrapped(sock: socket.socket) -> ssl.SSLSocket:
        return context.wrap_socket(sock, server_side=True)

    with listening(wrapped) as heard:
        address = heard.address.replace("http://127.0.0.1", "https://model.test")
        if known:
            assert ask(address, "small", "?")
        else:
            with pytest.raises(NoAnswer, match="can’t be reached"):
                ask(address, "small", "?")
        assert len(heard.bodies) == int(known)
