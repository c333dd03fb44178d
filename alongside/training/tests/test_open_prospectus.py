from django.test import Client
from django.urls import reverse

from alongside.accounts.models import Study
from alongside.audit.models import Entry
from alongside.training.actions import write_prospectus
from alongside.training.models import Prospectus


def test_it_is_opened(as_hannah: Client, client: Client, study: Study):
    """From then on anybody reads it."""
    write_prospectus(by=None, study=study, asking_for_help="Ring us.")
    address = reverse("training:public-prospectus", args=[study.slug])
    assert client.get(address).status_code == 404
    page = as_hannah.post(
        reverse("training:open-prospectus", args=[study.slug]), follow=True
    ).content.decode()
    assert f"http://testserver{address}" in page
    assert client.get(address).status_code == 200
    assert Entry.objects.filter(verb="open_prospectus").count() == 1


def test_opening_twice_is_opening_once(as_hannah: Client, study: Study):
    """The second press changes nothing and is not on record."""
    write_prospectus(by=None, study=study, asking_for_help="Ring us.")
    for _twice in range(2):
        as_hannah.post(reverse("training:open-prospectus", args=[study.slug]))
    assert Entry.objects.filter(verb="open_prospectus").count() == 1


def test_without_a_way_to_ask_for_help_it_stays_closed(as_hannah: Client, study: Study):
    """Somebody whom the form keeps out would have no other way."""
    answer = as_hannah.post(reverse("training:open-prospectus", args=[study.slug]))
    assert answer.status_code == 422
    assert "Say first how people can ask by another way than the form" in answer.content.decode()
    assert not Prospectus.objects.filter(is_open=True).exists()


def test_a_facilitator_opens_none(as_carys: Client, study: Study):
    """Planning is not a facilitator's."""
    write_prospectus(by=None, study=study, asking_for_help="Ring us.")
    assert as_carys.post(reverse("training:open-prospectus", args=[study.slug])).status_code == 404
    assert not Prospectus.objects.filter(is_open=True).exists()
