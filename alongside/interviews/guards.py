"""Before the first look at what somebody said: whether one knows them.

`asked_first` goes around the pages that open a transcript. Everything else that would show its words finds
nothing there until the question is answered.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from alongside.interviews.queries import Unasked


def asked_first(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    @wraps(view)
    def asked(
        request: HttpRequest, study: str, transcript: UUID, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        try:
            return view(request, study, transcript, *args, **kwargs)
        except Unasked:
            if request.method != "GET":
                raise
            question = reverse("interviews:declare", args=[study, transcript])
            return redirect(f"{question}?{urlencode({'next': request.get_full_path()})}")

    return asked
