"""What the content security policy would silently drop is refused here, in every template of every room."""

import re
from pathlib import Path

import pytest

import alongside

HOUSE = Path(alongside.__file__).parent
# What leaves the house as a file of its own carries its sheet with it; no policy reaches it.
ALONE = {"reporting/templates/reporting/alone.html", "stewardship/templates/stewardship/copy.html"}
TEMPLATES = sorted(path for path in HOUSE.rglob("templates/**/*.html"))


def without_logic(text: str) -> str:
    text = re.sub(r"{%\s*comment.*?endcomment\s*%}", "", text, flags=re.DOTALL)
    return re.sub(r"{#.*?#}|{%.*?%}|{{.*?}}", "", text, flags=re.DOTALL)


def named(path: Path) -> str:
    return path.relative_to(HOUSE).as_posix() if path.is_relative_to(HOUSE) else path.name


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_no_script_is_inline(path: Path):
    """A script is a file of its own, with `src`, and nothing between its tags."""
    for attributes, body in re.findall(
        r"<script\b([^>]*)>(.*?)</script", without_logic(path.read_text("utf-8")), re.DOTALL | re.IGNORECASE
    ):
        data = re.search(r"""type=["']application/(ld\+)?json["']""", attributes)
        assert data or ("src=" in attributes and not body.strip()), f"{path}: an inline script"


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_no_style_is_inline(path: Path):
    """Neither a style attribute nor a style element: colours and sizes come from the sheets."""
    text = without_logic(path.read_text("utf-8"))
    assert named(path) in ALONE or not re.search(r"<style\b", text, re.IGNORECASE), f"{path}: a style element"
    assert not re.search(r"\sstyle\s*=", text, re.IGNORECASE), f"{path}: a style attribute"


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_no_handler_is_inline(path: Path):
    """No onclick and its like, no hx-on, no javascript: address, no htmx expression that needs eval."""
    text = without_logic(path.read_text("utf-8"))
    assert not re.search(r"""\s(on[a-z]+|hx-on[^\s=]*)\s*=\s*["']""", text, re.IGNORECASE), (
        f"{path}: a handler"
    )
    assert "javascript:" not in text.lower(), f"{path}: a javascript: address"
    assert not re.search(r"""hx-(vals|headers)\s*=\s*["']\s*js(on)?:""", text), f"{path}: needs eval"


def test_there_are_templates_to_look_at():
    """The tests above would pass if they looked in the wrong place."""
    assert HOUSE / "web/templates/web/base.html" in TEMPLATES


@pytest.mark.parametrize(
    "text",
    [
        "<script>1</script>",
        "<p style='x'>",
        "<style>p{}</style>",
        "<a onclick='x()'>",
        "<a href='javascript:x()'>",
    ],
)
def test_each_breach_is_caught(text: str, tmp_path: Path):
    """Every kind of breach, once, is caught by one of the three tests."""
    page = tmp_path / "page.html"
    page.write_text(text)
    caught = 0
    for test in (test_no_script_is_inline, test_no_style_is_inline, test_no_handler_is_inline):
        try:
            test(page)
        except AssertionError:
            caught += 1
    assert caught == 1
