"""Takes at most 8 minutes. ALONGSIDE_DRILL_SEED repeats a run as far as chance goes; what the machine does in
the same moments, it doesn't repeat."""

import json
import os
import subprocess
import time
from collections import Counter
from pathlib import Path
from random import Random, SystemRandom
from threading import Timer
from typing import Any

from benchmarks.harness import Tally
from benchmarks.parts import alongside_site
from benchmarks.parts.browsing import browser_context, free_port
from benchmarks.parts.typing_coder import Act, TypingCoder

TITLE = "Two code while the server is killed and the line is cut: nothing typed is lost or doubled"
INTERRUPTIONS, LONGEST = 40, 380
DOCUMENTS, OPEN = 4, 240
# Killed, cut off, or only loaded anew: how often, out of ten.
KINDS = ["kill"] * 4 + ["cut"] * 4 + ["reload"] * 2
# What waits in a page is tried again after half a minute at the latest.
TO_BE_SENT = 60


class Server:
    def __init__(self, filled: alongside_site.Filled) -> None:
        self.filled, self.port = filled, free_port()
        self.process: subprocess.Popen[bytes] = filled.start(self.port)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def again(self) -> None:
        self.process.wait()
        self.process = self.filled.start(self.port)

    def end(self) -> None:
        self.process.kill()
        self.process.wait()


def run(tally: Tally) -> None:
    seed = int(os.environ.get("ALONGSIDE_DRILL_SEED") or SystemRandom().randrange(10**6))
    print(f"  seed {seed}", flush=True)
    filled = alongside_site.fill(Path(os.environ["ALONGSIDE_DATA"]), DOCUMENTS, coders=3)
    transcript = filled.pages[OPEN].rstrip("/").rsplit("/", 1)[-1]
    before = filled.ask("last", transcript).strip()
    server, random = Server(filled), Random(seed)
    try:
        with browser_context() as browser:
            assert browser.browser is not None
            contexts = [browser, browser.browser.new_context(viewport={"width": 1440, "height": 900})]
            coders = [
                TypingCoder(server.address + filled.pages[OPEN], context, filled.sessions[who], who)
                for who, context in enumerate(contexts, start=1)
            ]
            done = interrupted(server, coders, random)
            unsent = {coder.email: settled(coder) for coder in coders}
    finally:
        server.end()
    stored = json.loads(filled.ask("acts", transcript, before))
    print(f"  {sum(done.values())} interruptions: {', '.join(f'{kind} {n}' for kind, n in done.items())}")
    for coder in coders:
        judge(tally, coder, stored, unsent[coder.email])
    tally.count([not stored["missing"], not stored["faults"]])


def interrupted(server: Server, coders: list[TypingCoder], random: Random) -> Counter[str]:
    done: Counter[str] = Counter()
    ends = time.monotonic() + LONGEST
    while sum(done.values()) < INTERRUPTIONS and time.monotonic() < ends:
        kind = random.choice(KINDS)
        done[kind] += 1
        for coder in coders:
            coder.type(random)
        interrupt(kind, server, coders, random)
        for coder in coders:
            coder.come_back()
    return done


def interrupt(kind: str, server: Server, coders: list[TypingCoder], random: Random) -> None:
    """Somewhere between the key presses; whoever codes goes on, and now and then loads the page meanwhile."""
    dying = Timer(random.uniform(0, 0.4), server.process.kill)
    cut = random.sample(coders, random.randint(1, len(coders))) if kind == "cut" else []
    if kind == "kill":
        dying.start()
    for coder in cut:
        coder.context.set_offline(True)
    for coder in coders:
        for _ in range(random.randint(1, 3)):
            coder.type(random)
        if kind == "reload" or random.random() < 0.4:
            coder.reload()
    if kind == "kill":
        dying.join()
        server.again()
    for coder in cut:
        coder.context.set_offline(False)


def settled(coder: TypingCoder) -> list[str]:
    """The names of the acts that the page still shows as unsent, once it had time to send them."""
    ends = time.monotonic() + TO_BE_SENT
    while coder.unsent and time.monotonic() < ends:
        coder.page.wait_for_timeout(500)
    return coder.unsent if coder.says_unsent else []


def judge(
    tally: Tally,
    coder: TypingCoder,
    stored: dict[str, Any],
    unsent: list[str],
) -> None:
    """Each act that was typed is stored once, or in the page as unsent; and nothing else is stored."""
    found = Counter(
        Act(act["kind"], code, start, end)
        for act in stored["acts"]
        if act["by"] == coder.email
        for _pk, code, start, end in act["codings"]
    )
    missing = [act for act in coder.typed if found[act] == 0]
    wrong = [act for act in coder.typed if found[act] > 1] + [act for act in found if act not in coder.typed]
    lost = missing[: max(0, len(missing) - len(unsent))]
    tally.count(act not in lost and act not in wrong for act in coder.typed)
    tally.count(False for act in wrong if act not in coder.typed)
    print(f"  {coder.email}: {len(coder.typed)} acts typed, {len(unsent)} shown as unsent, {len(lost)} lost")
    for act in [*lost, *wrong]:
        print(f"    {act}: stored {found[act]} times")
