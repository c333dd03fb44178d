from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase


class PrivatePages:
    """Pages hold what people said: no cache but the reader's own may keep them, and that not either."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        return response
