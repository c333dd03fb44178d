"""Somebody who codes by keyboard in a real browser, and what they typed."""

from random import Random
from typing import NamedTuple

from playwright.sync_api import BrowserContext
from playwright.sync_api import Error as BrowserError

READY = "html[data-bench=ready]"
# Milliseconds until a page that doesn't come is given up; until one that has to come is asked for again.
SOON, LATER = 5_000, 10_000
# Which code a number key applies, and where a turn begins: as the page itself has it just now.
ABOUT = """([turn, key]) => {
  const data = JSON.parse(document.getElementById("bench-data").textContent);
  const pinned = [...document.querySelectorAll("#tree .code")]
    .find((code) => code.querySelector("kbd")?.textContent === key);
  return [pinned.dataset.id, data.turns[turn - 1][1],
    document.querySelector(`#turn-${turn} .said`).textContent];
}"""
TURNS = "document.querySelectorAll('.turn').length"
# What waits in the browser's storage, by the name of each act.
WAITING = """() => Object.keys(sessionStorage).filter((key) => key.startsWith("outbox:"))
  .flatMap((key) => JSON.parse(sessionStorage.getItem(key))).map((act) => act.key)"""
SAYS_UNSENT = "() => !document.getElementById('unsaved').hidden"


class Act(NamedTuple):
    kind: str
    code: str
    start: int
    end: int


class TypingCoder:
    """The number is that of their session: nobody's first, so that nothing of others' is undone."""

    def __init__(self, url: str, context: BrowserContext, session: str, number: int) -> None:
        self.url, self.context = url, context
        self.email = f"coder-{number - 1}@example.org"
        self.typed: list[Act] = []
        self.places = 0
        context.add_cookies([{"name": "sessionid", "value": session, "url": url}])
        self.page = context.new_page()
        self.page.on("dialog", lambda dialog: dialog.accept())
        self.page.emulate_media(reduced_motion="reduce")
        self.is_there = False
        self.come_back()
        self.turns = int(self.page.evaluate(TURNS))

    def type(self, random: Random) -> None:
        """Code the next word, and now and then take that off or undo it. Without a page nobody can type."""
        if not self.is_there:
            return
        turn, word = 1 + self.places % self.turns, self.places // self.turns
        self.places += 1
        key = str(random.randint(1, 9))
        code, begins, said = self.page.evaluate(ABOUT, [turn, key])
        words = said.split(" ")
        if word >= len(words):
            return
        start = begins + sum(len(before) + 1 for before in words[:word])
        self.page.focus(f"#turn-{turn}")
        for _ in range(word + 1):
            self.page.keyboard.press("w")
        self.does("apply", key, code, start, start + len(words[word]))
        chance = random.random()
        if chance < 0.2:
            self.does("remove", "Delete", code, start, start + len(words[word]))
        elif chance < 0.35:
            self.does("undo", "u", code, start, start + len(words[word]))

    def does(self, kind: str, key: str, code: str, start: int, end: int) -> None:
        self.page.keyboard.press(key)
        self.typed.append(Act(kind, code, start, end))

    def reload(self) -> None:
        """At the worst moment: without a server, the browser shows a page of its own."""
        try:
            self.page.reload(wait_until="commit", timeout=SOON)
            self.page.wait_for_selector(READY, state="attached", timeout=SOON)
            self.is_there = True
        except BrowserError:
            self.is_there = False

    def come_back(self) -> None:
        while not self.is_there:
            try:
                self.page.goto(self.url, wait_until="commit", timeout=LATER)
                self.page.wait_for_selector(READY, state="attached", timeout=LATER)
                self.is_there = True
            except BrowserError:
                self.page.wait_for_timeout(200)

    @property
    def unsent(self) -> list[str]:
        return [str(key) for key in self.page.evaluate(WAITING)]

    @property
    def says_unsent(self) -> bool:
        return bool(self.page.evaluate(SAYS_UNSENT))
