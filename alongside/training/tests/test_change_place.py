from django.test import Client
from django.urls import reverse

from alongside.accounts.models import Study
from alongside.training.actions import add_place
from alongside.training.models import Cohort
from tests.support.editing import filled


def test_a_place_is_changed(as_hannah: Client, study: Study, group: Cohort):
    """Its groups stay there, under the new name."""
    url = reverse("training:change-place", args=[study.slug, group.place_id])
    typed = {**filled(as_hannah, url), "name": "Ferry Hall, upstairs", "access": "A lift."}
    assert as_hannah.post(url, typed).status_code == 302
    group.place.refresh_from_db()
    assert (str(group.place), group.place.access) == ("Ferry Hall, upstairs", "A lift.")


def test_the_name_of_another_is_refused(as_hannah: Client, study: Study, group: Cohort):
    """Two places don't become one by their names; nothing changes."""
    add_place(by=None, study=study, name="The Mill")
    url = reverse("training:change-place", args=[study.slug, group.place_id])
    assert as_hannah.post(url, {**filled(as_hannah, url), "name": "The Mill"}).status_code == 422
    group.place.refresh_from_db()
    assert str(group.place) == "Ferry Hall"


def test_another_studys_place_is_not_here(as_hannah: Client, study: Study, other_study: Study):
    """A place is found only in its own study."""
    elsewhere = add_place(by=None, study=other_study, name="Elsewhere")
    assert as_hannah.get(reverse("training:change-place", args=[study.slug, elsewhere.pk])).status_code == 404
