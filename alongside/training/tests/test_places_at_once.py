"""Many who ask in the same moment for the last places: none is given twice, and each gets an answer."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from alongside.accounts.models import Study, User
from alongside.audit.queries import faults
from alongside.people.actions import NewPerson, add_people, make_link
from alongside.people.models import AccessGrant, Person
from alongside.training.actions import move_enrolment, offer_place, open_cohort
from alongside.training.models import Application, Cohort, Enrolment, Programme
from alongside.training.queries import places_taken

MANY = 50
TOO_MANY = 429
pytestmark = pytest.mark.django_db(transaction=True)
Ask = Callable[[], HttpResponse]


def all_at_once(asks: list[Ask]) -> list[int]:
    ready = Barrier(len(asks))

    def ask(one: Ask) -> int:
        try:
            ready.wait()
            return one().status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=len(asks)) as threads:
        return list(threads.map(ask, asks))


@pytest.fixture
def people(study: Study) -> list[Person]:
    return add_people(by=None, study=study, people=[NewPerson(f"Learner {n}") for n in range(MANY)])


def test_fifty_ask_for_three_places(
    hannah: User, sign_in: Callable[[User], Client], study: Study, group: Cohort, people: list[Person]
):
    """Three get one and everybody else is on the list; no answer is an error, and the log is one chain."""
    signed_in = sign_in(hannah)
    url = reverse("training:enrol", args=[study.slug, group.pk])

    def asking(person: Person) -> Ask:
        browser = Client()
        browser.cookies = signed_in.cookies.copy()
        return lambda: browser.post(url, {"person": person.pk, "or_wait": "on"})

    assert Counter(all_at_once([asking(person) for person in people])) == {302: MANY}
    states = Counter(Enrolment.objects.values_list("state", flat=True))
    assert states == {"enrolled": 3, "waiting": MANY - 3}
    assert places_taken(group) == 3
    assert list(faults()) == []


def test_fifty_send_the_public_form(listed: Cohort):
    """Each is kept once, though every second one is sent twice."""
    url = reverse("training:apply", args=[listed.study.slug, listed.pk])

    def asking(number: int, sent: dict[str, object]) -> Ask:
        def ask() -> HttpResponse:
            browser = Client(REMOTE_ADDR=f"10.0.0.{number}")
            # Two of one name at the same moment: one may be asked to come back, and does.
            answers = (browser.post(url, sent) for _time in range(20))
            return next(answer for answer in answers if answer.status_code != TOO_MANY)

        return ask

    forms = [
        {"id": uuid4(), "name": f"Learner {n}", "email": f"l{n}@example.org", "who": "alone"}
        for n in range(MANY // 2)
    ]
    asks = [asking(number, sent) for number, sent in enumerate(forms * 2)]
    assert Counter(all_at_once(asks)) == {302: MANY}
    assert Application.objects.count() == MANY // 2


def test_an_offer_is_answered_once_in_two_windows(group: Cohort, rowan: Person):
    """A yes and a no in the same moment: one counts, the other gets a sentence."""
    offer_place(by=None, cohort=group, person=rowan)
    token = make_link(by=None, person=rowan, purpose=AccessGrant.MY_PAGE)
    place = Enrolment.objects.get()
    url = reverse("training:my-offer", kwargs={"token": token, "enrolment": place.pk})
    asks: list[Ask] = [lambda word=word: Client().post(url, {"accepts": word}) for word in ("yes", "no")]
    assert sorted(all_at_once(asks)) == [302, 422]
    place.refresh_from_db()
    assert place.state in ("enrolled", "declined")


def test_two_who_change_groups_at_once(study: Study, programme: Programme, people: list[Person]):
    """Two groups of two, each with one free place: both move, neither waits for the other for ever."""
    one, other = (
        open_cohort(by=None, study=study, programme=programme, name=name, capacity=2) for name in ("A", "B")
    )
    first = Enrolment.objects.create(cohort=one, person=people[0], state="enrolled")
    second = Enrolment.objects.create(cohort=other, person=people[1], state="enrolled")

    def moving(place: Enrolment, to: Cohort) -> Ask:
        def move() -> HttpResponse:
            move_enrolment(by=None, enrolment=place, to=to)
            return HttpResponse()

        return move

    assert all_at_once([moving(first, other), moving(second, one)]) == [200, 200]
    assert (places_taken(one), places_taken(other)) == (1, 1)
