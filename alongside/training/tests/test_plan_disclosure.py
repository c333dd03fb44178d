import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from alongside.accounts.models import Study, User
from alongside.people.actions import make_link
from alongside.people.models import Person
from alongside.training.actions import appoint_facilitator, plan_disclosure
from alongside.training.models import DisclosurePlan, Facilitation, Session
from tests.support.editing import seen


def test_a_trainer_plans_for_themselves(as_carys: Client, study: Study, carys_leads: Facilitation):
    """What to share and what to keep back is written, and changed, by its author."""
    url = reverse("training:plan-disclosure", args=[study.slug, carys_leads.pk])
    assert as_carys.post(url, {"share": "The first day", "keep_back": "My son"}).status_code == 302
    assert as_carys.post(url, {**seen(as_carys, url), "share": "Nothing today"}).status_code == 302
    plan = DisclosurePlan.objects.get()
    assert (plan.share, plan.keep_back) == ("Nothing today", "")
    assert "Nothing today" in as_carys.get(url).content.decode()


def test_nobody_else_sees_or_writes_it(
    as_hannah: Client, hannah: User, study: Study, carys_leads: Facilitation
):
    """A coordinator finds no such page, and the action refuses."""
    url = reverse("training:plan-disclosure", args=[study.slug, carys_leads.pk])
    assert as_hannah.get(url).status_code == 404
    with pytest.raises(ValidationError, match="Only the person who leads"):
        plan_disclosure(by=hannah, person=carys_leads.person, session=carys_leads.session, share="Something")


def test_someone_without_an_account_has_no_author_but_themselves(
    as_carys: Client, hannah: User, study: Study, martin_leads: Facilitation
):
    """Whose person has no account is not open to everybody."""
    url = reverse("training:plan-disclosure", args=[study.slug, martin_leads.pk])
    assert as_carys.get(url).status_code == 404
    with pytest.raises(ValidationError):
        plan_disclosure(
            by=hannah, person=martin_leads.person, session=martin_leads.session, share="Something"
        )


def test_a_trainer_without_an_account_plans_on_their_own_page(
    client: Client, martin: Person, martin_leads: Facilitation
):
    """All of it: what to tell, trying it out first, and talking it over afterwards."""
    link = make_link(by=None, person=martin, purpose="my_page")
    url = reverse("training:my-disclosure", kwargs={"token": link, "session": martin_leads.session_id})
    written = {
        "purpose": "So that others can",
        "share": "The first day",
        "keep_back": "My son",
        "exit_line": "I’ll leave it there.",
        "aftercare": "Walk home",
        "rehearsed_with": "Jo",
        "rehearsed_on": "2026-11-24",
        "debrief_with": "Sam",
        "debrief_on": "2026-11-27",
        "how_it_went": "Quietly",
    }
    assert client.post(url, {**seen(client, url), **written}).status_code == 302
    plan = DisclosurePlan.objects.get()
    assert {name: str(getattr(plan, name)) for name in written} == written
    page = client.get(url).content.decode()
    assert "My son" in page
    listed = client.get(reverse("training:my-leading", kwargs={"token": link})).content.decode()
    assert "My son" not in listed
    assert "My plan" in listed


def test_another_trainers_plan_is_not_there(
    client: Client, martin: Person, carys: User, carys_leads: Facilitation, past_session: Session
):
    """Leading the same session opens nothing of a colleague's; not leading it, there is no page."""
    session = carys_leads.session
    plan_disclosure(by=carys, person=carys_leads.person, session=session, share="The first day")
    link = make_link(by=None, person=martin, purpose="my_page")
    url = reverse("training:my-disclosure", kwargs={"token": link, "session": session.pk})
    assert client.get(url).status_code == client.post(url, {"share": "Mine"}).status_code == 404
    appoint_facilitator(by=None, session=session, person=martin, practice=True)
    assert "The first day" not in client.get(url).content.decode()


def test_nobody_plans_for_a_session_of_others(martin: Person, session: Session):
    """Without leading it there is nothing to plan."""
    with pytest.raises(ValidationError, match="Only the person who leads"):
        plan_disclosure(by=martin, person=martin, session=session, share="Mine")
