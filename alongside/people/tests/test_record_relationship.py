from datetime import date

from django.test import Client

from alongside.people.models import Person, WorkingRelationship

PAGE = "/s/six-months-on/people/relationships/record/"


def asked(one: Person, other: Person, started: str = "2022-05-01") -> dict[str, str]:
    return {"one": str(one.pk), "other": str(other.pk), "started": started}


def test_two_people_are_recorded_in_either_order(as_hannah: Client, rowan: Person, alison: Person):
    """The pair is unordered, and confirmed by nobody yet."""
    assert as_hannah.post(PAGE, asked(alison, rowan)).status_code == 302
    pair = WorkingRelationship.objects.get()
    assert set(pair.halves) == {rowan, alison}
    assert pair.started == date(2022, 5, 1)
    assert not pair.confirmed_by(rowan)


def test_the_same_person_twice_is_refused(as_hannah: Client, rowan: Person):
    """Nobody works with themselves."""
    answer = as_hannah.post(PAGE, asked(rowan, rowan))
    assert answer.status_code == 422
    assert "these are the same person" in answer.content.decode()


def test_a_pair_on_record_is_refused(
    as_hannah: Client, rowan: Person, alison: Person, rowan_and_alison: WorkingRelationship
):
    """One open relationship a pair, said in a sentence."""
    answer = as_hannah.post(PAGE, asked(alison, rowan))
    assert answer.status_code == 422
    assert "on record already" in answer.content.decode()
    assert WorkingRelationship.objects.count() == 1


def test_people_of_another_study_cannot_be_chosen(as_hannah: Client, rowan: Person, other_study):
    """The form offers this study's people alone."""
    elsewhere = Person.objects.create(study=other_study, name="Evangeline")
    assert as_hannah.post(PAGE, asked(rowan, elsewhere)).status_code == 422
    assert "Evangeline" not in as_hannah.get(PAGE).content.decode()


def test_who_may_not_keep_people_finds_nothing(as_sunita: Client, rowan: Person, alison: Person):
    """A data steward sees relationships and records none."""
    assert as_sunita.post(PAGE, asked(rowan, alison)).status_code == 404
    assert not WorkingRelationship.objects.exists()
