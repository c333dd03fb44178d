import io
import zipfile
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from alongside.accounts.models import Study
from alongside.audit.models import Entry
from alongside.training.actions import add_material, create_programme
from alongside.training.kinds import LONGEST_NAME, MEGABYTES, plain_name
from alongside.training.models import Cohort, Material, Programme
from alongside.training.queries import materials_for
from alongside.training.typed import Outlined, Upload

WORDS = b"Four heaps: you, me, us, somebody not in the room.\n"
PDF = b"%PDF-1.7\n1 0 obj\n"


def archive(*names: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as packed:
        for name in names:
            packed.writestr(name, "x")
    return held.getvalue()


def stored_files() -> set[str]:
    return {path.name for path in (Path(settings.ALONGSIDE_DATA) / "files").glob("*/*")}


def asked(**changed: object) -> dict[str, object]:
    return {"title": "Cards", "licence": "Ours, CC BY 4.0", "for_learners": "yes", **changed}


def test_a_file_is_added(as_hannah: Client, study: Study, programme: Programme):
    """It lies encrypted in the vault, under no name of its own, and its line stands on the course's page."""
    url = reverse("training:add-material", args=[study.slug, programme.pk])
    answer = as_hannah.post(url, asked(file=SimpleUploadedFile("cards.txt", WORDS)))
    assert answer["Location"] == reverse("training:course", args=[study.slug, programme.pk])
    made = Material.objects.get()
    assert (made.file_name, made.size, made.content_type) == (
        "cards.txt",
        len(WORDS),
        "text/plain; charset=utf-8",
    )
    assert made.content() == WORDS
    lies = Path(settings.ALONGSIDE_DATA) / "files" / made.stored[:2] / made.stored
    assert WORDS not in lies.read_bytes()
    assert "cards" not in str(lies)
    assert Entry.objects.filter(verb="add_material", object=str(made.pk), chain=study.pk).exists()


def test_a_link_is_added_for_trainers_of_one_session(as_hannah: Client, study: Study):
    """It belongs to that session, and is not among what learners have."""
    programme = create_programme(by=None, study=study, title="Telling", parts=[Outlined("Who decides?")])
    part = programme.parts.get()
    url = reverse("training:add-material", args=[study.slug, programme.pk])
    as_hannah.post(url, asked(link="example.org/film", part=part.pk, for_learners="no"))
    made = Material.objects.get()
    assert (made.link, made.part, made.for_learners) == ("https://example.org/film", part, False)
    assert not materials_for(programme, learners_only=True).exists()


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("page.html", b"<html></html>", "a file ending in .pdf, .docx"),
        ("drawing.svg", b"<svg></svg>", "a file ending in .pdf, .docx"),
        ("nothing", WORDS, "a file ending in .pdf, .docx"),
        ("cards.txt", b"<!DOCTYPE html><script>1</script>", "its content is something else"),
        ("cards.txt", b"\x00\x01\x02", "its content is something else"),
        ("cards.pdf", WORDS, "its content is something else"),
        ("cards.pdf", b"MZ\x90\x00" + b"\0" * 60, "its content is something else"),
        ("cards.docx", archive("a.txt"), "its content is something else"),
        ("cards.docx", archive("[Content_Types].xml", "ppt/x.xml"), "its content is something else"),
        ("cards.jpg", b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "its content is something else"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused(
    as_hannah: Client, study: Study, programme: Programme, name: str, data: bytes, said: str
):
    """The ending and the first bytes have to agree; else one sentence, and nothing lies on disk."""
    before = stored_files()
    url = reverse("training:add-material", args=[study.slug, programme.pk])
    answer = as_hannah.post(url, asked(file=SimpleUploadedFile(name, data)))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Material.objects.exists()
    assert stored_files() == before


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.pdf", PDF),
        ("a.DOCX", archive("[Content_Types].xml", "word/document.xml")),
        ("a.pptx", archive("[Content_Types].xml", "ppt/presentation.xml")),
        ("a.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 40),
        ("a.jpeg", b"\xff\xd8\xff\xe0\0\x10JFIF\0" + b"\0" * 40),
        ("a.rtf", b"{\\rtf1 Who decides?}"),
        ("a.mp3", b"ID3\x04\0\0\0\0\0\0" + b"\0" * 50),
        ("a.wav", b"RIFF\0\0\0\0WAVEfmt " + b"\0" * 40),
        ("a.m4a", b"\0\0\0 ftypM4A \0\0\0\0" + b"\0" * 40),
        ("BM.txt", b"BM is how this text begins."),
    ],
)
def test_what_courses_use_is_taken(programme: Programme, name: str, data: bytes):
    """Texts, slides, pictures and sound."""
    assert add_material(by=None, programme=programme, title="A", file=Upload(name, data)).size == len(data)


def test_a_file_that_is_too_big_is_refused(programme: Programme):
    """What was expected and what came, and what can be done instead."""
    data = PDF + b"\0" * MEGABYTES * 1024 * 1024
    with pytest.raises(ValidationError, match=r"at most 25 MB was expected\. Give a link instead"):
        add_material(by=None, programme=programme, title="A", file=Upload("a.pdf", data))


def test_a_file_and_a_link_or_neither_is_refused(as_hannah: Client, study: Study, programme: Programme):
    """One of the two is needed."""
    url = reverse("training:add-material", args=[study.slug, programme.pk])
    for both in ({}, {"file": SimpleUploadedFile("a.txt", WORDS), "link": "https://example.org"}):
        answer = as_hannah.post(url, asked(**both))
        assert answer.status_code == 422
        assert "Choose a file, or give a link: one of the two." in answer.content.decode()
    assert not Material.objects.exists()


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "data:text/html,x", "ftp://example.org/x", "file:///etc"]
)
def test_a_link_that_leads_to_no_page_is_refused(programme: Programme, link: str):
    """Only addresses of the web are links."""
    with pytest.raises(ValidationError, match="valid URL"):
        add_material(by=None, programme=programme, title="A", link=link)


