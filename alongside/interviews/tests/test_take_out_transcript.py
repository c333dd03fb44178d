from django.test import Client
from django.urls import reverse

from alongside.accounts.models import Study, User
from alongside.analysis.models import Code, Codebook, Coding
from alongside.interviews.actions import erase_transcript, import_transcript
from alongside.interviews.models import Interview, Speaker, Transcript, Turn
from alongside.interviews.queries import current_revision
from alongside.interviews.tests.helpers import TWO_TURNS, kept_files, upload, verbs


def page(study: Study, transcript: Transcript) -> str:
    return reverse("interviews:take-out-transcript", args=[study.slug, transcript.pk])


def test_take_out_transcript(
    study: Study, rowan_transcript: Transcript, as_josef: Client, django_capture_on_commit_callbacks
):
    """It asks first, naming what goes; then rows and file are gone and the same file may come again."""
    assert "7 turns" in as_josef.get(page(study, rowan_transcript)).content.decode()
    assert Transcript.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        answer = as_josef.post(page(study, rowan_transcript), follow=True)
    assert "is taken out" in answer.content.decode()
    assert not any(kind.objects.exists() for kind in (Transcript, Speaker, Turn))
    assert rowan_transcript.source_sha256 not in kept_files()
    assert verbs()[-1] == "erase_transcript"
    assert Interview.objects.get().state == "held"


def test_a_file_another_study_still_names_is_kept(
    study: Study, other_study: Study, django_capture_on_commit_callbacks
):
    """The vault keeps one file for both, until the last one goes."""
    here, there = (
        import_transcript(by=None, study=each, name="r.vtt", data=TWO_TURNS) for each in (study, other_study)
    )
    with django_capture_on_commit_callbacks(execute=True):
        erase_transcript(by=None, transcript=here)
    assert there.source_sha256 in kept_files()
    with django_capture_on_commit_callbacks(execute=True):
        erase_transcript(by=None, transcript=there)
    assert there.source_sha256 not in kept_files()


def test_not_once_it_is_coded(study: Study, rowan_transcript: Transcript, hilary: User, as_hilary: Client):
    """Someone's coding rests on it: one sentence, and everything stays."""
    codebook = Codebook.objects.create(study=study)
    code = Code.objects.create(study=study, codebook=codebook, name="Quiet", colour=1)
    revision = current_revision(rowan_transcript)
    Coding.objects.create(study=study, revision=revision, code=code, coder=hilary, start=0, end=4)
    before = verbs()
    assert "so it stays" in as_hilary.get(page(study, rowan_transcript)).content.decode()
    answer = as_hilary.post(page(study, rowan_transcript))
    assert answer.status_code == 422
    assert "can’t be taken out" in answer.content.decode()
    assert Coding.objects.count() == 1
    assert verbs() == before


def test_barred_is_not_there(study: Study, wren_transcript: Transcript, as_priya: Client):
    """Priya can't take out what she may not see."""
    assert as_priya.get(page(study, wren_transcript)).status_code == 404
    assert as_priya.post(page(study, wren_transcript)).status_code == 404
    assert Transcript.objects.exists()


def test_it_can_come_in_again(study: Study, as_josef: Client, django_capture_on_commit_callbacks):
    """Undoing an import leaves nothing in the way of doing it better."""
    address = reverse("interviews:import-transcript", args=[study.slug])
    for name in ("wrong.vtt", "right.vtt"):
        as_josef.post(address, {"uploads": upload(name, TWO_TURNS)})
        if name == "wrong.vtt":
            with django_capture_on_commit_callbacks(execute=True):
                as_josef.post(page(study, Transcript.objects.get()))
    assert Transcript.objects.get().name == "right"
