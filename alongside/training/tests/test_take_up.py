from datetime import timedelta

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alongside.accounts.models import Study, User
from alongside.audit.models import Entry
from alongside.people.models import Person, WorkingRelationship
from alongside.training.actions import offer_place, take_up
from alongside.training.models import Application, Cohort, Enrolment, OfferBundle, Reply


def url(study: Study, application: Application) -> str:
    return reverse("training:take-up", args=[study.slug, application.pk])


def dilys(group: Cohort, **given: object) -> Application:
    asked = {"email": "dilys@example.org", "phone": "01632 960222", "rather": "phone", **given}
    return Application.objects.create(cohort=group, name="Dilys", **asked)


def test_somebody_new_becomes_a_person_who_asks(as_hannah: Client, study: Study, group: Cohort):
    """With all they wrote: how to reach them, how they describe themselves, what they need and answered."""
    application = dilys(group, needs="A seat by the door", standpoints=["carer"], own_words="A gardener")
    Reply.objects.create(cohort=group, application=application, number=1, asked="Why?", kind="words")
    answer = as_hannah.post(url(study, application), {"who": "new"})
    assert answer.headers["Location"] == reverse("training:enrol", args=[study.slug, group.pk])
    person = Person.objects.get(name="Dilys")
    place = person.enrolments.get()
    assert (place.state, place.asked) == ("applied", application.at)
    assert person.preferred_contact is not None
    assert person.preferred_contact.value == "01632 960222"
    assert {str(each) for each in person.standpoints.all()} == {"Carer, family or friend", "A gardener"}
    assert person.adjustments.get().share_with == "sessions"
    assert person.replies.get().asked == "Why?"
    application.refresh_from_db()
    assert (application.state, application.person) == ("taken_up", person)
    assert Entry.objects.get(verb="take_up").fields == ["state"]


def test_whoever_is_known_is_shown_beside_and_is_taken_for_nobody_unasked(
    as_hannah: Client, study: Study, group: Cohort, rowan: Person
):
    """The same address shows who it may be; only a coordinator says that it is them."""
    application = dilys(group, email="Rowan@example.org")
    page = as_hannah.get(reverse("training:application", args=[study.slug, application.pk])).content.decode()
    assert "the same e-mail" in page
    assert as_hannah.post(url(study, application), {}).status_code == 422
    assert as_hannah.post(url(study, application), {"who": str(rowan.pk)}).status_code == 302
    assert Enrolment.objects.get(person=rowan).state == "applied"
    assert not Person.objects.filter(name="Dilys").exists()
    assert "01632 960222" in {point.value for point in rowan.contact_points.all()}


def test_somebody_else_on_record_can_be_chosen(
    as_hannah: Client, study: Study, group: Cohort, alison: Person
):
    """Who it is stands on record under other words; that nobody was chosen is said in a sentence."""
    application = dilys(group)
    refused = as_hannah.post(url(study, application), {"who": "another"})
    assert refused.status_code == 422
    assert "Choose the person it is" in refused.content.decode()
    assert (
        as_hannah.post(url(study, application), {"who": "another", "another": alison.pk}).status_code == 302
    )
    assert Enrolment.objects.get(person=alison).state == "applied"


def test_nobody_is_taken_up_as_someone_one_works_with(
    as_priya: Client, study: Study, group: Cohort, wren: Person
):
    """Priya can't say that it was Wren: that person isn't among those she can choose."""
    application = dilys(group)
    assert as_priya.post(url(study, application), {"who": "another", "another": wren.pk}).status_code == 422
    assert as_priya.post(url(study, application), {"who": str(wren.pk)}).status_code == 422
    assert not Enrolment.objects.exists()


def test_who_has_asked_before_keeps_the_place_in_line(group: Cohort, rowan: Person):
    """A second asking of somebody who waits changes nothing about their place."""
    place = Enrolment.objects.create(cohort=group, person=rowan, state="waiting")
    application = take_up(by=None, application=dilys(group), person=rowan)
    before = place.asked
    place.refresh_from_db()
    assert (place.state, place.asked, application.state) == ("waiting", before, "taken_up")


