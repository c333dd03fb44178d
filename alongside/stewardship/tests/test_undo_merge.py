from datetime import date

import pytest
from django.test import Client

from alongside.accounts.models import Study, User
from alongside.people.actions import (
    add_person,
    describe_standpoint,
    end_relationship,
    link_user,
    make_link,
    record_relationship,
)
from alongside.people.models import ContactPoint, Person, WorkingRelationship
from alongside.stewardship.merging import merge_people, undo_merge
from alongside.stewardship.models import Merge
from alongside.stewardship.tests.conftest import everything


def test_undoing_puts_every_row_back(
    as_hannah: Client, hannah: User, rowan: Person, twice: Person, alison: Person, study: Study
):
    """As if it had never been, row for row."""
    describe_standpoint(by=None, person=twice, kind="carer")
    record_relationship(by=None, one=twice, other=alison, started=date(2024, 5, 31))
    make_link(by=None, person=twice, purpose="my_page")
    link_user(by=None, person=twice, user=hannah)
    before = everything()
    phone = twice.contact_points.get(kind="phone")
    merge_people(by=None, kept=rowan, merged=twice, name="Rowan Ellis", preferred=phone)
    assert everything() != before
    undo_merge(by=None, merge=Merge.objects.get())
    assert everything() == before


def test_undoing_leaves_what_was_changed_since(
    as_hannah: Client, hannah: User, rowan: Person, twice: Person, alison: Person
):
    """What was taken out or renamed meanwhile is left as it is, and told; the rest goes back."""
    pair = record_relationship(by=None, one=twice, other=alison, started=date(2024, 5, 31))
    merge = merge_people(by=hannah, kept=rowan, merged=twice, name="Rowan Ellis")
    ContactPoint.objects.get(value="01632 960 144").delete()
    Person.objects.filter(pk=rowan.pk).update(name="Ro")
    end_relationship(by=hannah, relationship=WorkingRelationship.objects.get(), ended=date(2026, 1, 1))
    answer = as_hannah.post(f"/s/six-months-on/stewardship/merges/{merge.pk}/undo/", follow=True)
    text = answer.content.decode()
    assert "Ways to reach them: 1 was changed or taken out since" in text
    assert "The name was changed since" in text
    twice.refresh_from_db()
    assert twice.merged_into is None
    assert twice.contact_points.get().value == "r.ellis@example.org"
    pair.refresh_from_db()
    assert twice in pair.halves
    assert pair.ended == date(2026, 1, 1)


def test_it_is_undone_once(hannah: User, as_hannah: Client, rowan: Person, twice: Person):
    """The second time there is nothing to undo."""
    merge = merge_people(by=hannah, kept=rowan, merged=twice)
    address = f"/s/six-months-on/stewardship/merges/{merge.pk}/undo/"
    assert as_hannah.post(address).status_code == 302
    assert as_hannah.post(address).status_code == 404


def test_a_chain_of_merges_leads_to_the_one_that_stays(
    hannah: User, rowan: Person, twice: Person, study: Study
):
    """A third record takes both; the earlier merge can be undone only after the later."""
    third = add_person(by=None, study=study, name="Ro Ellis")
    first = merge_people(by=hannah, kept=twice, merged=third)
    later = merge_people(by=hannah, kept=rowan, merged=twice)
    third.refresh_from_db()
    assert third.merged_into == rowan
    with pytest.raises(Exception, match="Undo that first"):
        undo_merge(by=hannah, merge=first)
    undo_merge(by=hannah, merge=later)
    undo_merge(by=hannah, merge=first)
    third.refresh_from_db()
    assert third.merged_into is None
