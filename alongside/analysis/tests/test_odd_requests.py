"""What no page sends: nothing of it is an error of the server, and nothing of it changes anything."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.accounts.models import Study
from alongside.analysis.models import Act, Code, Coding, Discussion, Memo
from alongside.interviews.models import Transcript

ROOM = "/s/six-months-on/analysis/"
BIG = "9" * 5000
ODD = [
    "",
    "\x00",
    "a\x00b",
    BIG,
    "-1",
    "1e9",
    "٣",
    "null",
    "[]",
    "\u202e",
    "😀",
    "=1+1",
    "x" * 100_000,
    str(2**63),
]
FIELDS = ["key", "after", "start", "end", "revision", "code", "name", "words", "other", "says", "important"]
FIELDS += ["into", "codings", "parent", "before", "step", "turn", "to", "private", "place", "unit", "deed"]


def addresses(transcript: Transcript, coding: Coding) -> list[str]:
    text, one = f"{ROOM}transcripts/{transcript.pk}/", f"{ROOM}codings/{coding.pk}/"
    book = f"{ROOM}codes/{coding.code_id}/"
    return [
        *(
            text + deed
            for deed in ("codings/", "undo/", "redo/", "memo/", "place/", "discussions/", "summary/")
        ),
        *(
            text + deed
            for deed in ("adoption/change/", "readers/", "finished/", "turns/1/code/", "workshops/")
        ),
        *(one + deed for deed in ("resize/", "recode/", "copy/", "link/")),
        *(book + deed for deed in ("change/", "move/", "put/", "merge/", "split/")),
        *(
            ROOM + rest
            for rest in ("codebook/add/", "search/code/", "themes/start/", "memos/write/", "taste/")
        ),
    ]


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], database=None
)
@given(data=st.data())
def test_odd_values_are_refused_in_a_sentence(as_hilary: Client, visitor: Coding, data: st.DataObject):
    """Null characters, numbers of five thousand digits, other scripts' digits, words without end."""
    at = data.draw(st.sampled_from(addresses(visitor.revision.transcript, visitor)))
    sent = data.draw(st.dictionaries(st.sampled_from(FIELDS), st.sampled_from(ODD), min_size=1))
    headers = data.draw(st.sampled_from([{}, {"X-Workbench": "1"}, {"X-Codebook": "tree"}]))
    before = _held()
    answer = as_hilary.post(at, sent, headers=headers)
    assert answer.status_code in (200, 302, 400, 404, 409, 422), at
    if answer.status_code in (400, 404, 422):
        assert _held() == before


def _held() -> list[int]:
    return [model.objects.count() for model in (Act, Code, Coding, Discussion, Memo)]


@pytest.mark.parametrize(
    "asked",
    [
        f"memos/write/?coding={BIG}",
        f"memos/write/?pair={BIG}",
        "memos/write/?coding=%D9%A3",
        "memos/?words=%00&author=%00&about=coding.%00",
        f"memos/?about=transcript.{BIG}",
        "codebook/?name=%00&order=%00",
        f"codebook/?order={BIG}",
        f"search/?q=%00&page={BIG}",
        f"search/?q=visitor&page={BIG}&without=%00",
        "discussions/?settled=%00&page=-1",
        f"codebook/versions/compare/?older={BIG}&newer=%00",
        "codebook/add/?under=%00",
        "codes/{code}/split/?words=%00&page=x",
        "codes/{code}/split/?words=a%00b",
        "codes/{code}/merge/?into=%00",
        "codes/{code}/?page=%00",
        f"transcripts/{{text}}/?turn={BIG}&plain=%00",
        f"transcripts/{{text}}/changes/?after={BIG}",
        "transcripts/{text}/changes/?after=-1&key=%00",
        f"transcripts/{{text}}/adoption/?which=%00&page={BIG}",
        "transcripts/{text}/discussions/",
        "links/99999999999999999999/remove/",
        "passages/99999999999999999999/drop/",
    ],
)
def test_odd_addresses_are_answered(as_hilary: Client, visitor: Coding, asked: str):
    """With a page, or as what isn't there."""
    asked = asked.format(text=visitor.revision.transcript_id, code=visitor.code_id)
    for headers in ({}, {"X-Workbench": "1"}):
        answer = as_hilary.get(ROOM + asked, headers=headers)
        assert answer.status_code in (200, 302, 404, 405, 422)


def test_what_writes_is_not_done_by_asking(as_hilary: Client, study: Study, visitor: Coding):
    """An address in a message that somebody follows, or that a program looks at beforehand, does nothing."""
    before = _held()
    for at in addresses(visitor.revision.transcript, visitor):
        assert as_hilary.get(at).status_code in (200, 302, 404, 405)
    assert _held() == before


def test_a_split_with_odd_passages_is_refused(as_hilary: Client, visitor: Coding):
    """Numbers of five thousand digits among them."""
    sent: dict[str, Any] = {"name": "Another", "codings": [BIG, "٣", "\x00", str(visitor.pk)]}
    answer = as_hilary.post(f"{ROOM}codes/{visitor.code_id}/split/", sent)
    assert answer.status_code == 422
    assert not Code.objects.filter(name="Another").exists()


def test_one_name_for_two_acts_does_the_first(as_hilary: Client, visitor: Coding):
    """Whatever else is sent with it: the page is told what was done then."""
    text = f"{ROOM}transcripts/{visitor.revision.transcript_id}/codings/"
    key, span = str(uuid4()), {"revision": 1, "code": str(visitor.code_id), "after": 0}
    made = [
        as_hilary.post(
            text, {**span, "key": key, "start": 0, "end": end}, headers={"X-Workbench": "1"}
        ).json()["made"]
        for end in (4, 9)
    ]
    assert made[0] == made[1]
    assert not Coding.objects.filter(end=9).exists()
