import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from alongside.accounts.models import Study, User
from alongside.people.actions import (
    add_contact,
    add_person,
    change_contact,
    describe_standpoint,
    make_link,
    prefer_contact,
    record_adjustment,
    record_relationship,
)
from alongside.people.models import AccessGrant, Person
from alongside.training.actions import (
    answer_offer,
    enrol_person,
    leave_cohort,
    offer_pair,
    open_cohort,
    put_back,
    take_up,
    turn_down_application,
)
from alongside.training.models import Application, Cohort, Enrolment, Programme


@pytest.fixture
def dilys(group: Cohort) -> Application:
    return Application.objects.create(cohort=group, name="Dilys", email="dilys@example.org", needs="Breaks")


@pytest.fixture
def sam(study: Study) -> Person:
    """Somebody on record whom nobody can reach."""
    return add_person(by=None, study=study, name="Sam", standpoints=["practitioner"])


def on_record(person: Person) -> tuple[object, ...]:
    """All that taking somebody up can add to."""
    person = Person.objects.get(pk=person.pk)
    return (
        person.user,
        list(person.contact_points.order_by("pk").values_list("kind", "value", "preferred")),
        list(person.standpoints.order_by("pk").values_list("kind", "words", "ended")),
        list(person.adjustments.order_by("pk").values_list("need", "share_with")),
        list(person.enrolments.values("state", "since", "asked", "why", "pair", "parted", "moved_to")),
    )


def test_a_taking_up_is_taken_back_whole(as_hannah: Client, study: Study, dilys: Application):
    """The new person goes with what was made for them, and the asking waits again."""
    take_up(by=None, application=dilys)
    url = reverse("training:put-back", args=[study.slug, dilys.pk])
    assert as_hannah.post(url).status_code == 302
    dilys.refresh_from_db()
    assert (dilys.state, dilys.person) == ("open", None)
    assert not Person.objects.filter(name="Dilys").exists()
    assert not Enrolment.objects.exists()
    assert as_hannah.post(url).status_code == 422


def test_a_person_on_record_stays(dilys: Application, rowan: Person):
    """Taken up as somebody known, only the asking for a place is taken back."""
    take_up(by=None, application=dilys, person=rowan)
    put_back(by=None, application=dilys)
    assert Person.objects.filter(pk=rowan.pk).exists()
    assert not Enrolment.objects.exists()


def test_what_was_decided_since_stands(dilys: Application, group: Cohort):
    """Once there is a place, taking up can't be undone; nothing is changed."""
    person = take_up(by=None, application=dilys).person
    assert person is not None
    enrol_person(by=None, cohort=group, person=person)
    with pytest.raises(ValidationError, match="Something was decided about Dilys"):
        put_back(by=None, application=dilys)
    assert Enrolment.objects.get().state == "enrolled"
    dilys.refresh_from_db()
    assert dilys.state == "taken_up"


def test_what_was_added_since_is_not_lost(dilys: Application, rowan: Person):
    """Someone who works with others by now is not taken back."""
    person = take_up(by=None, application=dilys).person
    assert person is not None
    record_adjustment(by=None, person=person, need="Large print")
    record_relationship(by=None, one=person, other=rowan, started=person.added.date())
    with pytest.raises(ValidationError, match="Something was added about Dilys"):
        put_back(by=None, application=dilys)
    assert Person.objects.filter(name="Dilys").exists()


@pytest.mark.parametrize("what", ["place", "standpoint", "contact", "need"])
def test_what_looks_like_what_was_made_is_not_lost(
    what: str, dilys: Application, study: Study, programme: Programme
):
    """A place in another group, and whatever else was noted since, stands; and so does the taking up."""
    person = take_up(by=None, application=dilys).person
    assert person is not None
    if what == "place":
        other = open_cohort(by=None, study=study, programme=programme, name="Group 6", capacity=3)
        enrol_person(by=None, cohort=other, person=person)
    elif what == "standpoint":
        describe_standpoint(by=None, person=person, kind="carer")
    elif what == "contact":
        add_contact(by=None, person=person, kind="phone", value="01632 960333")
    else:
        record_adjustment(by=None, person=person, need="Large print")
    with pytest.raises(ValidationError, match="Something was added about Dilys"):
        put_back(by=None, application=dilys)
    dilys.refresh_from_db()
    assert (dilys.state, dilys.person) == ("taken_up", person)
    assert person.enrolments.filter(cohort=dilys.cohort, state="applied").exists()


def test_that_two_were_parted_stands_again(
    dilys: Application, group: Cohort, rowan: Person, alison: Person, rowan_and_alison
):
    """Else those who work with Rowan would see beside Alison what came of his no."""
    offer_pair(by=None, cohort=group, relationship=rowan_and_alison)
    answer_offer(by=rowan, enrolment=Enrolment.objects.get(person=rowan), accepts=False)
    before = on_record(alison)
    assert Enrolment.objects.get(person=alison).parted is not None
    take_up(by=None, application=dilys, person=alison)
    put_back(by=None, application=dilys)
    assert on_record(alison) == before


