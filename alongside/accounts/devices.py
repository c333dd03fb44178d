import re
import time
from typing import cast

from django.http import HttpRequest

from alongside.accounts.actions import note_device
from alongside.accounts.models import User

DEVICE = "device"
# How exactly “last seen” is known: each time it is noted costs a write.
NOTED_EVERY = 600
# The first that is found counts: Edge and Opera say that they are Chrome too, and Chrome that it is Safari.
BROWSERS = {
    "Edge": r"Edg",
    "Opera": r"OPR/",
    "Firefox": r"Firefox|FxiOS",
    "Chrome": r"Chrom|CriOS",
    "Safari": r"Safari",
}
SYSTEMS = {
    "iPhone": r"iPhone",
    "iPad": r"iPad",
    "Android": r"Android",
    "Windows": r"Windows",
    "Mac": r"Macintosh|Mac OS",
    "ChromeOS": r"CrOS",
    "Linux": r"Linux",
}


def keep_note(request: HttpRequest) -> None:
    """Note where this session is used, if that was last done a while ago or the session's key has changed."""
    key, noted = request.session.session_key, request.session.get(DEVICE, {"key": "", "seen": 0})
    if noted["key"] == key and time.time() - noted["seen"] < NOTED_EVERY:
        return
    agent = request.headers.get("User-Agent", "")
    note_device(
        user=cast(User, request.user),
        session_key=str(key),
        before=noted["key"] or str(key),
        browser=_first(BROWSERS, agent),
        system=_first(SYSTEMS, agent),
    )
    request.session[DEVICE] = {"key": key, "seen": time.time()}


def _first(names: dict[str, str], agent: str) -> str:
    return next((name for name, sign in names.items() if re.search(sign, agent)), "")
