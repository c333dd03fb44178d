"""What the documents say is so, and what the house rules say is kept."""

import ast
import difflib
import importlib
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.test import Client

from alongside.__main__ import COMMANDS, usage
from alongside.core import agreement, cooccurrence
from alongside.exchange.formats import codings, people, tables
from alongside.web.command import PlainCommand

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
TUTORIAL = DOCS / "tutorial" / "first-study.md"
SITE_BEGINS = "## 5. Read on the site"
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
SETTING = re.compile(r"""(?:env\.\w+|os\.environ\.get)\(\s*"([A-Z_]+)\"""")
LONGEST_FILE, LONGEST_FUNCTION = 400, 60
UNFINISHED = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME)\b")

# Words that the glossary has other words for.
NOT_OUR_WORDS = re.compile(
    r"\b(?:patients?|clients?|subjects?|drop(?:ped)?[- ]?outs?|saturation|emerg(?:ing|ent) themes?"
    r"|themes? (?:that )?(?:have )?emerg\w*)\b",
    re.IGNORECASE,
)
# Where one of them stands all the same: which file, which words, why.
ALL_THE_SAME = (
    ("docs/glossary.md", r"\| client, case \|", "the glossary says what the word is not"),
    ("README.md", r"practitioner-client dialogues", "how AnnoMI is described by those who made it"),
    ("alongside/demo/practice/", r"\bclient_talk_type\b|\bclient talk\b", "a label of AnnoMI"),
    ("alongside/demo/practice/dialogues.py", r"(?<!\S)client(?: turns)?\b", "a label of AnnoMI"),
    ("alongside/demo/practice/practice.toml", r"labelled “client”", "a label of AnnoMI"),
    ("CONTRIBUTING.md", r"HTTP client", "a program"),
    ("benchmarks/", r"Django's test client", "a program"),
)


def sources(*endings: str) -> Iterator[Path]:
    """Every file that somebody wrote."""
    places = [ROOT / "alongside", ROOT / "benchmarks", ROOT / "tests", DOCS]
    files = [path for place in places for path in sorted(place.rglob("*")) if path.suffix in endings]
    yield from (path for path in files if path.is_file() and "migrations" not in path.parts)
    yield from (path for path in sorted(ROOT.iterdir()) if path.suffix in endings)


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def is_test(path: Path) -> bool:
    return "tests" in path.relative_to(ROOT).parts or path.name == "conftest.py"


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    yield from (node for node in ast.walk(parsed(path)) if isinstance(node, kinds))


# The tutorial ---------------------------------------------------------------------------------------------


def squeezed(text: str) -> str:
    return " ".join(text.split())


def run(words: list[str], folder: Path) -> str:
    """What a process prints, in the folder of the tutorial and on data of its own."""
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment |= {
        "ALONGSIDE_DATA": str(folder / "data"),
        "DJANGO_SETTINGS_MODULE": "alongside.settings",
        "EMAIL_URL": "memorymail://",
        "PYTHONPATH": str(ROOT),
        "PYTHONUTF8": "1",
    }
    done = subprocess.run(
        [sys.executable, *words],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=folder,
        env=environment,
        check=False,
    )
    assert done.returncode == 0, f"{words}\n{done.stdout}{done.stderr}"
    return done.stdout


def follow(part: str, folder: Path) -> None:
    """Run the commands of a part of the tutorial; each line that it shows must have been printed."""
    printed = ""
    for kind, text in FENCE.findall(part):
        if kind == "sh":
            for line in text.splitlines():
                program, *words = shlex.split(line)
                assert program == "alongside", line
                printed += run(["-m", "alongside", *words], folder)
        elif kind == "text":
            missing = [line for line in text.splitlines() if line not in printed]
            assert not missing, f"{missing}\nwas not printed:\n{printed}"
            printed = ""


def test_the_tutorial_does_what_it_says(tmp_path: Path) -> None:
    """Its commands in order, its steps on the site between them, on an installation that was empty."""
    for file in TUTORIAL.parent.iterdir():
        shutil.copy(file, tmp_path)
    before, after = TUTORIAL.read_text(encoding="utf-8").split(SITE_BEGINS)
    follow(before, tmp_path)
    pages = [squeezed(page) for page in json.loads(run(["-m", "tests.support.tutorial_site"], tmp_path))]
    follow(after, tmp_path)
    on_pages = [words for words in re.findall(r"\*\*(.+?)\*\*", after) if "\n" not in words]
    assert on_pages
    assert [words for words in on_pages if not any(words in page for page in pages)] == []
    finding = (tmp_path / "finding.html").read_text(encoding="utf-8")
    assert "I ask, and then I count to ten." in finding
    passages, again = (tmp_path / name for name in ("passages.csv", "codings-again.csv"))
    assert "There were no lanyards." in passages.read_text(encoding="utf-8")
    taken = run(["-m", "alongside", "codings", str(again), "--study", "our-first-study"], tmp_path)
    assert "0 codings are new, 5 stood already." in taken


