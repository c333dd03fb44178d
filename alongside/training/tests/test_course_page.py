from html import unescape

from django.test import Client
from django.urls import reverse

from alongside.accounts.models import Study
from alongside.training.actions import add_material, create_programme, make_next_version, open_cohort
from alongside.training.models import Cohort, Programme
from alongside.training.typed import Outlined


def page_of(client: Client, study: Study, programme: Programme) -> str:
    answer = client.get(reverse("training:course", args=[study.slug, programme.pk]))
    return unescape(answer.content.decode())


def test_the_versions_stand_beside_each_other(as_carys: Client, study: Study, group: Cohort):
    """What changed in each, word by word, and which group took which."""
    newer = make_next_version(
        by=None,
        programme=group.programme,
        aims="Recovery, decided together.",
        parts=[Outlined("Who decides?", "Cards on a table.")],
    )
    open_cohort(by=None, study=study, programme=newer, name="Group 6")
    make_next_version(by=None, programme=newer, aims=newer.aims, parts=[Outlined("Who decides?", "Cards.")])
    page = page_of(as_carys, study, newer)
    assert "<mark>learned</mark>" in page
    assert "<mark>decided</mark>" in page
    assert "<ins>Who decides?</ins>" in page
    assert "<h4>1. Who decides?</h4>" in page
    assert page.index("Version 3") < page.index("Version 1")
    versions = page[page.index('id="versions"') :]
    assert versions.index("Group 6") < versions.index("Group 5")
    assert "There is a newer version of this course." in page


def test_what_one_may_do_stands_on_the_page(as_hannah: Client, as_carys: Client, study: Study, group: Cohort):
    """Whoever plans makes the next version, adds to one without groups, and changes none with groups."""
    opened, fresh = group.programme, make_next_version(by=None, programme=group.programme)
    add = reverse("training:add-material", args=[study.slug, fresh.pk])
    assert add in page_of(as_hannah, study, fresh)
    assert add not in page_of(as_carys, study, fresh)
    page = page_of(as_hannah, study, opened)
    assert reverse("training:make-next-version", args=[study.slug, opened.pk]) in page
    assert reverse("training:add-material", args=[study.slug, opened.pk]) not in page


def test_the_names_of_materials_are_text(as_hannah: Client, study: Study, programme: Programme):
    """Whatever a title, a file or a licence is called, the page shows it and runs none of it."""
    title = '<script>alert("x")</script>'
    add_material(
        by=None, programme=programme, title=title, link="https://example.org/?a=1&b=2", licence="<b>x</b>"
    )
    raw = as_hannah.get(reverse("training:course", args=[study.slug, programme.pk])).content.decode()
    assert "<script>alert" not in raw
    assert "<b>x</b>" not in raw
    assert "&lt;script&gt;" in raw
    assert 'href="https://example.org/?a=1&amp;b=2"' in raw


def test_the_list_reads_all_courses_at_once(
    as_hannah: Client, study: Study, programme: Programme, django_assert_max_num_queries
):
    """Thirty courses take as many queries as two."""
    url = reverse("training:courses", args=[study.slug])

    def more(count: int, name: str) -> None:
        for number in range(count):
            made = create_programme(by=None, study=study, title=f"{name} {number}")
            open_cohort(by=None, study=study, programme=made, name=f"Group of {made}")

    more(1, "A")
    with django_assert_max_num_queries(30) as few:
        as_hannah.get(url)
    more(28, "B")
    with django_assert_max_num_queries(len(few)):
        page = as_hannah.get(url).content.decode()
    assert page.count('scope="row"') == 30


def test_a_course_reads_all_its_versions_at_once(
    as_hannah: Client, study: Study, programme: Programme, django_assert_max_num_queries
):
    """Twelve versions of ten sessions take as many queries as two of two."""
    make_next_version(by=None, programme=programme, parts=[Outlined("A"), Outlined("B")])
    url = reverse("training:course", args=[study.slug, programme.pk])
    with django_assert_max_num_queries(40) as few:
        as_hannah.get(url)
    for number in range(10):
        parts = [Outlined(f"Session {part}", f"About {number}") for part in range(10)]
        make_next_version(by=None, programme=programme, parts=parts)
    with django_assert_max_num_queries(len(few)):
        as_hannah.get(url)


def test_an_empty_study_says_how_to_begin(as_hannah: Client, study: Study):
    """Without courses the list leads to adding one."""
    page = as_hannah.get(reverse("training:courses", args=[study.slug])).content.decode()
    assert "No courses yet" in page


def test_another_studys_course_is_not_here(
    as_stranger: Client, study: Study, other_study: Study, programme: Programme
):
    """A course is found only in its own study."""
    for slug in (study.slug, other_study.slug):
        assert as_stranger.get(reverse("training:course", args=[slug, programme.pk])).status_code == 404
