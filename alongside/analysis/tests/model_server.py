"""A language model's server that keeps everything it gets, on this machine."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

Answer = tuple[int, dict[str, str], bytes]


@dataclass
class Heard:
    """What came: path, headers and body of each request, as bytes; and how the next is answered."""

    address: str = ""
    paths: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    answering: Callable[[str], Answer] = lambda _prompt: saying({"suggestions": []})

    @property
    def prompts(self) -> list[str]:
        return [json.loads(body)["messages"][0]["content"] for body in self.bodies]

    @property
    def all(self) -> str:
        """Everything that arrived, as text, with the escapes of JSON undone."""
        undone = [json.dumps(json.loads(body), ensure_ascii=False) for body in self.bodies]
        return "\n".join([*self.paths, *map(str, self.headers), *undone])


def completion(content: Any, **more: Any) -> bytes:
    choice = {"message": {"role": "assistant", "content": content}, "finish_reason": "stop", **more}
    return json.dumps({"choices": [choice]}).encode()


def saying(answer: Any) -> Answer:
    content = answer if isinstance(answer, str) else json.dumps(answer)
    return 200, {"Content-Type": "application/json"}, completion(content)


@contextmanager
def listening(wrap: Callable[[Any], Any] = lambda sock: sock) -> Iterator[Heard]:
    heard = Heard()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            heard.paths.append(self.path)
            heard.headers.append(dict(self.headers))
            heard.bodies.append(body)
            status, headers, said = heard.answering(heard.prompts[-1])
            self.send_response(status)
            for name, value in {"Content-Length": str(len(said)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            try:
                self.wfile.write(said)
            except OSError:
                return

        def do_GET(self) -> None:
            heard.paths.append(f"GET {self.path}")
            self.send_error(404)

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.socket = wrap(server.socket)
    heard.address = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield heard
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
