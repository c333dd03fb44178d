"""One side of `empty_page` in a process of its own: `page_worker MODULE FOLDER`.

It serves on loopback through waitress, tells its port, and then asks itself for pages through
Django's test client: each line of standard input is a page's name, its address and how many times.
"""

import importlib
import json
import sys
import threading
from functools import partial
from pathlib import Path

from django.core.wsgi import get_wsgi_application
from django.test import Client
from waitress.server import create_server

from benchmarks.harness import seconds_of


def main(module: str, folder: Path) -> None:
    clients = importlib.import_module(module).prepared(folder)
    server = create_server(get_wsgi_application(), host="127.0.0.1", port=0)
    threading.Thread(target=server.run, daemon=True).start()
    print(server.effective_port, flush=True)
    for line in sys.stdin:
        page, address, times = json.loads(line)
        print(seconds_of(partial(visit, clients[page], address, times)) / times, flush=True)


def visit(client: Client, address: str, times: int) -> None:
    for _ in range(times):
        assert client.get(address).status_code == 200


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
