from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from alongside.accounts.models import Study
from alongside.people.actions import end_relationship
from alongside.people.models import ConsentEvent, Person, WorkingRelationship
from alongside.training.actions import answer_offer, lapse_offers, lines, offer_pair, offer_place, open_cohort
from alongside.training.models import Cohort, Enrolment, OfferBundle, Programme, Session
from alongside.training.queries import is_over, places_taken


def make_late() -> None:
    OfferBundle.objects.update(
        made=timezone.now() - timedelta(days=9), expires=timezone.now() - timedelta(minutes=1)
    )


def states() -> dict[str, str]:
    return dict(Enrolment.objects.values_list("person__name", "state"))


def test_an_offer_that_nobody_answered_is_off_the_list(group: Cohort, rowan: Person):
    """Not before its time; then once, and a second time nothing."""
    offer_place(by=None, cohort=group, person=rowan)
    assert lapse_offers().offers == 0
    make_late()
    assert lapse_offers().offers == 1
    assert lapse_offers().offers == 0
    assert states() == {"Rowan": "lapsed"}
    assert places_taken(group) == 0


def test_of_a_pair_the_one_who_said_yes_may_come_alone(
    group: Cohort, rowan: Person, rowan_and_alison: WorkingRelationship
):
    """The other one's silence is told as that two places could not be made."""
    offer_pair(by=None, cohort=group, relationship=rowan_and_alison)
    answer_offer(by=rowan, enrolment=Enrolment.objects.get(person=rowan), accepts=True)
    make_late()
    assert lapse_offers().offers == 1
    assert states() == {"Rowan": "apart", "Alison": "lapsed"}
    assert not Enrolment.objects.exclude(pair=None).exists()


def test_what_comes_free_is_offered_to_the_next_where_the_group_has_it_so(
    group: Cohort, rowan: Person, waits: Callable[..., Enrolment]
):
    """By itself, as many as there is room for; without the setting somebody offers it."""
    waits("Zoe")
    offer_place(by=None, cohort=group, person=rowan)
    make_late()
    assert lapse_offers().offered == 0
    Cohort.objects.update(offers_follow=True)
    for name in ("Ada", "Bo", "Cy"):
        waits(name)
    told = lapse_offers()
    assert (told.offers, told.offered) == (0, 3)
    assert lapse_offers().offered == 0
    assert states() == {
        "Rowan": "lapsed",
        "Zoe": "offered",
        "Ada": "offered",
        "Bo": "offered",
        "Cy": "waiting",
    }


def test_a_group_in_which_something_is_wrong_holds_back_no_other(
    study: Study, programme: Programme, waits: Callable[..., Enrolment], group: Cohort, monkeypatch
):
    """It is left whole as it was, and named; the next group's free place is offered."""
    other = open_cohort(by=None, study=study, programme=programme, name="Another", capacity=1)
    Cohort.objects.update(offers_follow=True)
    for cohort in (group, other):
        waits(f"Ada of {cohort.name}", to=cohort)
    wrong = min(group, other, key=lambda each: each.pk)

    def breaks(cohort: Cohort) -> bool:
        if cohort == wrong:
            raise RuntimeError
        return is_over(cohort)

    monkeypatch.setattr(lines, "is_over", breaks)
    told = lapse_offers()
    assert (told.offered, told.failed) == (1, [str(wrong)])
    assert dict(Enrolment.objects.values_list("cohort", "state"))[wrong.pk] == "waiting"


def test_a_group_that_has_met_for_the_last_time_offers_nothing(
    group: Cohort, past_session: Session, waits: Callable[..., Enrolment]
):
    """However many wait."""
    Cohort.objects.update(offers_follow=True)
    waits("Zoe")
    assert lapse_offers().offered == 0


@pytest.mark.parametrize("decision", ["declined", "stopped", None])
def test_the_list_does_not_look_at_research(
    study: Study, group: Cohort, consent_texts, waits: Callable[..., Enrolment], decision: str | None
):
    """Who agreed to nothing, or stopped, is next all the same."""
    Cohort.objects.update(offers_follow=True)
    place = waits("Zoe")
    if decision:
        for text in consent_texts.values():
            ConsentEvent.objects.create(person=place.person, text=text, decision=decision)
    waits("Ada")
    Cohort.objects.update(capacity=1)
    lapse_offers()
    assert states() == {"Zoe": "offered", "Ada": "waiting"}


def test_two_who_no_longer_work_together_hold_up_nobody(
    group: Cohort, rowan_and_alison: WorkingRelationship, waits: Callable[..., Enrolment]
):
    """When it is their turn they learn what any two learn for whom there are no two places; the next is
    offered theirs, in this group and in every other."""
    for person in rowan_and_alison.halves:
        Enrolment.objects.create(cohort=group, person=person, state="waiting", pair=rowan_and_alison)
    waits("Zoe")
    end_relationship(by=None, relationship=rowan_and_alison, ended=timezone.localdate())
    assert lapse_offers().offered == 0
    assert set(states().values()) == {"waiting"}
    Cohort.objects.update(offers_follow=True)
    assert lapse_offers().offered == 1
    assert states() == {"Rowan": "apart", "Alison": "apart", "Zoe": "offered"}
    assert not Enrolment.objects.exclude(pair=None).exists()
