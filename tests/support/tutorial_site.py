"""What the tutorial does on the site, in the data folder that its commands were run in.

Run as a script, between the commands. It signs in with the code from the mail, follows links and presses
buttons by the words on them, and prints the words of every page it saw.
"""

import json
from urllib.parse import urljoin

import django
from bs4 import BeautifulSoup, Tag
from django.test import Client

django.setup()

from tests.support.signing_in import code_in_the_mail, code_of_the_app  # noqa: E402  once Django is set up

IDEA = "What changed is small: a question is asked, and then nobody fills the gap."
AIM = "To learn what changed between two people who work together."


class Visitor:
    """A browser without scripts."""

    def __init__(self) -> None:
        self.client = Client(SERVER_NAME="127.0.0.1")
        self.seen: list[str] = []

    def go(self, address: str, **fields: object) -> None:
        answer = (
            self.client.post(address, fields, follow=True)
            if fields
            else self.client.get(address, follow=True)
        )
        assert answer.status_code == 200, f"{address}: {answer.status_code}"
        self.address = answer.request["PATH_INFO"]
        self.page = BeautifulSoup(answer.content, "html.parser")
        self.seen.append(self.page.get_text(" "))

    def follow(self, words: str) -> None:
        """The link whose visible words begin so."""
        self.go(urljoin(self.address, str(self._with_words("a[href]", words)["href"])))

    def press(self, words: str, **typed: object) -> None:
        """The button with these words, its form filled in as typed, by the fields' labels."""
        button = self._with_words("button", words)
        form = button.find_parent("form")
        assert form is not None, words
        fields: dict[str, object] = {"pressed": ""}
        for field in form.select("input[name], textarea[name], select[name]"):
            chosen = field.select_one("option[selected]")
            if field.get("type") not in {"checkbox", "radio"} or field.has_attr("checked"):
                fields[str(field["name"])] = str(chosen["value"]) if chosen else field.get("value", "")
        if button.get("name"):
            fields[str(button["name"])] = str(button["value"])
        fields.update({name: self._value(form, name, value) for name, value in typed.items()})
        self.go(urljoin(self.address, str(form.get("action") or "")), **fields)

    def _with_words(self, what: str, words: str) -> Tag:
        found = [tag for tag in self.page.select(what) if squeezed(tag).startswith(words)]
        assert found, f"{self.address} has no {what} “{words}”"
        return found[0]

    def _value(self, form: Tag, name: str, value: object) -> object:
        """For a choice, the value of the option or the box that has these words."""
        for option in form.select(f"select[name={name}] option"):
            if squeezed(option) == value:
                return option["value"]
        for box in form.select(f"input[type=checkbox][name={name}]"):
            label = box.find_parent("label") or form.select_one(f"label[for={box['id']}]")
            if label and squeezed(label) == value:
                return box["value"]
        return value


def squeezed(tag: Tag) -> str:
    return " ".join(tag.get_text(" ").split())


def follow_the_tutorial(visitor: Visitor) -> None:
    visitor.go("/")
    visitor.press("Send me a code", email="sam@example.org")
    visitor.press("Sign in", code=code_in_the_mail())
    visitor.follow("Set up an app")
    key = visitor.page.select_one(".qr code")
    assert key is not None
    visitor.press("Set it up", code=code_of_the_app(key.get_text()))
    visitor.follow("I have kept them")
    visitor.follow("Interviews")
    visitor.follow("Bring in transcripts")
    visitor.follow("Analysis")
    visitor.follow("maya")
    visitor.follow("Analysis")
    visitor.follow("Codebook")
    visitor.follow("Themes")
    visitor.follow("Start a theme")
    visitor.press("Save", name="A silence left open", idea=IDEA, codes="Asking, then waiting")
    for _passage in range(3):
        visitor.press("Choose these words")
    visitor.follow("Reporting")
    visitor.follow("Start a finding")
    visitor.press("Save", title="A silence left open", aim=AIM)
    visitor.press("Draw it in", theme="A silence left open")
    visitor.follow("Analysis")
    visitor.follow("Take material out, or in")


if __name__ == "__main__":
    tutorial = Visitor()
    follow_the_tutorial(tutorial)
    print(json.dumps(tutorial.seen))
