from django.test import Client

from alongside.accounts.models import Study
from alongside.reporting.models import Report, Section
from tests.support.editing import seen

ROOM = "/s/six-months-on/reporting/"


def test_a_finding_is_begun_and_changed(as_dot: Client, study: Study):
    """Four parts of an abstract, each in plain words."""
    begun = as_dot.post(f"{ROOM}start/", {"title": "Nothing to pay back", "aim": "To learn."})
    report = Report.objects.get()
    assert begun.headers["Location"] == f"{ROOM}{report.pk}/"
    url = f"{ROOM}{report.pk}/write/"
    as_dot.post(url, {**seen(as_dot, url), "title": "Nothing to pay back", "aim": "To learn more."})
    report.refresh_from_db()
    assert report.aim == "To learn more."
    assert "To learn more." in as_dot.get(f"{ROOM}{report.pk}/").content.decode()


def test_a_finding_needs_a_title(as_dot: Client, study: Study):
    """The form says so and nothing is stored."""
    assert as_dot.post(f"{ROOM}start/", {"title": ""}).status_code == 422
    assert not Report.objects.exists()


def test_sections_are_written_changed_and_taken_out(as_dot: Client, report: Report):
    """A section of one's own beside those drawn from themes."""
    as_dot.post(f"{ROOM}{report.pk}/sections/add/", {"heading": "What did not move", "body": "The forms."})
    section = Section.objects.get(heading="What did not move")
    assert section.number == 2
    url = f"{ROOM}sections/{section.pk}/"
    as_dot.post(url, {**seen(as_dot, url), "heading": "What stayed", "body": "The forms."})
    section.refresh_from_db()
    assert section.heading == "What stayed"
    as_dot.post(f"{ROOM}sections/{section.pk}/drop/")
    assert not Section.objects.filter(pk=section.pk).exists()


def test_a_theme_is_drawn_in_once(as_dot: Client, report: Report):
    """With its idea and its words; a second time there is nothing to choose."""
    page = as_dot.get(f"{ROOM}{report.pk}/").content.decode()
    assert "A gap that size" in page
    assert "I am not a visitor" in page
    as_dot.post(f"{ROOM}{report.pk}/draw/", {"theme": str(report.sections.get().theme_id)})
    assert report.sections.count() == 1


def test_readers_write_nothing_and_see_no_draft(as_fern: Client, report: Report):
    """A draft is not there for them."""
    assert as_fern.get(f"{ROOM}{report.pk}/").status_code == 404
    assert as_fern.post(f"{ROOM}{report.pk}/write/", {"title": "X"}).status_code == 404
    assert "Nothing written yet" in as_fern.get(ROOM).content.decode()
