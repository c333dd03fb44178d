import socket
import threading
import webbrowser
from typing import Any

import waitress
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError, CommandParser
from django.core.wsgi import get_wsgi_application

from alongside.web.command import PlainCommand

TRIES = 20
THREADS = 8
# A little above what a form of transcripts may hold; more is refused before it reaches the disk.
LARGEST_REQUEST = 64 * 1024 * 1024
# Listening while it answers, the server notices at once that somebody left a page that is still growing.
HEARS_WHO_LEAVES = {"channel_request_lookahead": 1}


class Command(PlainCommand):
    help = "Bring the database up to date, serve the site on this machine and open it in a browser."
    example = "alongside --port 8000 --no-browser"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="first port to try (8000)")
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
        parser.add_argument("--no-browser", action="store_true", help="don't open a browser")

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("collectstatic", interactive=False, verbosity=0)
        port = free_port(options["host"], options["port"])
        address = f"http://{options['host']}:{port}/"
        self.stdout.write(f"Alongside is at {address}  (Ctrl+C stops it)")
        if not options["no_browser"]:
            threading.Timer(0.5, webbrowser.open, [address]).start()
        serve(options["host"], port)


def free_port(host: str, first: int) -> int:
    """`first`, or the next port that nobody listens on."""
    for port in range(first, first + TRIES):
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                continue
            return port
    raise CommandError(f"Ports {first} to {first + TRIES - 1} are all in use. Name another with --port.")


def serve(host: str, port: int) -> None:
    # Behind TLS a proxy on this machine says by which scheme a request came; nobody else is believed.
    proxy = {"trusted_proxy": "127.0.0.1", "trusted_proxy_headers": "x-forwarded-proto x-forwarded-for"}
    waitress.serve(
        get_wsgi_application(),
        host=host,
        port=port,
        threads=THREADS,
        max_request_body_size=LARGEST_REQUEST,
        ident="alongside",
        clear_untrusted_proxy_headers=True,
        **HEARS_WHO_LEAVES,
        **(proxy if settings.BEHIND_TLS else {}),
    )
