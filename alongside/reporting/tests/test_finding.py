from django.test import Client

from alongside.accounts.models import Study, User
from alongside.analysis.actions import apply_code
from alongside.analysis.models import Code, Theme
from alongside.audit.models import Entry
from alongside.interviews.models import Transcript
from alongside.people.actions import link_pair, record_consent
from alongside.people.models import ConsentText, Participant, Person, WorkingRelationship
from alongside.reporting.actions import (
    add_quote,
    add_section,
    check_quote,
    publish_report,
    take_back_report,
    write_report,
)
from alongside.reporting.models import Quote, Report
from alongside.reporting.queries import finding

ROOM = "/s/six-months-on/reporting/"


def test_a_quote_goes_when_its_person_says_so(
    as_hilary: Client, report: Report, rowan: Person, consent_texts: dict[str, ConsentText]
):
    """From the page and from the next file; a gap says that something stood there, and not whose."""
    url = f"{ROOM}{report.pk}/"
    assert "I am not a visitor" in as_hilary.get(url).content.decode()
    record_consent(by=rowan, person=rowan, text=consent_texts["quotation_report"], decision="stopped")
    page = as_hilary.get(url).content.decode()
    assert "I am not a visitor" not in page
    assert "A quote stood here." in page
    assert b"I am not a visitor" not in as_hilary.get(f"{url}download/html/").content


def test_attribution_hides_in_a_crowd_or_says_nothing(report: Report):
    """Fewer than three people are described so: the quote is someone's who took part."""
    assert Quote.objects.get().attribution == "Someone who took part"


def test_a_draft_obeys_the_firewall_and_a_published_finding_is_the_same_for_all(
    as_priya: Client,
    as_hilary: Client,
    hilary: User,
    report: Report,
    waiting: Code,
    wren_transcript: Transcript,
):
    """Before anyone has asked whether Wren could be known, Priya reads none of Wren's words."""
    revision = wren_transcript.revisions.get()
    section = add_section(by=hilary, report=report, heading="More")
    quote = add_quote(by=hilary, section=section, revision=revision, start=0, end=12)
    words = revision.text[:12]
    url = f"{ROOM}{report.pk}/"
    assert words in as_hilary.get(url).content.decode()
    assert words not in as_priya.get(url).content.decode()
    assert "A quote stood here." not in as_priya.get(url).content.decode()
    assert as_priya.post(f"{ROOM}quotes/{quote.pk}/check/").status_code == 404
    for each in Quote.objects.all():
        check_quote(by=hilary, quote=each)
    publish_report(by=hilary, report=report, audience="study", version="1.0")
    assert words in as_priya.get(url).content.decode()


def test_pairs_are_counted_without_saying_which_half(
    hilary: User,
    report: Report,
    theme: Theme,
    waiting: Code,
    alison_as_participant: Participant,
    rowan_and_alison: WorkingRelationship,
):
    """The team sees how many; readers outside see nothing of so few."""
    link_pair(by=None, relationship=rowan_and_alison)
    [row] = finding(report, hilary).pairs
    assert (row.theme, row.both, row.one, row.neither) == (theme.name, 0, 1, 0)
    report.audience = Report.Audience.PUBLIC
    shown = finding(report, hilary)
    assert (shown.pairs, shown.pairs_hidden) == ([], True)


def test_what_it_rests_on_is_counted(hilary: User, dot: User, report: Report, waiting: Code, study: Study):
    """Conversations, turns, words and codings of people who agree to their interview's use."""
    revision = Quote.objects.get().revision
    assert revision is not None
    apply_code(by=dot, revision=revision, code=waiting, start=0, end=4)
    stats = finding(report, hilary).stats
    assert (stats.transcripts, stats.interviewed, stats.turns) == (1, 1, 7)
    assert (stats.coders, stats.codings, stats.words) == (2, 2, len(revision.text.split()))


def test_the_page_asks_the_same_number_of_questions(
    as_hilary: Client, hilary: User, report: Report, django_assert_max_num_queries
):
    """However many quotes a finding has."""
    revision = Quote.objects.get().revision
    assert revision is not None
    as_hilary.get(f"{ROOM}{report.pk}/")  # The first look of a day goes on record.
    with django_assert_max_num_queries(31) as few:
        as_hilary.get(f"{ROOM}{report.pk}/")
    section = report.sections.get()
    for end in range(5, 25):
        add_quote(by=hilary, section=section, revision=revision, start=0, end=end)
    with django_assert_max_num_queries(len(few)):
        as_hilary.get(f"{ROOM}{report.pk}/")


def test_a_publication_says_the_numbers_it_said(
    client: Client,
    as_hilary: Client,
    hilary: User,
    report: Report,
    rowan: Person,
    consent_texts: dict[str, ConsentText],
    wren_transcript: Transcript,
):
    """Rowan stops: the public page, the team's and the files count as on the day; taken back, a draft counts
    whom there is."""
    write_report(by=hilary, report=report, shows_counts=True)
    for quote in Quote.objects.all():
        check_quote(by=hilary, quote=quote)
    publish_report(by=hilary, report=report, audience="public", version="1.0")
    assert Entry.objects.get(verb="publish_report").fields == ["audience", "numbers", "version"]
    url, public = f"{ROOM}{report.pk}/", f"/findings/{report.pk}/"
    before = finding(report, None)
    record_consent(by=rowan, person=rowan, text=consent_texts["interview"], decision="stopped")
    report.refresh_from_db()
    after = finding(report, hilary)
    assert (after.stats, after.counts) == (before.stats, before.counts)
    assert (after.stats.interviewed, [row.count for row in after.counts]) == (2, [1])
    told = "<b>2</b><span>people interviewed</span>"
    for answer in (client.get(public), as_hilary.get(url), as_hilary.get(f"{url}download/html/")):
        assert told in answer.content.decode()
    take_back_report(by=hilary, report=report)
    assert finding(report, hilary).stats.interviewed == 1
    assert told not in as_hilary.get(url).content.decode()
