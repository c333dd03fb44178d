from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from alongside.accounts.models import Study, User
from alongside.people.models import Person, WorkingRelationship
from alongside.training.actions import offer_next
from alongside.training.models import Cohort, Enrolment, Quota


def url(study: Study, group: Cohort) -> str:
    return reverse("training:offer-next", args=[study.slug, group.pk])


def offered() -> list[str]:
    rows = Enrolment.objects.filter(state="offered").order_by("person__name")
    return list(rows.values_list("person__name", flat=True))


def test_the_first_in_line_is_offered_the_place(
    as_hannah: Client, study: Study, group: Cohort, waits: Callable[..., Enrolment]
):
    """In the order they asked in. Who asked and isn't on the list is not in line."""
    waits("Zoe")
    waits("Ada")
    waits("Bo", state="applied")
    assert as_hannah.post(url(study, group)).status_code == 302
    assert offered() == ["Zoe"]
    assert as_hannah.post(url(study, group)).status_code == 302
    refused = as_hannah.post(url(study, group))
    assert refused.status_code == 422
    assert "nobody on the waiting list for whom there is a free place" in refused.content.decode()
    assert offered() == ["Ada", "Zoe"]


def test_kept_places_are_offered_to_those_they_are_kept_for(group: Cohort, waits: Callable[..., Enrolment]):
    """Of three places one is kept for practitioners: the third goes to the first of them in line."""
    Quota.objects.create(cohort=group, standpoint="practitioner", places=1)
    for name in ("Ada", "Bo", "Cy"):
        waits(name, "uses_services")
    waits("Dee", "practitioner")
    for _ in range(3):
        offer_next(by=None, cohort=group)
    assert offered() == ["Ada", "Bo", "Dee"]
    with pytest.raises(ValidationError, match="nobody on the waiting list"):
        offer_next(by=None, cohort=group)


def test_a_pair_gets_two_places_or_none(
    group: Cohort, rowan: Person, alison: Person, rowan_and_alison: WorkingRelationship, waits
):
    """With one place free the pair at the front is passed over, and keeps its place in line."""
    for person in (rowan, alison):
        Enrolment.objects.create(cohort=group, person=person, state="waiting", pair=rowan_and_alison)
    Enrolment.objects.update(asked="2026-01-01T10:00Z")
    waits("Zoe")
    for name in ("Ada", "Bo"):
        waits(name, state="enrolled")
    offer_next(by=None, cohort=group)
    assert offered() == ["Zoe"]
    Enrolment.objects.exclude(pair=rowan_and_alison).delete()
    bundle = offer_next(by=None, cohort=group)
    assert offered() == ["Alison", "Rowan"]
    assert bundle.enrolments.count() == 2


def test_a_half_waits_for_the_other(
    group: Cohort, rowan: Person, rowan_and_alison: WorkingRelationship, waits: Callable[..., Enrolment]
):
    """Who waits for someone's answer is offered nothing yet; the next is."""
    Enrolment.objects.create(cohort=group, person=rowan, state="waiting", pair=rowan_and_alison)
    Enrolment.objects.update(asked="2026-01-01T10:00Z")
    waits("Zoe")
    offer_next(by=None, cohort=group)
    assert offered() == ["Zoe"]


def test_who_works_with_somebody_here_does_not_work_the_list(
    as_priya: Client, priya: User, study: Study, group: Cohort, wren: Person, waits: Callable[..., Enrolment]
):
    """Whoever is passed over would tell. She is told the same whether Wren waits or not."""
    waits("Zoe")
    first = as_priya.post(url(study, group))
    Enrolment.objects.create(cohort=group, person=wren, state="waiting")
    second = as_priya.post(url(study, group))
    assert (first.status_code, second.status_code) == (422, 422)
    assert "You work with somebody in this study" in second.content.decode()
    assert offered() == []
