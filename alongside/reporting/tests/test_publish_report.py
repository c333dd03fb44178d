import pytest
from django.test import Client

from alongside.accounts.models import Study, User
from alongside.interviews.actions import import_transcript, leave_to_nobody
from alongside.interviews.models import Speaker, Transcript
from alongside.people.actions import record_consent
from alongside.people.models import ConsentText, Person
from alongside.reporting.actions import add_quote
from alongside.reporting.models import Quote, Report

ROOM = "/s/six-months-on/reporting/"


def ask(client: Client) -> None:
    client.post(f"{ROOM}quotes/{Quote.objects.get().pk}/check/", {"note": "They have said it aloud."})


def publish(client: Client, report: Report, audience: str) -> str:
    answer = client.post(f"{ROOM}{report.pk}/publish/", {"audience": audience, "version": "1.0"}, follow=True)
    report.refresh_from_db()
    return answer.content.decode()


def test_nothing_is_published_before_every_quote_was_asked_about(as_hilary: Client, report: Report):
    """Would the other half of this pair know? Someone has to say no first."""
    assert "still wait for the question" in publish(as_hilary, report, "study")
    assert report.published is None
    ask(as_hilary)
    publish(as_hilary, report, "study")
    assert report.published is not None
    assert Quote.objects.get().insider_note == "They have said it aloud."


def test_a_published_finding_opens_to_its_audience(
    client: Client, as_hilary: Client, as_fern: Client, report: Report
):
    """Readers of the study, or anyone, and each reading is counted and nobody kept."""
    ask(as_hilary)
    publish(as_hilary, report, "study")
    assert as_fern.get(f"{ROOM}{report.pk}/").status_code == 200
    assert client.get(f"/findings/{report.pk}/").status_code == 404
    as_hilary.post(f"{ROOM}{report.pk}/take-back/")
    assert as_fern.get(f"{ROOM}{report.pk}/").status_code == 404
    publish(as_hilary, report, "public")
    assert "I am not a visitor" in client.get(f"/findings/{report.pk}/").content.decode()
    # Publishing twice led back to the page, too.
    assert report.reads.get().count == 4


def test_words_that_may_not_be_read_by_anyone_stop_a_public_finding(
    as_hilary: Client, report: Report, rowan: Person, consent_texts: dict[str, ConsentText]
):
    """Rowan's words may stand in the study's report and nowhere else."""
    record_consent(by=None, person=rowan, text=consent_texts["quotation_public"], decision="declined")
    ask(as_hilary)
    assert "agree to being quoted there" in publish(as_hilary, report, "public")
    assert (report.published, report.audience) == (None, "study")


@pytest.mark.parametrize("audience", ["study", "public"])
def test_who_asks_the_question_may_work_with_nobody_in_it(
    audience: str, as_priya: Client, as_hilary: Client, report: Report
):
    """Priya does not work with Rowan, so she may ask about his words."""
    ask(as_priya)
    publish(as_hilary, report, audience)
    assert report.published is not None


def test_words_that_begin_in_a_question_are_asked_about_too(
    hilary: User, report: Report, rowan_transcript: Transcript
):
    """The quote goes on into Rowan's answer, so somebody has to read it first."""
    revision = rowan_transcript.revisions.get()
    start = revision.text.index("And now?")
    quote = add_quote(
        by=hilary, section=report.sections.get(), revision=revision, start=start, end=start + 40
    )
    assert (quote.attribution, quote.insider_checked) == ("Josef", None)


def test_a_label_of_the_file_is_nobodys_attribution(
    hilary: User, report: Report, rowan_transcript: Transcript
):
    """Whoever answers and hasn't been said to be anybody may stand there with their name."""
    Speaker.objects.filter(transcript=rowan_transcript, label="Rowan").update(participant=None)
    revision = rowan_transcript.revisions.get()
    start = revision.text.index("Not so bad.")
    quote = add_quote(
        by=hilary, section=report.sections.get(), revision=revision, start=start, end=start + 11
    )
    assert (quote.attribution, quote.insider_checked) == ("Someone who took part", None)


def test_where_nobody_takes_part_labels_stand_and_nobody_is_asked_about(
    study: Study, hilary: User, report: Report
):
    """As in published dialogues: there is no pair whose other half could know."""
    published = import_transcript(
        by=None, study=study, name="d.txt", data=b"Therapist: Hello.\nClient: Hi.\n"
    )
    leave_to_nobody(by=hilary, transcript=published)
    quote = add_quote(
        by=hilary, section=report.sections.get(), revision=published.revisions.get(), start=0, end=6
    )
    assert quote.attribution == "Therapist"
    assert quote.insider_checked is not None


@pytest.mark.parametrize("decision", ["granted", "declined"])
def test_publishing_tells_nothing_of_whom_one_works_with(
    decision: str,
    as_priya: Client,
    as_hilary: Client,
    hilary: User,
    report: Report,
    wren: Person,
    wren_transcript: Transcript,
    consent_texts: dict[str, ConsentText],
):
    """Of Wren, with whom Priya works, there is a quote that nobody asked about, and Wren may have said no to
    being quoted. Priya is told what she would be without it; the words show once somebody has asked."""
    section, revision = report.sections.get(), wren_transcript.revisions.get()
    ask(as_priya)
    kept = add_quote(by=hilary, section=section, revision=revision, start=0, end=12)
    words = revision.text[:12]
    record_consent(by=None, person=wren, text=consent_texts["quotation_public"], decision=decision)
    told = publish(as_priya, report, "public")
    assert report.published is not None
    assert "still wait" not in told
    assert "agree to being quoted" not in told
    assert words not in told
    assert "A quote stood here." not in told
    as_hilary.post(f"{ROOM}{report.pk}/take-back/")
    assert "still wait for the question" in publish(as_hilary, report, "public")
    as_hilary.post(f"{ROOM}quotes/{kept.pk}/check/")
    publish(as_hilary, report, "public")
    assert (report.published is not None) == (decision == "granted")