def test_the_tutorial_begins_where_the_site_begins(client: Client, db: None) -> None:
    """The first page of an empty installation says what the tutorial says that it says."""
    page = client.get("/").content.decode()
    for words in ("Nothing is here yet. Open the first study.", "Open the study"):
        assert f"**{words}**" in TUTORIAL.read_text(encoding="utf-8")
        assert words in page


def test_the_tutorials_people_are_invented() -> None:
    """And their words say so."""
    interviews = sorted(TUTORIAL.parent.glob("*.vtt"))
    assert len(interviews) == 2
    assert all("Invented for the tutorial" in file.read_text(encoding="utf-8") for file in interviews)


# The reference --------------------------------------------------------------------------------------------


def command(name: str) -> PlainCommand:
    package, module, _said = COMMANDS[name]
    made = importlib.import_module(f"{package}.management.commands.{module}").Command()
    assert isinstance(made, PlainCommand)
    return made


def in_code(page: str, start: str, end: str) -> list[str]:
    """The first cell of each line of the tables between two headings."""
    part = page.partition(start)[2].partition(end)[0]
    return re.findall(r"^\| `([^`]+)` \|", part, re.MULTILINE)


def test_commands_are_shown_as_they_explain_themselves(monkeypatch: pytest.MonkeyPatch) -> None:
    """docs/reference/commands.md has each command's help; lines may be broken elsewhere."""
    monkeypatch.setenv("COLUMNS", "80")
    page = (DOCS / "reference" / "commands.md").read_text(encoding="utf-8")
    shown = [text for kind, text in FENCE.findall(page) if kind == "help"]
    true = [usage(), *(command(name).create_parser("alongside", name).format_help() for name in COMMANDS)]
    assert re.findall(r"^## (\S+)$", page, re.MULTILINE) == list(COMMANDS)
    for here, there in zip(shown, true, strict=True):
        difference = "\n".join(difflib.unified_diff(here.splitlines(), there.splitlines(), lineterm=""))
        assert squeezed(here) == squeezed(there), difference


def test_commands_in_documents_can_be_given() -> None:
    """Every `alongside` line of every page is one that the command takes."""
    said = [line for page in DOCS.rglob("*.md") for line in page.read_text(encoding="utf-8").splitlines()]
    lines = [line for line in said if re.match(r"(?: {4}(?:\.venv/bin/)?)?alongside ", line)]
    given = [shlex.split(line)[1:] for line in lines if not line.startswith("alongside COMMAND")]
    given = [words for words in given if words[0] in COMMANDS]
    assert len(given) > 10
    for name, *words in given:
        command(name).create_parser("alongside", name).parse_args(words)


def test_settings_are_all_there() -> None:
    """docs/reference/settings.md names what alongside/settings.py reads, and nothing else."""
    page = (DOCS / "reference" / "settings.md").read_text(encoding="utf-8")
    read = set(SETTING.findall((ROOT / "alongside" / "settings.py").read_text(encoding="utf-8")))
    listed = in_code(page, "# Settings", "\0")
    assert len(listed) == len(set(listed))
    assert set(listed) == read


@pytest.mark.parametrize(
    ("heading", "columns"),
    [
        ("Codings", tables.CODING_COLUMNS),
        ("Passages", tables.PASSAGE_COLUMNS),
        ("Codebook", tables.CODEBOOK_COLUMNS),
        ("Memos", tables.MEMO_COLUMNS),
        ("Decisions", tables.DECISION_COLUMNS),
        ("People", people.PEOPLE_COLUMNS),
    ],
)
def test_columns_are_all_there(heading: str, columns: tuple[str, ...]) -> None:
    """docs/reference/formats.md has each table's columns, in their order."""
    page = (DOCS / "reference" / "formats.md").read_text(encoding="utf-8")
    assert tuple(in_code(page, f"## {heading}\n", "\n## ")) == columns