def test_a_second_of_that_title_is_refused(as_hannah: Client, study: Study, programme: Programme):
    """Two things of one version can't bear one name."""
    add_material(by=None, programme=programme, title="Cards", link="https://example.org")
    url = reverse("training:add-material", args=[study.slug, programme.pk])
    answer = as_hannah.post(url, asked(link="https://example.org/2"))
    assert answer.status_code == 422
    assert "There is something called “Cards” here." in answer.content.decode()


def test_a_version_with_a_group_takes_nothing_more(group: Cohort):
    """What a group has opened on stays as it is."""
    with pytest.raises(ValidationError, match="A group has opened on version 1"):
        add_material(by=None, programme=group.programme, title="A", link="https://example.org")


def test_a_session_of_another_version_is_refused(programme: Programme, study: Study):
    """What belongs to a session belongs to one of the same version."""
    other = create_programme(by=None, study=study, title="Other", parts=[Outlined("Who?")])
    with pytest.raises(ValidationError, match="another course"):
        add_material(
            by=None, programme=programme, title="A", link="https://example.org", part=other.parts.get()
        )


@pytest.mark.parametrize(
    ("came", "kept"),
    [
        ("../../etc/cards.txt", "cards.txt"),
        ("..\\..\\cards.txt", "cards.txt"),
        ("/etc/passwd/cards.txt", "cards.txt"),
        ("car\r\nds\0.txt", "cards.txt"),
        ("....txt", "txt"),
    ],
)
def test_a_name_is_only_its_last_piece(programme: Programme, came: str, kept: str):
    """No name leads out of a folder, and none breaks a line of a header."""
    assert plain_name(came) == kept


@given(st.text(max_size=400))
def test_no_name_is_a_path(name: str):
    """Whatever a file is called, what is kept is short, of one line, and names no folder."""
    kept = plain_name(name)
    assert len(kept) <= LONGEST_NAME
    assert kept.isprintable()
    assert not {"/", "\\"} & set(kept)
    assert kept not in (".", "..")
