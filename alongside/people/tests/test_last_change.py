import pytest

from alongside.accounts.models import User
from alongside.audit.actions import record
from alongside.audit.queries import last_change
from alongside.people.actions import change_person
from alongside.people.models import Person


def test_the_newest_that_names_the_field_is_told(rowan: Person, hannah: User, josef: User):
    """Whoever did something else since, such as reading who they are, is not."""
    change_person(by=hannah, person=rowan, name="Ro", language="en", format=rowan.format, time_zone="UTC")
    record(by=josef, verb="read_identity", on=rowan, fields=["code"])
    assert last_change(rowan, "name").actor == hannah.pk


def test_of_a_field_that_no_entry_names_nothing_is_told(rowan: Person, josef: User):
    """That somebody read who they are would tell that they take part."""
    record(by=josef, verb="read_identity", on=rowan, fields=["code"])
    assert last_change(rowan, "what_no_entry_names") is None


@pytest.mark.parametrize("field", ["", "clauses"])
def test_an_entry_that_names_no_field_is_of_the_whole(field: str, rowan: Person, hannah: User):
    """It is told for any field, and the newest of all where a thing is changed as a whole."""
    record(by=hannah, verb="change", on=rowan)
    assert last_change(rowan, field).actor == hannah.pk