def test_a_no_is_taken_back(as_hannah: Client, study: Study, dilys: Application):
    """What was turned down by mistake waits again, without its reason."""
    turn_down_application(by=None, application=dilys, why="full")
    assert as_hannah.post(reverse("training:put-back", args=[study.slug, dilys.pk])).status_code == 302
    dilys.refresh_from_db()
    assert (dilys.state, dilys.why) == ("open", "")


def test_nothing_of_a_stranger_stays_with_somebody_on_record(
    as_hannah: Client, study: Study, group: Cohort, sam: Person
):
    """Dilys was taken up as Sam by mistake: how to reach her, what she said and needs leave Sam again."""
    before = on_record(sam)
    asked = {"email": "dilys@example.org", "phone": "01632 960222", "needs": "Breaks"}
    dilys = Application.objects.create(
        cohort=group, name="Dilys", standpoints=["carer", "practitioner"], own_words="A gardener", **asked
    )
    as_hannah.post(
        reverse("training:take-up", args=[study.slug, dilys.pk]), {"who": "another", "another": sam.pk}
    )
    assert on_record(sam)[1:4] == (
        [("email", "dilys@example.org", True), ("phone", "01632 960222", False)],
        [("practitioner", "", None), ("carer", "", None), ("own_words", "A gardener", None)],
        [("Breaks", "sessions")],
    )
    assert as_hannah.post(reverse("training:put-back", args=[study.slug, dilys.pk])).status_code == 302
    assert on_record(sam) == before


def test_a_link_that_may_have_gone_to_a_stranger_ends(dilys: Application, sam: Person):
    """One made while the address was on record opens nothing more; an older one goes on working."""
    make_link(by=None, person=sam, purpose=AccessGrant.MY_PAGE)
    take_up(by=None, application=dilys, person=sam)
    make_link(by=None, person=sam, purpose=AccessGrant.MY_PAGE)
    put_back(by=None, application=dilys)
    older, newer = AccessGrant.objects.filter(person=sam).order_by("made")
    assert (older.is_live, newer.is_live) == (True, False)


def test_the_account_of_a_member_leaves_with_the_address(group: Cohort, sam: Person, carys: User):
    """Carys asked with the address she signs in with, and was taken for Sam: Sam has no account after it."""
    before = on_record(sam)
    hers = Application.objects.create(cohort=group, name="Carys", email=carys.email)
    take_up(by=None, application=hers, person=sam)
    assert on_record(sam)[0] == carys
    put_back(by=None, application=hers)
    assert on_record(sam) == before


def test_somebody_new_with_the_address_of_a_member_goes_whole(group: Cohort, carys: User):
    """That taking up knew the account is nothing added since."""
    hers = Application.objects.create(cohort=group, name="Carys", email=carys.email)
    take_up(by=None, application=hers)
    put_back(by=None, application=hers)
    assert not Person.objects.filter(user=carys).exists()


def test_what_the_person_wrote_since_stays_theirs(dilys: Application, sam: Person):
    """An address put right in place of the stranger's is not the stranger's."""
    take_up(by=None, application=dilys, person=sam)
    point = sam.contact_points.get()
    change_contact(by=None, point=point, kind="email", value="sam@example.org")
    put_back(by=None, application=dilys)
    assert on_record(sam)[1] == [("email", "sam@example.org", True)]


def test_they_are_reached_as_before(dilys: Application, sam: Person):
    """The stranger's address was made the preferred one since: the way they chose before is again."""
    add_contact(by=None, person=sam, kind="phone", value="01632 960333", preferred=True)
    sam = Person.objects.get(pk=sam.pk)
    take_up(by=None, application=dilys, person=sam)
    prefer_contact(by=None, point=sam.contact_points.get(kind="email"))
    put_back(by=None, application=dilys)
    assert on_record(sam)[1] == [("phone", "01632 960333", True)]


@pytest.mark.parametrize("state", ["left", "declined", "apart", "lapsed"])
def test_an_answer_of_before_stands_again(dilys: Application, group: Cohort, sam: Person, state: str):
    """Who had left or said no before has done so still."""
    Enrolment.objects.create(cohort=group, person=sam, state=state)
    before = on_record(sam)
    take_up(by=None, application=dilys, person=sam)
    assert Enrolment.objects.get().state == "applied"
    put_back(by=None, application=dilys)
    assert on_record(sam) == before


def test_an_answer_of_before_is_not_put_over_a_new_one(dilys: Application, group: Cohort, sam: Person):
    """Sam had left, was taken up and left again: that stands, and nothing is undone."""
    Enrolment.objects.create(cohort=group, person=sam, state="left")
    take_up(by=None, application=dilys, person=sam)
    leave_cohort(by=sam, enrolment=Enrolment.objects.get())
    with pytest.raises(ValidationError, match="Something was decided about Sam"):
        put_back(by=None, application=dilys)
    assert sam.contact_points.exists()
