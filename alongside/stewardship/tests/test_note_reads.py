import pytest
from django.test import Client

from alongside.accounts.models import User
from alongside.analysis.models import Coding, Theme
from alongside.audit.models import Entry
from alongside.interviews.models import Transcript
from alongside.people.models import Person
from alongside.reporting.actions import publish_report
from alongside.reporting.models import Quote, Report
from alongside.stewardship.queries.uses import readers_of

ROOM = "/s/six-months-on/"


def reads(transcript: Transcript) -> int:
    return Entry.objects.filter(verb="read_transcript", object=str(transcript.pk)).count()


@pytest.fixture
def pages(visitor: Coding, theme: Theme, report: Report) -> list[str]:
    """Where words of Rowan stand outside of their transcript."""
    return [
        f"{ROOM}analysis/codes/{visitor.code_id}/",
        f"{ROOM}analysis/themes/",
        f"{ROOM}analysis/themes/{theme.pk}/",
        f"{ROOM}reporting/{report.pk}/",
    ]


@pytest.mark.parametrize("which", range(4), ids=["a code", "the themes", "a theme", "a draft"])
def test_an_excerpt_counts_as_a_reading(
    which: int, pages: list[str], rowan: Person, rowan_transcript: Transcript, dot: User, as_dot: Client
):
    """Once a day, however many pages show words of it; and the person reads in which role."""
    as_dot.get(pages[which])
    assert reads(rowan_transcript) == 1
    for page in pages:
        as_dot.get(page)
    as_dot.get(f"{ROOM}interviews/transcripts/{rowan_transcript.pk}/")
    assert reads(rowan_transcript) == 1
    [(_day, who)] = readers_of(rowan.study, [rowan_transcript.pk])
    assert who == ["Co-researcher"]


def test_reading_what_is_published_is_nobodys_business(
    report: Report, rowan_transcript: Transcript, hilary: User, as_dot: Client
):
    """A finding that is out is counted, and its readers are not noted."""
    Quote.objects.update(insider_checked="2026-11-23T09:00Z")
    publish_report(by=hilary, report=report, audience="study", version="1.0")
    as_dot.get(f"{ROOM}reporting/{report.pk}/")
    assert reads(rowan_transcript) == 0
