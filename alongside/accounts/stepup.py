"""Confirming again that it is you, before material leaves.

`recently_confirmed` goes around the views by which it does. Whoever used their second step within
`ALONGSIDE_STEP_UP_MINUTES` isn't asked. Anyone else is, and comes back to what they asked for.
"""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.core.exceptions import ReauthenticationRequired
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase

from alongside.accounts.queries import NOT_HERE, has_second_factor, needs_second_factor
from alongside.accounts.second_factor import confirmed_at, to_set_one_up


def recently_confirmed(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    @wraps(view)
    def confirmed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if is_recent(request):
            return view(request, *args, **kwargs)
        if not settings.DEMONSTRATION and not needs_second_factor(request.user):
            # No role that takes material out does without a second step.
            raise Http404(NOT_HERE)
        if has_second_factor(request.user):
            # Allauth asks, and takes up the request again afterwards.
            raise ReauthenticationRequired
        return view(request, *args, **kwargs) if settings.DEMONSTRATION else to_set_one_up(request)

    return confirmed


def is_recent(request: HttpRequest) -> bool:
    return bool(confirmed_at(request) > time.time() - settings.STEP_UP_SECONDS)
