from django.test import Client
from django.urls import reverse

from alongside.accounts.models import Study
from alongside.audit.models import Entry
from alongside.training.models import CalendarFeed, Cohort, Enrolment, Session


def follow_in(page: str) -> str:
    """The address that a page shows, without the host."""
    return page.split('<code class="follow">http://testserver', 1)[1].split("<", 1)[0]


def test_a_learner_makes_their_own_address(
    client: Client, rowans_link: str, rowan_enrolled: Enrolment, session: Session
):
    """Looking makes none. Once made, it is shown whenever they look, and it works."""
    where = {"token": rowans_link}
    page_url = reverse("training:my-calendar", kwargs=where)
    assert "Make my address" in client.get(page_url).content.decode()
    assert not CalendarFeed.objects.exists()
    made = follow_in(
        client.post(reverse("training:my-new-calendar", kwargs=where), follow=True).content.decode()
    )
    assert follow_in(client.get(page_url).content.decode()) == made
    assert client.get(made).status_code == 200
    assert Entry.objects.filter(verb="make_calendar_address").count() == 1


def test_a_new_address_ends_the_one_before(
    client: Client, rowans_link: str, rowan_enrolled: Enrolment, session: Session
):
    """At once."""
    url = reverse("training:my-new-calendar", kwargs={"token": rowans_link})
    first, second = (follow_in(client.post(url, follow=True).content.decode()) for _time in range(2))
    assert client.get(first).status_code == 404
    assert client.get(second).status_code == 200


def test_the_row_alone_opens_nothing(client: Client, rowans_link: str, rowan_enrolled: Enrolment):
    """What is stored is an id; the address holds a signature that isn't."""
    url = reverse("training:my-new-calendar", kwargs={"token": rowans_link})
    made = follow_in(client.post(url, follow=True).content.decode())
    stored = " ".join(map(str, CalendarFeed.objects.values_list().get()))
    assert made.removesuffix(".ics").rpartition(".")[2] not in stored
    assert client.get(f"/calendar/{CalendarFeed.objects.get().pk.hex}.ics").status_code == 404


def test_a_learner_says_what_it_shows(
    client: Client, rowans_link: str, rowan_enrolled: Enrolment, session: Session
):
    """Only “Course” at first; the course when they say so; and back."""
    where = {"token": rowans_link}
    made = follow_in(
        client.post(reverse("training:my-new-calendar", kwargs=where), follow=True).content.decode()
    )
    words = reverse("training:my-calendar-words", kwargs=where)
    assert b"SUMMARY:Course\r\n" in client.get(made).content
    client.post(words, {"says_which_course": "yes"})
    assert b"SUMMARY:Working alongside: Who decides?\r\n" in client.get(made).content
    client.post(words, {"says_which_course": "perhaps"})
    assert CalendarFeed.objects.get().says_which_course
    client.post(words, {"says_which_course": "no"})
    assert b"SUMMARY:Course\r\n" in client.get(made).content


def test_a_groups_address(as_carys: Client, client: Client, study: Study, group: Cohort, session: Session):
    """Whoever runs the training makes it, shows it and makes it anew."""
    args = [study.slug, group.pk]
    page = as_carys.post(reverse("training:make-group-calendar", args=args), follow=True).content.decode()
    made = follow_in(page)
    assert "webcal://testserver" in page
    assert b"SUMMARY:Course\r\n" in client.get(made).content
    as_carys.post(reverse("training:name-group-calendar", args=args), {"says_which_course": "yes"})
    assert b"SUMMARY:Working alongside" in client.get(made).content
    as_carys.post(reverse("training:make-group-calendar", args=args))
    assert client.get(made).status_code == 404


def test_other_roles_make_none(as_hilary: Client, study: Study, group: Cohort):
    """For an analyst there is no such page."""
    args = [study.slug, group.pk]
    assert as_hilary.get(reverse("training:group-calendar", args=args)).status_code == 404
    assert as_hilary.post(reverse("training:make-group-calendar", args=args)).status_code == 404
    assert not CalendarFeed.objects.exists()
