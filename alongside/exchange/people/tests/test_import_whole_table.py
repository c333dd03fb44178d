from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from alongside.accounts.models import User
from alongside.exchange.models import Import, PeopleFile
from alongside.people.models import Person


def bring(path: Path, content: str) -> None:
    path.write_text(content, encoding="utf-8")
    call_command("import_people", str(path), study="six-months-on")


def test_a_table_with_nothing_to_ask_comes_in(hannah: User, tmp_path: Path, capsys):
    """Everyone is added; what is not taken is said."""
    bring(tmp_path / "people.csv", "Full name,Shoe size\nDilys,38\nTomos,44\n")
    assert "2 people are added." in (told := capsys.readouterr().out)
    assert "Not taken: Column “Shoe size”." in told
    assert Import.objects.get().user == hannah


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        (
            "name,email\nDilys,nowhere\n",
            "Row 2, column “email”: an e-mail address was expected, “nowhere” came.",
        ),
        ("name\nDilys\nDilys\n", "Row 3 may be someone who is known already"),
        ("who knows\nDilys\n", "A column “name” was expected, these came: who knows."),
    ],
)
def test_anything_to_ask_refuses_all_of_it(hannah: User, tmp_path: Path, table: str, sentence: str):
    """Each fault and each doubt is told; nobody is added and nothing kept."""
    with pytest.raises(CommandError, match=sentence.replace(".", r"\.")):
        bring(tmp_path / "people.csv", table)
    assert not Person.objects.exists()
    assert not PeopleFile.objects.exists()


def test_nobody_may_do_it_for_a_steward(sunita: User, tmp_path: Path):
    """It acts as a member who may keep people, and there is none."""
    with pytest.raises(CommandError, match="Nobody may do this"):
        bring(tmp_path / "people.csv", "name\nDilys\n")
