from django.core import mail
from django.test import Client
from django.urls import reverse

from alongside.accounts.models import Study
from alongside.audit.models import Entry
from alongside.training.actions import publish_session, step_back_from_telling, tell_in_session
from alongside.training.models import Facilitation, Session


def test_a_trainer_steps_back_without_a_word(
    as_carys: Client, study: Study, looked_after: Session, carys_leads: Facilitation
):
    """One press: no reason, no message, to nobody; the session stays as ready as it was."""
    tell_in_session(by=None, facilitation=carys_leads)
    publish_session(by=None, session=looked_after)
    sequence = Session.objects.get(pk=looked_after.pk).sequence
    url = reverse("training:step-back-from-telling", args=[study.slug, carys_leads.pk])
    page = as_carys.post(url, follow=True).content.decode()
    assert not Facilitation.objects.get(pk=carys_leads.pk).tells
    assert 'id="told" role="status"></div>' in page
    assert mail.outbox == []
    looked_after.refresh_from_db()
    assert (looked_after.state, looked_after.sequence) == ("published", sequence)
    assert Entry.objects.filter(verb="step_back_from_telling").count() == 1


def test_stepping_back_from_a_session_that_is_over_or_cancelled(carys_leads: Facilitation):
    """At any time; and twice is once."""
    tell_in_session(by=None, facilitation=carys_leads)
    Session.objects.update(state=Session.State.CANCELLED)
    carys_leads.refresh_from_db()
    step_back_from_telling(by=None, facilitation=carys_leads)
    step_back_from_telling(by=None, facilitation=carys_leads)
    assert not Facilitation.objects.get(pk=carys_leads.pk).tells
    assert Entry.objects.filter(verb="step_back_from_telling").count() == 1


def test_the_page_shows_who_tells_and_nobody_who_stepped_back(
    as_carys: Client, study: Study, session: Session, carys_leads: Facilitation
):
    """The rota says nothing of what was taken back."""
    url = reverse("training:rota", args=[study.slug, session.cohort_id])
    untouched = as_carys.get(url).content.decode().split("<main", 1)[1]
    tell_in_session(by=None, facilitation=carys_leads)
    assert "<strong>Carys Bowen</strong> tells" in as_carys.get(url).content.decode()
    step_back_from_telling(by=None, facilitation=carys_leads)
    again = as_carys.get(url).content.decode().split("<main", 1)[1]
    tokens = [line for line in untouched.splitlines() if "csrf" not in line]
    assert tokens == [line for line in again.splitlines() if "csrf" not in line]
