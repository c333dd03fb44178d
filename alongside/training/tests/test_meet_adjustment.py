from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from alongside.accounts.models import Study
from alongside.people.actions import end_adjustment, make_link, record_adjustment
from alongside.people.models import AccessGrant, Adjustment, Person
from alongside.training.actions import cancel_session, enrol_person
from alongside.training.models import AdjustmentMet, Cohort, Enrolment, Session


@pytest.fixture
def seat(rowan_enrolled: Enrolment) -> Adjustment:
    """Rowan shares with whoever runs the sessions that they need a seat by the door."""
    return record_adjustment(
        by=None, person=rowan_enrolled.person, need="A seat by the door", kind="room", share_with="sessions"
    )


def address(page: str, session: Session, *more: object) -> str:
    return reverse(f"training:{page}", args=[session.study.slug, session.pk, *more])


def test_a_need_is_arranged_and_taken_back(as_carys: Client, session: Session, seat: Adjustment):
    """The list says by whom; what was said before stays on record."""
    assert "One thing that makes it easier" in as_carys.get(address("session", session)).content.decode()
    url = address("meet-adjustment", session, seat.pk)
    page = as_carys.post(url, {"state": "arranged"}, follow=True).content.decode()
    assert "Rowan: arranged." in page
    assert "Carys Bowen, " in page
    assert "One thing that makes it easier" not in as_carys.get(address("session", session)).content.decode()
    as_carys.post(url, {"state": "open"})
    assert "Not arranged yet" in as_carys.get(address("checklist", session)).content.decode()
    assert [met.state for met in AdjustmentMet.objects.order_by("pk")] == ["arranged", "open"]


def test_what_can_not_be_met_says_what_there_is_instead(as_carys: Client, session: Session, seat: Adjustment):
    """Without a word it is refused, and nothing is stored."""
    url = address("leave-unmet", session, seat.pk)
    refused = as_carys.post(url, {"note": " "})
    assert refused.status_code == 422
    assert "Say why it can’t be met, and what there will be instead." in refused.content.decode()
    assert not AdjustmentMet.objects.exists()
    sent = {"note": "The doors are locked. A seat by the window, and a break."}
    page = as_carys.post(url, sent, follow=True).content.decode()
    assert "A seat by the window, and a break." in page
    # The button is for what is arranged or not, and no way round the reason.
    assert as_carys.post(address("meet-adjustment", session, seat.pk), {"state": "cant"}).status_code == 422


def test_who_comes_later_is_on_the_list_too(
    as_carys: Client, session: Session, group: Cohort, alison: Person, seat: Adjustment
):
    """A place given after the rest was arranged adds to what is to be arranged."""
    as_carys.post(address("meet-adjustment", session, seat.pk), {"state": "arranged"})
    record_adjustment(by=None, person=alison, need="A loop system", share_with="interviews")
    enrol_person(by=None, cohort=group, person=alison)
    page = as_carys.get(address("checklist", session)).content.decode()
    assert "A loop system" in page
    assert page.count("Not arranged yet") == 1


@pytest.mark.parametrize(
    "said", [{"share_with": "nobody"}, {"share_with": "sessions", "about": "evaluation"}]
)
def test_what_is_not_shared_or_tells_of_the_study_is_nowhere(
    said: dict[str, str], as_carys: Client, session: Session, rowan_enrolled: Enrolment
):
    """Neither on the list, nor on the register, nor by its address."""
    kept = record_adjustment(by=None, person=rowan_enrolled.person, need="Ask me by phone", **said)
    for page in ("session", "checklist", "mark-attendance"):
        shown = as_carys.get(address(page, session)).content.decode()
        assert "Ask me by phone" not in shown
        assert "See the list" not in shown
    met = as_carys.post(address("meet-adjustment", session, kept.pk), {"state": "arranged"})
    assert met.status_code == 404


def test_what_ended_or_was_cancelled_is_not_to_be_arranged(
    as_carys: Client, session: Session, seat: Adjustment
):
    """A session that was cancelled has nothing to get ready; what is not needed is off the list."""
    cancel_session(by=None, session=session)
    refused = as_carys.post(address("meet-adjustment", session, seat.pk), {"state": "arranged"})
    assert refused.status_code == 422
    assert "was cancelled" in refused.content.decode()
    end_adjustment(by=None, adjustment=seat)
    assert as_carys.get(address("leave-unmet", session, seat.pk)).status_code == 404


def test_a_flag_leads_from_the_register_to_the_list(as_carys: Client, session: Session, seat: Adjustment):
    """For whoever runs the session: that there is something, not what."""
    page = as_carys.get(address("mark-attendance", session)).content.decode()
    assert address("checklist", session) in page
    assert "A seat by the door" not in page


def test_nobody_else_sees_it(
    as_fern: Client,
    as_hilary: Client,
    study: Study,
    session: Session,
    seat: Adjustment,
    alison_enrolled: Enrolment,
):
    """Not whoever only reads, codes, or learns in the same group."""
    for client in (as_fern, as_hilary):
        assert client.get(address("checklist", session)).status_code == 404
        assert "A seat by the door" not in client.get(address("session", session)).content.decode()
    token = make_link(by=None, person=alison_enrolled.person, purpose=AccessGrant.MY_PAGE)
    own = reverse("training:my-sessions", kwargs={"token": token})
    assert "A seat by the door" not in Client().get(own).content.decode()


def test_the_list_asks_as_much_of_the_database_for_thirty(
    as_carys: Client,
    session: Session,
    seat: Adjustment,
    group: Cohort,
    learners_of: Callable[[Cohort, int], list[Person]],
    django_assert_max_num_queries: DjangoAssertNumQueries,
):
    """Thirty people with three needs each are read in as many queries as one with one."""
    with django_assert_max_num_queries(40) as few:
        as_carys.get(address("session", session))
    for person in learners_of(group, 30):
        for need in ("Large print", "A break", "A lamp"):
            each = record_adjustment(by=None, person=person, need=need, share_with="sessions")
        AdjustmentMet.objects.create(session=session, adjustment=each, state="arranged")
    with django_assert_max_num_queries(len(few)):
        page = as_carys.get(address("session", session)).content.decode()
    assert page.count("A lamp") >= 30
