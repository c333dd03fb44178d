"""The main job, done as a visitor does it: one command on an empty machine's data folder."""

import os
import re
import sqlite3
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from django.test import Client
from docx import Document

from alongside.accounts.models import Study, User
from alongside.demo.queries import one_of_the_cast

ROOT = Path(__file__).parents[1]


def demonstrate(folder: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "alongside", "demo", "--no-serve", "--output", str(folder / "out")],
        capture_output=True,
        check=True,
        cwd=ROOT,
        encoding="utf-8",
        env={**os.environ, "ALONGSIDE_DATA": str(folder / "data"), "PYTHONUTF8": "1"},
    )
    return done.stdout


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    folder = tmp_path_factory.mktemp("demonstration")
    return folder, demonstrate(folder)


def rows(folder: Path) -> dict[str, int]:
    with sqlite3.connect(folder / "data" / "alongside.sqlite3") as database:
        names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type='table'")]
        counted = {
            name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]
            for name in names
            if not name.startswith(("django_session", "sqlite_"))
        }
    return counted


def test_the_real_study_counts_what_its_source_says(shown: tuple[Path, str]):
    """126 dialogues, their turns and words, and every code as often as the data's own page says."""
    page = (shown[0] / "out" / "practice.html").read_text(encoding="utf-8")
    plain = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    for expected in ("126 conversations", "9,271 turns", "145,365 words"):
        assert expected in plain
    for code, count in (
        ("Practitioner > Question", "1,320"),
        ("Practitioner > Reflection", "1,252"),
        ("Practitioner > Input", "570"),
        ("Practitioner > Other", "1,524"),
        ("Client talk > Change", "1,134"),
        ("Client talk > Sustain", "508"),
        ("Client talk > Neutral", "2,963"),
    ):
        assert f"{code.replace('>', '&gt;')} {count}" in plain
    assert "Codes that meet on the same words" in plain


def test_the_invented_study_says_so_and_has_a_gap(shown: tuple[Path, str]):
    """Its finding is a page and a Word document; one person has taken their words back."""
    out = shown[0] / "out"
    page = (out / "merebank.html").read_text(encoding="utf-8")
    assert "Invented" in page
    assert "A quote stood here." in page
    assert "You could just hear it." in page
    document = Document(BytesIO((out / "merebank.docx").read_bytes()))
    words = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "You could just hear it." in words
    assert "A quote stood here." in words


def test_a_second_run_is_quick_and_changes_nothing(shown: tuple[Path, str]):
    """Both studies are left as they are; only the register says that their findings left once more."""
    folder, first = shown
    before = rows(folder)
    said = demonstrate(folder)
    assert said.count("There already; left as it is.") == 2
    assert "Importing" in first
    assert "Importing" not in said
    after = rows(folder)
    grown = {table: after[table] - before[table] for table in after if after[table] != before[table]}
    assert grown == {"audit_export": 4, "audit_entry": 4}


def test_sign_in_links_exist_only_in_the_demonstration(client: Client, study: Study, hannah: User, settings):
    """Elsewhere they are like any address that leads nowhere."""
    for address in ("/demo/", f"/demo/as/{hannah.pk}"):
        assert client.get(address).status_code == 404
    settings.DEMONSTRATION = True
    assert client.get("/demo/").status_code == 200


def test_only_the_cast_can_be_signed_in_as(client: Client, study: Study, hannah: User, settings):
    """Someone of another study is not of the cast; whoever is, is signed in."""
    settings.DEMONSTRATION = True
    assert client.get(f"/demo/as/{hannah.pk}").status_code == 404
    study.slug = "merebank"
    study.save()
    assert one_of_the_cast(hannah.pk) == hannah
    assert client.get(f"/demo/as/{hannah.pk}").status_code == 302
    assert client.session["_auth_user_id"] == str(hannah.pk)
