"""Two records of one person who both asked, or were given, something in the same group."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from alongside.accounts.models import User
from alongside.people.actions import add_person, record_relationship
from alongside.people.models import Person
from alongside.stewardship.merging import merge_people, undo_merge
from alongside.training.actions import enrol_person, offer_pair, offer_place
from alongside.training.models import Cohort, Enrolment
from alongside.training.queries import learners, places_taken


def row(group: Cohort, person: Person, state: str) -> Enrolment:
    return Enrolment.objects.create(cohort=group, person=person, state=state)


@pytest.mark.parametrize(
    ("stays", "goes"),
    [("left", "enrolled"), ("waiting", "enrolled"), ("declined", "waiting"), ("left", "offered")],
)
def test_the_record_that_says_more_has_to_stay(
    stays: str, goes: str, group: Cohort, rowan: Person, twice: Person, hannah: User
):
    """Else a place, an offer or a place in line would be nobody's; the other way round they are one."""
    row(group, rowan, stays)
    if goes == "offered":
        offer_place(by=None, cohort=group, person=twice)
    else:
        row(group, twice, goes)
    with pytest.raises(ValidationError, match="says more than the one that stays"):
        merge_people(by=hannah, kept=rowan, merged=twice)
    rowan.refresh_from_db()
    assert rowan.merged_into is None
    held = places_taken(group)
    merge_people(by=hannah, kept=twice, merged=rowan)
    assert places_taken(group) == held
    assert Enrolment.objects.get(person=twice).state == goes


def test_the_other_half_of_a_pair_is_not_left_waiting(
    group: Cohort, rowan: Person, twice: Person, alison: Person, hannah: User
):
    """Whoever was offered two places together with a record that went would wait for nobody."""
    pair = record_relationship(by=None, one=twice, other=alison, started=date(2024, 5, 31))
    offer_pair(by=None, cohort=group, relationship=pair)
    row(group, rowan, "enrolled")
    with pytest.raises(ValidationError, match="settle it in the group first"):
        merge_people(by=hannah, kept=rowan, merged=twice)


def test_who_is_told_nothing_of_them_is_told_nothing_here(group: Cohort, wren: Person, priya: User):
    """Priya, who works with Wren, gets the same words whatever Wren's records hold."""
    second = add_person(by=None, study=group.study, name="Wren")
    for state in ("", "left", "enrolled"):
        if state:
            Enrolment.objects.update_or_create(cohort=group, person=second, defaults={"state": state})
        with pytest.raises(ValidationError, match="another coordinator"):
            merge_people(by=priya, kept=wren, merged=second)


def test_undoing_gives_no_place_twice(
    group: Cohort, rowan: Person, twice: Person, alison: Person, hannah: User
):
    """The place that came free was given away: that is said, and the two stay one till there is room."""
    Cohort.objects.update(capacity=2)
    group.refresh_from_db()
    for each in (rowan, twice):
        enrol_person(by=None, cohort=group, person=each)
    merge = merge_people(by=hannah, kept=rowan, merged=twice)
    enrol_person(by=None, cohort=group, person=alison)
    with pytest.raises(ValidationError, match="no room for both"):
        undo_merge(by=hannah, merge=merge)
    twice.refresh_from_db()
    assert (twice.merged_into, places_taken(group)) == (rowan, 2)
    Cohort.objects.update(capacity=3)
    undo_merge(by=hannah, merge=merge)
    assert set(learners(group)) == {rowan, twice, alison}
