import pytest
from django.test import Client
from django.urls import reverse

from alongside.accounts.models import Study
from alongside.interviews.models import Guide, Interview
from alongside.interviews.tests.helpers import verbs


def page(study: Study) -> str:
    return reverse("interviews:write-guide", args=[study.slug])


def test_write_guide(study: Study, as_hannah: Client):
    """Questions with their mirrors, in order; empty rows don't count."""
    sent = {
        "title": "Six months on",
        "wording_1": "How did you work together?",
        "mirror_1": "How did the two of you meet?",
        "wording_2": "",
        "wording_3": "What has stayed the same?",
    }
    said = as_hannah.post(page(study), sent, follow=True).content.decode()
    guide = Guide.objects.get()
    assert [(q.number, q.wording, q.mirror) for q in guide.questions.all()] == [
        (1, "How did you work together?", "How did the two of you meet?"),
        (2, "What has stayed the same?", ""),
    ]
    assert "How did the two of you meet?" in said
    assert verbs()[-1] == "write_guide"


def test_a_change_is_a_new_version(study: Study, guide: Guide, booked: Interview, as_hannah: Client):
    """The form comes with the last version's words; the interview keeps the version it had."""
    said = as_hannah.get(page(study), {"next": str(guide.pk)}).content.decode()
    assert "How did the two of you meet?" in said
    as_hannah.post(page(study), {"title": "Six months on", "wording_1": "And now?"})
    assert [(g.version, g.questions.count()) for g in Guide.objects.order_by("version")] == [(1, 2), (2, 1)]
    booked.refresh_from_db()
    assert booked.guide == guide


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"title": "Empty", "wording_1": ""}, "at least one question"),
        (
            {"title": "Half", "wording_1": "So?", "wording_2": "", "mirror_2": "And you?"},
            "no words of its own",
        ),
        ({"title": "", "wording_1": "So?"}, "required"),
    ],
)
def test_a_guide_needs(sent: dict[str, str], sentence: str, study: Study, as_hannah: Client):
    """A title and questions; a refusal keeps what was typed and stores nothing."""
    before = verbs()
    answer = as_hannah.post(page(study), sent)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Guide.objects.exists()
    assert verbs() == before


def test_an_interview_shows_its_guide_in_both_wordings(study: Study, booked: Interview, as_josef: Client):
    """The wording, its mirror, or both; where there is no mirror the wording serves."""
    address = reverse("interviews:interview", args=[study.slug, booked.pk])
    own, mirror, both = (
        as_josef.get(address, {"wording": wording}).content.decode() for wording in ("own", "mirror", "both")
    )
    assert "How did you work together?" in own
    assert "How did the two of you meet?" not in own
    assert "How did you work together?" not in mirror
    assert "What should we have asked you?" in mirror
    assert "How did you work together?" in both
    assert "How did the two of you meet?" in both


def test_writing_is_for_those_who_arrange(study: Study, guide: Guide, as_josef: Client, as_fern: Client):
    """An interviewer reads guides; a reader of findings doesn't come here."""
    assert as_josef.get(page(study)).status_code == 404
    address = reverse("interviews:guide", args=[study.slug, guide.pk])
    assert as_josef.get(address).status_code == 200
    assert as_fern.get(address).status_code == 404
