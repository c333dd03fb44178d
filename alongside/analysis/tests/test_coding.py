import json
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.accounts.models import Study, User
from alongside.analysis.actions import add_code, retire_code, write_memo
from alongside.analysis.models import Code, Coding
from alongside.audit.models import Entry
from alongside.interviews.models import Transcript
from alongside.people.actions import record_consent
from alongside.people.models import ConsentText, Person


def url(transcript: Transcript, more: str = "") -> str:
    return f"/s/six-months-on/analysis/transcripts/{transcript.pk}/{more}"


def data_of(page: str) -> dict[str, Any]:
    found = re.search(r'<script id="bench-data" type="application/json">(.*?)</script>', page, re.S)
    assert found is not None
    return json.loads(found[1])


def test_the_transcript_reads(as_hilary: Client, rowan_transcript: Transcript):
    """Speakers, times and words stand in the page itself, before any script."""
    page = as_hilary.get(url(rowan_transcript)).content.decode()
    assert page.count('<li class="turn') == 7
    assert page.count("<b>Rowan</b> <time datetime=") == 4
    assert "I always said not so bad 🙂 and she wrote it down." in page
    assert 'href="?turn=4#turn-4"' in page


def test_turns_and_codings_are_told_in_code_points(
    as_hilary: Client, rowan_transcript: Transcript, visitor: Coding
):
    """Every offset given to the script cuts the stored text where it should."""
    data = data_of(as_hilary.get(url(rowan_transcript)).content.decode())
    text = rowan_transcript.revisions.get(is_current=True).text
    turns = [text[start:end] for _number, start, end, _line in data["turns"]]
    assert "\n".join(turns) == text
    (pk, code, coder, start, end, flags) = data["codings"][0]
    assert (pk, text[start:end], flags) == (visitor.pk, "I am not a visitor", 0)
    assert data["codes"][code][:2] == [str(visitor.code_id), "Asking, then waiting"]
    assert data["coders"][coder][:2] == ["Hilary Banks", "HB"]
    assert data["me"] == coder


def test_the_tree_counts_this_text(
    as_hilary: Client, hilary: User, study: Study, rowan_transcript: Transcript, visitor: Coding
):
    """A code over others shows what it gathers; the codes below it show their own."""
    above = add_code(by=hilary, study=study, name="Between us since")
    Code.objects.filter(pk=visitor.code_id).update(parent=above)
    page = as_hilary.get(url(rowan_transcript)).content.decode()
    assert f'<span data-total="{above.pk}">1</span>' in page
    assert f'<span class="count" data-count="{visitor.code_id}">1</span>' in page
    assert [code[2] for code in data_of(page)["codes"]] == [-1, 0]


def test_reading_is_on_the_record(as_hilary: Client, hilary: User, rowan_transcript: Transcript):
    """Each opening is one entry."""
    as_hilary.get(url(rowan_transcript))
    assert Entry.objects.filter(verb="read_transcript", actor=hilary.pk).count() == 1


def test_queries_do_not_grow_with_the_codings(
    as_hilary: Client, hilary: User, study: Study, rowan_transcript: Transcript, visitor: Coding
):
    """Four hundred codings with forty codes take as many queries as one."""

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert as_hilary.get(url(rowan_transcript)).status_code == 200
        return len(asked)

    queries()
    before = queries()
    codes = [add_code(by=hilary, study=study, name=f"Code {n}") for n in range(40)]
    Coding.objects.bulk_create(
        Coding(
            study=study,
            revision=visitor.revision,
            code=codes[n % 40],
            coder=hilary,
            start=n // 40,
            end=n // 40 + 9,
        )
        for n in range(400)
    )
    assert queries() == before


def test_others_memos_are_read_and_private_ones_are_not(
    as_hilary: Client, dot: User, study: Study, rowan_transcript: Transcript
):
    """What Dot wrote for everyone is beside the text; what she keeps is nowhere on the page."""
    write_memo(by=dot, study=study, transcript=rowan_transcript, words="The chair again.")
    assert "The chair again." in as_hilary.get(url(rowan_transcript)).content.decode()
    write_memo(by=dot, study=study, transcript=rowan_transcript, words="The chair again.", private=True)
    assert "The chair again." not in as_hilary.get(url(rowan_transcript)).content.decode()


def test_an_interviewer_reads_without_coding(as_josef: Client, rowan_transcript: Transcript):
    """Josef may read; nothing on the page offers him to code."""
    page = as_josef.get(url(rowan_transcript, "?turn=2")).content.decode()
    assert data_of(page)["may"] == {"code": False, "name": False}
    for absent in ('id="apply"', 'id="memo-form"', 'class="code-this"', 'class="by-form"'):
        assert absent not in page


@pytest.mark.parametrize(
    "asked", ["?turn=99", "?turn=x", "?turn=-1", "?turn=", "?turn=²", f"?turn={'9' * 5000}"]
)
def test_a_turn_that_is_not_there_opens_no_form(as_hilary: Client, rowan_transcript: Transcript, asked: str):
    """The page opens all the same."""
    answer = as_hilary.get(url(rowan_transcript, asked))
    assert answer.status_code == 200
    assert b'class="by-form"' not in answer.content


def test_a_retired_code_shows_only_where_it_is_used(
    as_hilary: Client, hilary: User, rowan_transcript: Transcript, visitor: Coding
):
    """Its codings stay in view; it is marked, so that the script no longer offers it."""
    retire_code(by=hilary, code=visitor.code)
    page = as_hilary.get(url(rowan_transcript)).content.decode()
    assert f'data-id="{visitor.code_id}"' in page
    assert data_of(page)["codes"][0][4] == 1


def test_whoever_works_with_the_person_finds_nothing(as_priya: Client, wren_transcript: Transcript):
    """The firewall: Priya works with Wren."""
    assert as_priya.get(url(wren_transcript)).status_code == 404


def test_a_person_who_stopped_is_not_read(
    as_hilary: Client, rowan: Person, consent_texts: dict[str, ConsentText], rowan_transcript: Transcript
):
    """Once Rowan no longer agrees to the interview's use, the text is closed."""
    record_consent(by=None, person=rowan, text=consent_texts["interview"], decision="stopped")
    assert as_hilary.get(url(rowan_transcript)).status_code == 404


def test_a_codebook_of_any_depth_is_shown(
    as_hilary: Client, hilary: User, study: Study, rowan_transcript: Transcript
):
    """Two hundred codes, each under the one before."""
    above = None
    for level in range(200):
        above = add_code(by=hilary, study=study, name=f"Level {level}", parent=above)
    page = as_hilary.get(url(rowan_transcript)).content.decode()
    tree = page.split('id="tree">')[1].split('<p class="small">')[0]
    assert tree.count("<details open>") == tree.count("</details>") == 199
    assert tree.count("<ul") == tree.count("</ul>") == 200
    assert tree.count("<li>") == tree.count("</li>") == 200
