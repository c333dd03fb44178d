from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from alongside.accounts.models import Study
from alongside.people.actions import add_person, make_link
from alongside.people.models import AccessGrant, Person
from alongside.training.actions import (
    add_material,
    appoint_facilitator,
    enrol_person,
    leave_cohort,
    make_next_version,
    open_cohort,
)
from alongside.training.models import Cohort, Material, Programme, Session
from alongside.training.queries import materials_for
from alongside.training.typed import Outlined, Upload


@pytest.fixture
def cards(material_for_part: Callable[..., Material]) -> Material:
    return material_for_part("Cards")


@pytest.fixture
def notes(material_for_part: Callable[..., Material]) -> Material:
    return material_for_part("Notes", for_learners=False)


@pytest.fixture
def full_group(cards: Material, notes: Material, study: Study, programme: Programme, rowan: Person) -> Cohort:
    """A group of the version with the files, in which Rowan has a place."""
    group = open_cohort(by=None, study=study, programme=programme, name="Group 7")
    enrol_person(by=None, cohort=group, person=rowan)
    return group


def own(link: str, material: Material) -> str:
    return reverse("training:my-material", kwargs={"token": link, "material": material.pk})


def test_a_member_takes_the_file(as_carys: Client, study: Study, cards: Material, notes: Material):
    """As it came in, to be kept and not to be opened in the page; trainers' files too."""
    for material in (cards, notes):
        answer = as_carys.get(reverse("training:take-material", args=[study.slug, material.pk]))
        assert answer.content == material.content()
        assert answer["Content-Disposition"] == f'attachment; filename="{material.file_name}"'
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Type"] == "text/plain; charset=utf-8"


def test_its_name_breaks_no_header(as_carys: Client, study: Study, programme: Programme):
    """Quotes, letters of any script and line breaks are sent as a name and nothing else."""
    upload = Upload('a";\r\nSet-Cookie: x=1; é.txt', b"Words")
    made = add_material(by=None, programme=programme, title="A", file=upload)
    answer = as_carys.get(reverse("training:take-material", args=[study.slug, made.pk]))
    assert "Set-Cookie" not in answer.headers
    assert answer["Content-Disposition"].startswith("attachment; filename")


def test_whoever_has_no_role_in_training_takes_nothing(
    as_fern: Client, as_stranger: Client, study: Study, cards: Material
):
    """To a reader, and to somebody of another study, there is nothing."""
    url = reverse("training:take-material", args=[study.slug, cards.pk])
    assert as_fern.get(url).status_code == as_stranger.get(url).status_code == 404


def test_a_link_is_no_file(as_carys: Client, study: Study, programme: Programme):
    """What is only a link has nothing to take."""
    link = add_material(by=None, programme=programme, title="Film", link="https://example.org")
    assert as_carys.get(reverse("training:take-material", args=[study.slug, link.pk])).status_code == 404


def test_a_learner_takes_what_is_for_learners(
    client: Client, full_group: Cohort, rowans_link: str, cards: Material, notes: Material
):
    """By their own link, without an account; what is for trainers is not there for them."""
    taken = client.get(own(rowans_link, cards))
    assert taken.content == cards.content()
    assert taken["Content-Disposition"].startswith("attachment")
    assert client.get(own(rowans_link, notes)).status_code == 404


def test_it_is_there_for_whoever_has_a_place_and_only_so_long(
    client: Client, study: Study, full_group: Cohort, rowan: Person, rowans_link: str, cards: Material
):
    """Not for somebody without a place, nor after leaving."""
    someone = add_person(by=None, study=study, name="Someone")
    link = make_link(by=None, person=someone, purpose=AccessGrant.MY_PAGE)
    assert client.get(own(link, cards)).status_code == 404
    leave_cohort(by=None, enrolment=full_group.enrolments.get(person=rowan))
    assert client.get(own(rowans_link, cards)).status_code == 404


def test_a_group_has_the_files_of_its_own_version(
    client: Client, full_group: Cohort, rowans_link: str, programme: Programme
):
    """Those of a version that came later are another group's."""
    newer = make_next_version(by=None, programme=programme)
    assert client.get(own(rowans_link, newer.materials.get(title="Cards"))).status_code == 404


def test_whoever_leads_a_session_takes_everything(
    client: Client, full_group: Cohort, carys_herself: Person, notes: Material, next_session: Session
):
    """A trainer without a role in the study has the trainers' files on their own page."""
    link = make_link(by=None, person=carys_herself, purpose=AccessGrant.MY_PAGE)
    assert client.get(own(link, notes)).status_code == 404
    appoint_facilitator(by=None, session=next_session, person=carys_herself, lived=True)
    assert client.get(own(link, notes)).content == notes.content()


@pytest.fixture
def next_session(full_group: Cohort, session: Session) -> Session:
    Session.objects.filter(pk=session.pk).update(cohort=full_group)
    session.refresh_from_db()
    return session


def test_a_session_has_what_is_for_its_part_and_for_the_whole_course(
    study: Study, group: Cohort, session: Session
):
    """What belongs to another part is not among it; what is for trainers only is left out for learners."""
    programme = make_next_version(
        by=None, programme=group.programme, parts=[Outlined("Who decides?"), Outlined("Plans")]
    )
    first, second = programme.parts.all()
    for title, part, learners in (("All", None, True), ("Mine", first, False), ("Other", second, True)):
        add_material(
            by=None,
            programme=programme,
            title=title,
            link="https://example.org",
            part=part,
            for_learners=learners,
        )
    Cohort.objects.filter(pk=group.pk).update(programme=programme)
    session.cohort.refresh_from_db()
    assert [m.title for m in materials_for(session)] == ["All"]
    session.part = first
    assert {m.title for m in materials_for(session)} == {"All", "Mine"}
    assert {m.title for m in materials_for(session, learners_only=True)} == {"All"}
