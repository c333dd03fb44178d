import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from alongside.accounts.models import Study, User
from alongside.followup.actions import add_instrument, publish_version
from alongside.followup.models import Instrument, InstrumentVersion
from alongside.followup.typed import NewItem
from tests.support.editing import seen


def rows(*wordings: str, **changed: object) -> dict[str, object]:
    typed: dict[str, object] = {"items-TOTAL_FORMS": 8, "items-INITIAL_FORMS": 0, "scoring": "sum"}
    for number in range(8):
        typed |= {f"items-{number}-kind": "scale", f"items-{number}-lowest": 0, f"items-{number}-highest": 4}
        typed[f"items-{number}-wording"] = wordings[number] if number < len(wordings) else ""
    return typed | changed


def test_a_set_comes_with_its_licence(as_hannah: Client, hannah: User, study: Study):
    """Who checked the licence is kept with the set."""
    url = reverse("followup:add-instrument", args=[study.slug])
    answer = as_hannah.post(url, {"name": "Ours", "licence": "CC0", "attests": "on"})
    instrument = Instrument.objects.get()
    assert answer["Location"] == reverse("followup:publish-version", args=[study.slug, instrument.pk])
    assert instrument.attested_by == hannah


def test_without_a_licence_there_is_no_set(as_hannah: Client, study: Study):
    """Neither unchecked nor unnamed licences are taken."""
    url = reverse("followup:add-instrument", args=[study.slug])
    assert as_hannah.post(url, {"name": "Found", "licence": "On the web"}).status_code == 422
    with pytest.raises(ValidationError, match="Easily found is not a licence"):
        add_instrument(by=None, study=study, name="Found", licence=" ")
    assert not Instrument.objects.exists()


def test_questions_are_published(as_hannah: Client, study: Study):
    """Rows left empty are left out."""
    instrument = add_instrument(by=None, study=study, name="Ours", licence="CC0")
    url = reverse("followup:publish-version", args=[study.slug, instrument.pk])
    typed = rows("I say what I think.", "I keep things to myself.", **{"items-1-reverse": "on"})
    assert as_hannah.post(url, typed).status_code == 302
    version = InstrumentVersion.objects.get()
    assert [(item.number, item.wording, item.reverse) for item in version.items.all()] == [
        (1, "I say what I think.", False),
        (2, "I keep things to myself.", True),
    ]


def test_a_change_is_a_new_version(as_hannah: Client, study: Study, questions: InstrumentVersion):
    """The questions that were answered stay; the page begins with them."""
    url = reverse("followup:publish-version", args=[study.slug, questions.instrument.pk])
    assert "I keep things to myself." in as_hannah.get(url).content.decode()
    assert as_hannah.post(url, {**seen(as_hannah, url), **rows("Only this.")}).status_code == 302
    assert list(questions.instrument.versions.order_by("number").values_list("number", flat=True)) == [1, 2]
    assert questions.items.count() == 3


def test_questions_that_make_no_sense_are_refused(as_hannah: Client, study: Study):
    """No questions, a score without numbers, and a scale without width are refused; nothing is published."""
    instrument = add_instrument(by=None, study=study, name="Ours", licence="CC0")
    with pytest.raises(ValidationError, match="at least one question"):
        publish_version(by=None, instrument=instrument, items=[])
    with pytest.raises(ValidationError, match="none of these questions asks for one"):
        publish_version(by=None, instrument=instrument, items=[NewItem("Why?", kind="words")], scoring="mean")
    with pytest.raises(ValidationError, match="can’t run from 4 to 4"):
        publish_version(by=None, instrument=instrument, items=[NewItem("A?"), NewItem("B?", lowest=4)])
    url = reverse("followup:publish-version", args=[study.slug, instrument.pk])
    assert as_hannah.post(url, rows("A?", **{"items-0-kind": "colour"})).status_code == 422
    assert not InstrumentVersion.objects.exists()


@pytest.mark.parametrize("highest", [101, 2_000_000_000, 10**30])
def test_a_scale_stays_within_what_a_page_can_show(as_hannah: Client, study: Study, highest: int):
    """Every number of a scale is a choice on the page, so it runs from −100 to 100 at most."""
    instrument = add_instrument(by=None, study=study, name="Ours", licence="CC0")
    url = reverse("followup:publish-version", args=[study.slug, instrument.pk])
    assert as_hannah.post(url, rows("Endless.", **{"items-0-highest": highest})).status_code == 422
    assert not InstrumentVersion.objects.exists()
