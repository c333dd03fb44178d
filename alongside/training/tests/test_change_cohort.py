from datetime import date
from html import unescape

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from alongside.accounts.models import Study
from alongside.audit.models import Entry
from alongside.training.actions import add_place, add_term, change_cohort, offer_place, open_cohort
from alongside.training.models import Cohort, Enrolment, Place, Programme, Quota, Session
from tests.support.editing import filled


def url_of(study: Study, group: Cohort) -> str:
    return reverse("training:change-cohort", args=[study.slug, group.pk])


def test_everything_is_changed_on_one_page(as_hannah: Client, study: Study, group: Cohort):
    """Name, term, place, places, what is kept, the prospectus, and what completing takes."""
    term = add_term(by=None, study=study, name="Autumn", starts=date(2026, 9, 1), ends=date(2026, 12, 18))
    place = add_place(by=None, study=study, name="The Mill")
    typed = {
        **filled(as_hannah, url_of(study, group)),
        "name": "Group five",
        "term": term.pk,
        "place": place.pk,
        "capacity": 12,
        "kept_uses_services": 5,
        "listed": "on",
        "apply_until": "2026-12-01",
        "sessions_to_complete": 4,
        "stories_at_most": 1,
    }
    answer = as_hannah.post(url_of(study, group), typed)
    assert answer["Location"] == reverse("training:cohort", args=[study.slug, group.pk])
    group.refresh_from_db()
    assert (group.name, group.term, group.place, group.capacity) == ("Group five", term, place, 12)
    assert (group.listed, group.apply_until) == (True, date(2026, 12, 1))
    assert (group.sessions_to_complete, group.stories_at_most) == (4, 1)
    assert dict(group.quotas.values_list("standpoint", "places")) == {"uses_services": 5}
    told = Entry.objects.get(verb="change_cohort", object=str(group.pk)).fields
    assert {"capacity", "kept_uses_services", "place"} <= set(told)


def test_a_place_can_be_named_anew(as_hannah: Client, study: Study, group: Cohort):
    """A name that nobody has told of before is noted as a place."""
    typed = {**filled(as_hannah, url_of(study, group)), "place": "", "new_place": "The Mill"}
    as_hannah.post(url_of(study, group), typed)
    group.refresh_from_db()
    assert group.place == Place.objects.get(study=study, name="The Mill")


def test_a_place_and_a_new_one_are_refused(as_hannah: Client, study: Study, group: Cohort):
    """One of the two, and nothing is noted."""
    typed = {**filled(as_hannah, url_of(study, group)), "new_place": "The Mill"}
    answer = as_hannah.post(url_of(study, group), typed)
    assert answer.status_code == 422
    assert "Choose a place, or name a new one: not both." in answer.content.decode()
    assert Place.objects.count() == 1


def test_fewer_places_than_are_taken_is_refused(
    as_hannah: Client, study: Study, group: Cohort, rowan_enrolled, alison_enrolled
):
    """Nobody loses a place by it: the sentence stands beside the question, and nothing changes."""
    refused = as_hannah.post(url_of(study, group), {**filled(as_hannah, url_of(study, group)), "capacity": 1})
    assert refused.status_code == 422
    assert "2 places are taken or held, so the group can’t have fewer." in unescape(refused.content.decode())
    group.refresh_from_db()
    assert group.capacity == 3
    change_cohort(by=None, cohort=group, name=group.name, capacity=2)


def test_whoever_works_with_somebody_makes_no_group_smaller(
    as_priya: Client, study: Study, group: Cohort, wren, priya, rowan_enrolled, alison_enrolled
):
    """An offer to Wren is no number to Priya, and no place may be given twice: a colleague does it, whether
    or not there is an offer. To make it larger tells nothing."""
    smaller = "You work with somebody in this study, so a colleague makes a group smaller."
    for is_offered in (False, True):
        if is_offered:
            offer_place(by=None, cohort=group, person=wren)
        refused = as_priya.post(
            url_of(study, group), {**filled(as_priya, url_of(study, group)), "capacity": 2}
        )
        assert (refused.status_code, smaller in refused.content.decode()) == (422, True)
    typed = {**filled(as_priya, url_of(study, group)), "capacity": 4}
    assert as_priya.post(url_of(study, group), typed).status_code == 302
    assert Enrolment.objects.get(person=wren).offer_is_open


