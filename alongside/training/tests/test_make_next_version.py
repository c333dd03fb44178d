from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from alongside.accounts.models import Study
from alongside.audit.models import Entry
from alongside.training.actions import change_programme, make_next_version
from alongside.training.models import Cohort, Material, Programme
from alongside.training.typed import Outlined
from tests.support.editing import filled


def test_the_next_version_begins_from_the_current_one(as_hannah: Client, study: Study, group: Cohort):
    """The page holds the words there are; what is saved is version 2, and the group keeps version 1."""
    url = reverse("training:make-next-version", args=[study.slug, group.programme_id])
    shown = filled(as_hannah, url)
    assert shown["aims"] == "Recovery, learned together."
    answer = as_hannah.post(url, {**shown, "aims": "To decide together", "note": "Dot proposed it."})
    made = Programme.objects.get(version=2)
    assert answer["Location"] == reverse("training:course", args=[study.slug, made.pk])
    assert (made.title, made.aims, made.note) == (
        "Working alongside",
        "To decide together",
        "Dot proposed it.",
    )
    group.refresh_from_db()
    assert group.programme.version == 1
    assert Entry.objects.filter(verb="make_next_version", object=str(made.pk)).exists()


def test_materials_come_along_with_their_session(
    programme: Programme, material_for_part: Callable[..., Material]
):
    """Both versions have the file, which lies on disk once."""
    change_programme(by=None, programme=programme, title="X", parts=[Outlined("Who?"), Outlined("Plans")])
    cards = material_for_part("Cards", part=programme.parts.get(title="Plans"))
    newer = make_next_version(by=None, programme=programme, parts=[Outlined("Plans")])
    copy = newer.materials.get()
    assert (copy.part.title, copy.stored, copy.pk == cards.pk) == ("Plans", cards.stored, False)
    assert copy.content() == cards.content()
    assert programme.materials.get() == cards


def test_it_follows_the_newest_from_whichever_page(programme: Programme):
    """Asked from version 1 when there is a version 2, it is version 3."""
    make_next_version(by=None, programme=programme)
    assert make_next_version(by=None, programme=programme).version == 3


def test_a_facilitator_makes_no_version(as_carys: Client, study: Study, programme: Programme):
    """Planning is not a facilitator's: the page is not there for them."""
    url = reverse("training:make-next-version", args=[study.slug, programme.pk])
    assert as_carys.post(url, {"aims": "Mine"}).status_code == 404
    assert Programme.objects.count() == 1
