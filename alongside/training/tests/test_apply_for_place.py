from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alongside.accounts.models import Study, User
from alongside.audit.models import Entry
from alongside.people.models import Person
from alongside.training.models import Application, Cohort, Prospectus, Question


def address(group: Cohort) -> str:
    return reverse("training:apply", args=[group.study.slug, group.pk])


def asked(**changed: object) -> dict[str, object]:
    """What a browser sends of the form, filled in by somebody called Dilys."""
    return {"id": uuid4(), "name": "Dilys", "email": "dilys@example.org", "who": "alone", **changed}


def pair(**changed: object) -> dict[str, object]:
    return asked(who="pair", half_name="Owen", half_phone="01632 960111", **changed)


def test_somebody_asks_without_an_account(client: Client, listed: Cohort):
    """What they wrote is kept as an application; nobody becomes a person of the study by it."""
    page = client.get(address(listed))
    assert "This has nothing to do with research" in page.content.decode()
    people = Person.objects.count()
    sent = asked(needs="A seat by the door", standpoints=["uses_services", "carer"], own_words="A gardener")
    answer = client.post(address(listed), sent)
    assert answer.headers["Location"] == reverse("training:applied", args=[listed.study.slug, listed.pk])
    assert "has arrived" in client.get(answer.headers["Location"]).content.decode()
    application = Application.objects.get()
    assert (application.name, application.state, application.needs) == ("Dilys", "open", "A seat by the door")
    assert application.standpoints == ["uses_services", "carer"]
    assert Person.objects.count() == people
    entry = Entry.objects.get(verb="apply_for_place")
    assert (entry.actor_kind, entry.fields) == ("software", ["name"])


def test_sent_twice_it_is_one(client: Client, listed: Cohort):
    """A double click sends the same id; the answer is the same both times."""
    sent = asked()
    answers = {client.post(address(listed), sent).headers["Location"] for _ in range(2)}
    assert len(answers) == 1
    assert Application.objects.count() == 1


def test_asking_again_looks_the_same_and_loses_nothing(client: Client, listed: Cohort):
    """Nobody learns from the answer whether an address asked before; the team sees both."""
    first = client.post(address(listed), asked())
    again = client.post(address(listed), asked(needs="Breaks"))
    assert (first.status_code, first.headers["Location"]) == (again.status_code, again.headers["Location"])
    assert sorted(Application.objects.values_list("needs", flat=True)) == ["", "Breaks"]


def test_a_machine_is_thanked_and_nothing_is_kept(client: Client, listed: Cohort):
    """Whoever fills in the field that nobody sees gets the same answer as anyone."""
    answer = client.post(address(listed), asked(website="http://spam.example"))
    assert answer.headers["Location"] == reverse("training:applied", args=[listed.study.slug, listed.pk])
    assert not Application.objects.exists()


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"name": ""}, "This field is required"),
        ({"email": ""}, "Give an e-mail address or a phone number"),
        ({"email": "dilys"}, "Enter a valid email address"),
        ({"phone": "12"}, "“12” is too short for a phone number"),
        ({"rather": "phone"}, "You would rather be reached this way"),
        ({"who": "pair"}, "Write the name of the person you want to come with"),
        ({"who": "pair", "half_name": "Owen"}, "Write how we reach them"),
        (
            {"who": "pair", "half_name": "Me", "half_email": "DILYS@example.org"},
            "This is how we reach you",
        ),
        ({"id": "one"}, "Enter a valid UUID"),
    ],
)
def test_what_is_missing_gets_one_sentence(
    client: Client, listed: Cohort, changed: dict[str, str], says: str
):
    """Each refusal says what was expected; nothing is kept, and what was typed stays on the page."""
    answer = client.post(address(listed), asked(needs="Large print", **changed))
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert "Large print" in answer.content.decode()
    assert not Application.objects.exists()


def test_a_pair_keeps_the_other_as_named_only(client: Client, listed: Cohort):
    """Of the other half a name and a way to reach them is kept; nobody has asked them yet."""
    client.post(address(listed), pair())
    application = Application.objects.get(state="open")
    assert application.half is not None
    half = application.half
    assert (half.name, half.phone, half.state) == ("Owen", "01632 960111", "named")
    assert half.asker == application


def test_the_groups_questions_are_asked_and_kept_as_they_stood(client: Client, listed: Cohort):
    """Another answer than the one needed shuts nobody out; later words don't change what was answered."""
    question = Question.objects.create(
        cohort=listed, number=1, words="Can you come on Thursdays?", needed="yes"
    )
    open_one = Question.objects.create(cohort=listed, number=2, words="What do you hope for?", kind="words")
    sent = asked(**{f"question_{question.pk}": "no", f"question_{open_one.pk}": "Company"})
    assert client.post(address(listed), sent).status_code == 302
    question.words = "Can you come on Fridays?"
    question.save()
    first, second = Application.objects.get().replies.all()
    assert (first.asked, first.in_words, first.differs) == ("Can you come on Thursdays?", "No", True)
    assert (second.in_words, second.differs) == ("Company", False)


def test_past_its_day_a_group_is_not_asked_for(client: Client, listed: Cohort):
    """The page says until when it was, and what is sent late gets one sentence."""
    listed.apply_until = timezone.localdate() - timedelta(days=1)
    listed.save()
    assert "You could ask for a place in this group until" in client.get(address(listed)).content.decode()
    answer = client.post(address(listed), asked())
    assert answer.status_code == 422
    assert not Application.objects.exists()


@pytest.mark.parametrize("shut", ["unlisted", "closed"])
def test_what_is_in_no_prospectus_is_not_there(client: Client, listed: Cohort, shut: str):
    """A group that isn't listed, or whose prospectus is closed, can neither be seen nor asked for."""
    if shut == "unlisted":
        Cohort.objects.update(listed=False)
    else:
        Prospectus.objects.update(is_open=False)
    assert client.get(address(listed)).status_code == 404
    assert client.post(address(listed), asked()).status_code == 404


def test_nobody_can_fill_the_inbox_from_one_address(client: Client, listed: Cohort):
    """The eleventh time in an hour one sender is asked to wait; another one is not."""
    for _ in range(10):
        assert client.post(address(listed), asked()).status_code == 302
    assert client.post(address(listed), asked()).status_code == 429
    assert client.post(address(listed), asked(email="other@example.org")).status_code == 302


def test_asking_depends_on_no_research(
    client: Client, listed: Cohort, rowan: Person, hannah: User, sign_in: Callable[[User], Client]
):
    """Whoever gave an address that is known gets the same answer as one who isn't."""
    known = client.post(address(listed), asked(name="Rowan", email="rowan@example.org"))
    unknown = client.post(address(listed), asked(email="nobody@example.org"))
    assert known.headers["Location"] == unknown.headers["Location"]
    assert sign_in(hannah).get(address(listed)).status_code == 200


def test_no_page_of_asking_is_kept_or_found(client: Client, listed: Cohort, study: Study):
    """No browser keeps it, and no search engine lists it."""
    answer = client.get(address(listed))
    assert answer.headers["Cache-Control"] == "no-store"
    assert "noindex" in answer.headers["X-Robots-Tag"]
