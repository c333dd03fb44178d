import socket
import threading
from collections.abc import Iterator
from typing import Any

from waitress import create_server

from alongside.web.management.commands.serve import HEARS_WHO_LEAVES

LONG_ENOUGH = 10


def test_a_page_that_grows_ends_when_its_reader_leaves():
    """With the next piece, and not some pieces later: what the page does may be nearly done by then."""
    got, closed = threading.Event(), threading.Event()
    yielded: list[str] = []

    def growing(environ: dict[str, Any], start_response: Any) -> Iterator[bytes]:
        start_response("200 OK", [("Content-Type", "text/plain")])
        has_left = environ["waitress.client_disconnected"]
        try:
            yielded.append("first")
            yield b"first"
            got.wait(LONG_ENOUGH)
            for _moment in range(LONG_ENOUGH * 100):
                if has_left() or closed.wait(0.01):
                    break
            for piece in ("second", "third"):
                yielded.append(piece)
                yield piece.encode()
        finally:
            closed.set()

    server = create_server(growing, host="127.0.0.1", port=0, threads=1, **HEARS_WHO_LEAVES)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        with socket.create_connection(("127.0.0.1", server.effective_port), LONG_ENOUGH) as reader:
            reader.sendall(b"GET / HTTP/1.0\r\n\r\n")
            told = b""
            while b"first" not in told:
                told += reader.recv(1000)
        got.set()
        assert closed.wait(2 * LONG_ENOUGH)
    finally:
        server.close()
        thread.join(LONG_ENOUGH)
    assert yielded == ["first", "second"]
