from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from alongside.accounts.models import Study
from alongside.people.models import Person
from alongside.training.models import Cohort, Enrolment


def url(study: Study, place: Enrolment) -> str:
    return reverse("training:put-on-list", args=[study.slug, place.pk])


def test_who_asked_waits_since_they_asked(as_hannah: Client, study: Study, waits: Callable[..., Enrolment]):
    """And is told so once: a second time changes nothing."""
    place = waits("Ada", state="applied")
    assert as_hannah.post(url(study, place)).status_code == 302
    now = Enrolment.objects.get()
    assert (now.state, now.asked) == ("waiting", place.asked)
    again = as_hannah.post(url(study, place))
    assert again.status_code == 422
    assert "Ada is on the waiting list already" in again.content.decode()


def test_who_said_no_stands_behind_those_who_wait(
    as_hannah: Client, study: Study, waits: Callable[..., Enrolment]
):
    """Somebody who let an offer run out waits again, since now."""
    place = waits("Ada", state="lapsed")
    first = waits("Bo")
    assert as_hannah.post(url(study, place)).status_code == 302
    assert Enrolment.objects.get(pk=place.pk).asked > first.asked


def test_nobody_puts_someone_they_work_with_on_the_list(
    as_priya: Client, study: Study, group: Cohort, wren: Person
):
    """To Priya it isn't there that Wren asked."""
    place = Enrolment.objects.create(cohort=group, person=wren, state="applied")
    assert as_priya.post(url(study, place)).status_code == 404