def test_needed_columns_are_said_to_be() -> None:
    """Those of codings that must be there."""
    page = (DOCS / "reference" / "formats.md").read_text(encoding="utf-8")
    assert tuple(re.findall(r"^\| `(\w+)` \| needed", page, re.MULTILINE)) == codings.REQUIRED


def test_coefficients_are_all_there() -> None:
    """docs/reference/coefficients.md names whatever core offers; its values stand in the tests."""
    page = (DOCS / "reference" / "coefficients.md").read_text(encoding="utf-8")
    meeting = [
        name
        for name, value in vars(cooccurrence).items()
        if callable(value) and value.__module__ == cooccurrence.__name__ and not name.startswith("_")
    ]
    offered = [*agreement.__all__, *meeting]
    assert [name for name in offered if f"`{name}`" not in page] == []
    tested = (ROOT / "alongside" / "core" / "tests" / "test_published_agreement.py").read_text("utf-8")
    rows = [line.split("|")[4] for line in page.splitlines() if line.startswith("| `")]
    values = [value for row in rows for value in re.findall(r"\d*\.\d+", row)]
    assert len(values) > 30
    assert [value for value in values if value not in tested] == []


def slug(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def test_links_lead_somewhere() -> None:
    """Every relative link in every document: to a file or folder, and to a heading if it names one."""
    broken = []
    for page in sources(".md"):
        for link in LINK.findall(page.read_text(encoding="utf-8")):
            path, _, fragment = link.partition("#")
            target = (page.parent / path) if path else page
            if re.match(r"[a-z]+:", link):
                continue
            if not target.exists():
                broken.append(f"{named(page)}: {link}")
            elif fragment:
                headings = map(slug, HEADING.findall(target.read_text(encoding="utf-8")))
                broken += [] if fragment in headings else [f"{named(page)}: {link}"]
    assert broken == []


# The house rules ------------------------------------------------------------------------------------------


def texts(path: Path) -> Iterator[tuple[int, str]]:
    """What in a file is read by somebody, by line: all of it, or of Python the strings."""
    if path.suffix != ".py":
        yield from enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        return
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value


def test_words_are_ours() -> None:
    """No template, document, string or text of the demonstration uses a word that the glossary replaces."""
    found = []
    for path in sources(".html", ".txt", ".md", ".py", ".toml", ".vtt"):
        if is_test(path) or path.name == "SOURCE.txt":
            continue
        allowed = [words for place, words, _why in ALL_THE_SAME if named(path).startswith(place)]
        for line, text in texts(path):
            left = re.sub("|".join(allowed), "", text, flags=re.IGNORECASE) if allowed else text
            found += [f"{named(path)}:{line}: {match[0]}" for match in NOT_OUR_WORDS.finditer(left)]
    assert found == []


def test_exceptions_are_needed() -> None:
    """Each exception to the words still stands for something."""
    for place, words, why in ALL_THE_SAME:
        pattern = re.compile(words, re.IGNORECASE)
        paths = [path for path in sources(".md", ".py", ".toml") if named(path).startswith(place)]
        assert any(pattern.search(text) for path in paths for _line, text in texts(path)), why


def test_files_and_functions_are_short() -> None:
    """No file over 400 lines, no function over 60."""
    long = []
    for path in sources(".py", ".html", ".css", ".js"):
        lines = len(path.read_text(encoding="utf-8").splitlines())
        long += [f"{named(path)}: {lines} lines"] if lines > LONGEST_FILE else []
    for path in sources(".py"):
        for each in functions(path):
            lines = (each.end_lineno or each.lineno) - each.lineno + 1
            long += [f"{named(path)}: {each.name}, {lines} lines"] if lines > LONGEST_FUNCTION else []
    assert long == []


def test_no_import_hides_in_a_function() -> None:
    """Outside tests, everything that a module needs is named at its top."""
    hidden = [
        f"{named(path)}:{inner.lineno}"
        for path in sources(".py")
        if not is_test(path)
        for each in functions(path)
        for inner in ast.walk(each)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    assert hidden == []


def test_nothing_is_left_for_later() -> None:
    """No note to oneself stands in the code or the documents."""
    notes = [
        f"{named(path)}:{number}"
        for path in sources(".py", ".html", ".css", ".js", ".md", ".toml")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if UNFINISHED.search(line)
    ]
    assert notes == []


def test_every_test_says_what_it_holds() -> None:
    """Each test function has a docstring."""
    silent = [
        f"{named(path)}: {each.name}"
        for path in sources(".py")
        if is_test(path)
        for each in functions(path)
        if each.name.startswith("test_") and not ast.get_docstring(each)
    ]
    assert silent == []