def test_it_is_taken_up_once(as_hannah: Client, study: Study, group: Cohort):
    """The second click is told so, and makes nobody."""
    application = dilys(group)
    as_hannah.post(url(study, application), {"who": "new"})
    again = as_hannah.post(url(study, application), {"who": "new"})
    assert again.status_code == 422
    assert "answered already" in again.content.decode()
    assert Person.objects.filter(name="Dilys").count() == 1


def test_two_who_come_together_wait_as_one(as_hannah: Client, study: Study, group: Cohort):
    """Once both are taken up they are on record as working together, and stand since the first asked."""
    half = Application.objects.create(cohort=group, name="Owen", phone="01632 960111", state="open")
    application = dilys(group, half=half)
    assert as_hannah.post(url(study, application), {"who": "new"}).status_code == 302
    assert not WorkingRelationship.objects.exists()
    assert as_hannah.post(url(study, half), {"who": "new"}).status_code == 302
    pair = WorkingRelationship.objects.get()
    places = Enrolment.objects.all()
    assert {(place.pair, place.asked, place.state) for place in places} == {(pair, application.at, "applied")}


def test_a_pair_waits_for_the_others_answer(as_hannah: Client, study: Study, group: Cohort):
    """While the other half has not said yes, neither is taken up."""
    half = Application.objects.create(cohort=group, name="Owen", phone="01632 960111", state="named")
    answer = as_hannah.post(url(study, dilys(group, half=half)), {"who": "new"})
    assert answer.status_code == 422
    assert "The other of the two has not answered yet" in answer.content.decode()


def test_nobody_is_a_pair_with_themselves(as_hannah: Client, study: Study, group: Cohort, rowan: Person):
    """Both halves taken for one person is refused, and the second stays as it was."""
    half = Application.objects.create(cohort=group, name="Ro", email="rowan@example.org", state="open")
    application = dilys(group, email="rowan@example.org", half=half)
    as_hannah.post(url(study, application), {"who": str(rowan.pk)})
    answer = as_hannah.post(url(study, half), {"who": str(rowan.pk)})
    assert answer.status_code == 422
    assert "Both of the two would be Rowan" in answer.content.decode()
    half.refresh_from_db()
    assert half.state == "open"


def test_asking_does_not_look_at_research(group: Cohort, rowan: Person, hannah: User):
    """Somebody who agreed to nothing has asked for a place like anyone."""
    rowan.consent_events.all().delete()
    assert take_up(by=hannah, application=dilys(group), person=rowan).state == "taken_up"
    assert Enrolment.objects.get(person=rowan).state == "applied"


def test_whoever_let_an_offer_run_out_asks_anew(group: Cohort, rowan: Person):
    """Also before it was noted that it ran out: that they asked again is not lost."""
    offer_place(by=None, cohort=group, person=rowan)
    long_ago = timezone.now() - timedelta(days=9)
    OfferBundle.objects.update(made=long_ago, expires=long_ago + timedelta(days=7))
    application = take_up(by=None, application=dilys(group), person=rowan)
    place = Enrolment.objects.get(person=rowan)
    assert (place.state, place.asked) == ("applied", application.at)


def test_whom_somebody_asked_to_come_with_before_is_not_left_waiting(
    study: Study, group: Cohort, rowan: Person, rowan_and_alison: WorkingRelationship
):
    """Rowan waited for two places with Alison, and now asks with Owen: Alison may come alone."""
    for person in rowan_and_alison.halves:
        Enrolment.objects.create(cohort=group, person=person, state="waiting", pair=rowan_and_alison)
    half = Application.objects.create(cohort=group, name="Owen", phone="01632 960111", state="open")
    take_up(by=None, application=dilys(group, half=half), person=rowan)
    take_up(by=None, application=half)
    assert dict(Enrolment.objects.values_list("person__name", "state")) == {
        "Rowan": "waiting",
        "Owen": "applied",
        "Alison": "apart",
    }
