"""Somebody's copy, fetched as they fetch it, and looked into."""

import io
import json
import zipfile
from typing import Any

from django.test import Client

from alongside.people.models import Person
from alongside.stewardship.actions import make_copy_code
from alongside.stewardship.held import KINDS, WRITERS, copy_for


def body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


def taken(my: str, rowan: Person, format: str = "json") -> bytes:
    code = make_copy_code(by=None, person=rowan)
    answer = Client().post(my, {"format": format, "code": code})
    assert answer.status_code == 200
    assert "attachment" in answer.headers["Content-Disposition"]
    assert answer.headers["Cache-Control"] == "no-store"
    return body(answer)


def written(format: str, person: Person) -> bytes:
    file = io.BytesIO()
    WRITERS[format][1](copy_for(person, KINDS), file)
    return file.getvalue()


def unpacked(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as bundle:
        assert bundle.testzip() is None
        return {name: bundle.read(name) for name in bundle.namelist()}


def section(content: bytes, key: str) -> list[dict[str, Any]]:
    return next(each["rows"] for each in json.loads(content)["sections"] if each["key"] == key)