def test_more_kept_than_there_are_is_refused(group: Cohort):
    """Kept places fit into the group, also with those that this page doesn't ask about."""
    Quota.objects.create(cohort=group, standpoint="own_words", places=2)
    with pytest.raises(ValidationError, match="4 places are to be kept, and the group has 3"):
        change_cohort(by=None, cohort=group, name=group.name, capacity=3, quotas={"practitioner": 2})
    change_cohort(by=None, cohort=group, name=group.name, capacity=3, quotas={"practitioner": 1})
    assert dict(group.quotas.values_list("standpoint", "places")) == {"own_words": 2, "practitioner": 1}


def test_a_kept_place_is_let_go(group: Cohort):
    """None kept is no quota."""
    change_cohort(by=None, cohort=group, name=group.name, capacity=3, quotas={"practitioner": 1})
    change_cohort(by=None, cohort=group, name=group.name, capacity=3, quotas={"practitioner": 0})
    assert not group.quotas.exists()


def test_more_sessions_than_there_are_is_refused(group: Cohort, session: Session):
    """Nobody could complete the course."""
    with pytest.raises(ValidationError, match="The group has 1 session, so nobody could come to more"):
        change_cohort(by=None, cohort=group, name=group.name, capacity=3, sessions_to_complete=2)


def test_the_name_of_another_group_is_refused(group: Cohort, programme: Programme, study: Study):
    """Two groups of one study can't bear one name; a group may keep its own."""
    open_cohort(by=None, study=study, programme=programme, name="Group 6")
    with pytest.raises(ValidationError, match="“Group 6” already"):
        change_cohort(by=None, cohort=group, name="Group 6", capacity=3)
    change_cohort(by=None, cohort=group, name="Group 5", capacity=3)


def test_another_studys_term_or_place_is_refused(group: Cohort, other_study: Study):
    """A group is in a term and at a place of its own study."""
    term = add_term(by=None, study=other_study, name="T", starts=date(2026, 9, 1), ends=date(2026, 9, 1))
    with pytest.raises(ValidationError, match="another study"):
        change_cohort(by=None, cohort=group, name=group.name, capacity=3, term=term)
    with pytest.raises(ValidationError, match="another study"):
        change_cohort(
            by=None,
            cohort=group,
            name=group.name,
            capacity=3,
            place=add_place(by=None, study=other_study, name="P"),
        )


def test_a_facilitator_changes_no_group(as_carys: Client, study: Study, group: Cohort):
    """Planning is not a facilitator's: the page is not there for them."""
    assert as_carys.get(url_of(study, group)).status_code == 404


def test_a_group_opens_in_a_term_at_a_known_place(as_hannah: Client, study: Study, programme: Programme):
    """Both are chosen when it opens; its course by version."""
    term = add_term(by=None, study=study, name="Autumn", starts=date(2026, 9, 1), ends=date(2026, 12, 18))
    place = add_place(by=None, study=study, name="The Mill")
    url = reverse("training:open-cohort", args=[study.slug])
    assert "Working alongside, version 1" in as_hannah.get(url).content.decode()
    typed = {"programme": programme.pk, "name": "Group 6", "time_zone": "Europe/London", "capacity": 12}
    as_hannah.post(url, {**typed, "term": term.pk, "place": place.pk})
    made = Cohort.objects.get()
    assert (made.term, made.place) == (term, place)


def test_opening_reads_as_many_queries_for_many_places(
    as_hannah: Client, study: Study, programme: Programme, django_assert_max_num_queries
):
    """The choices of the form are read at once."""
    url = reverse("training:open-cohort", args=[study.slug])
    with django_assert_max_num_queries(30) as few:
        as_hannah.get(url)
    for number in range(20):
        add_place(by=None, study=study, name=f"Place {number}")
    with django_assert_max_num_queries(len(few) + 1):
        as_hannah.get(url)
