from django.test import Client
from django.urls import reverse

from alongside.accounts.models import Study
from alongside.audit.models import Entry
from alongside.interviews.models import Interview
from alongside.people.actions import record_consent
from alongside.people.models import ConsentText, Person

WISH = "If I go quiet, give me a minute. Don’t switch to cheerful."


def page(study: Study, interview: Interview) -> str:
    return reverse("interviews:arrange-interview", args=[study.slug, interview.pk])


def test_arrange_interview(study: Study, booked: Interview, as_josef: Client):
    """The person's wish and a debrief stand on the interview's page; the audit names fields only."""
    sent = {"if_hard": WISH, "support": "Dot Ellison", "debrief": "2026-11-24T13:00"}
    said = as_josef.post(page(study, booked), sent, follow=True).content.decode()
    assert "give me a minute" in said
    assert "Offer: Dot Ellison." in said
    assert "Tuesday 24 November, 13:00" in said
    entry = Entry.objects.get(verb="arrange_interview")
    assert entry.fields == ["debrief", "if_hard", "support"]


def test_what_is_missing_shows(study: Study, booked: Interview, as_josef: Client):
    """An interview without a debrief, or without the person's wish, says so."""
    address = reverse("interviews:interview", args=[study.slug, booked.pk])
    said = as_josef.get(address).content.decode()
    assert "Not asked yet" in said
    assert "Not booked" in said


def test_a_time_that_makes_no_sense(study: Study, booked: Interview, as_josef: Client):
    """One sentence; nothing else of the form is stored either."""
    answer = as_josef.post(page(study, booked), {"if_hard": WISH, "debrief": "after lunch"})
    assert answer.status_code == 422
    booked.refresh_from_db()
    assert booked.if_hard == ""


def test_nothing_changed_leaves_no_entry(study: Study, booked: Interview, as_josef: Client):
    """Saving the form as it was is no change."""
    as_josef.post(page(study, booked), {})
    assert not Entry.objects.filter(verb="arrange_interview").exists()


def test_nothing_is_written_of_someone_who_stopped(
    study: Study, booked: Interview, rowan: Person, consent_texts: dict[str, ConsentText], as_josef: Client
):
    """What the stop took off the interview doesn't come back; the interviewer's own debrief may be booked."""
    for purpose in ("interview", "interview_contact"):
        record_consent(by=None, person=rowan, text=consent_texts[purpose], decision="stopped")
    answer = as_josef.post(page(study, booked), {"if_hard": WISH, "support": "Dot Ellison"})
    assert answer.status_code == 422
    assert "Nothing more can be arranged" in answer.content.decode()
    booked.refresh_from_db()
    assert (booked.if_hard, booked.support) == ("", "")
    assert as_josef.post(page(study, booked), {"debrief": "2026-11-24T13:00"}).status_code == 302
