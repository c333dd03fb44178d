"""How long a key press takes to be seen and to be acknowledged, told by the page itself."""

from typing import Any, cast

from playwright.sync_api import Page

from benchmarks.parts.browsing import PAINTED

# Before the page's own script: the answers to what it posts are noted as they come, and how long after a key
# the browser says that it showed the next picture (Event Timing: in steps of 8 ms, and nothing under 16).
LISTENING = """
window.shown = [];
new PerformanceObserver(list => {
  for (const { name, startTime, duration } of list.getEntries()) {
    if (name === "keydown") shown.push({ at: startTime, duration });
  }
}).observe({ type: "event", durationThreshold: 16 });
window.answered = [];
const fetched = window.fetch;
window.fetch = async (...asked) => {
  const answer = await fetched(...asked);
  if (asked[1]?.method === "POST" && String(asked[0]).includes("/codings/")) {
    answered.push({ at: performance.now(), status: answer.status });
  }
  return answer;
};
"""
# Two frames after the key press, what it put on the page has been painted: at most a frame too late.
ARMED = """turn => {
  const stripes = () => document.querySelectorAll(`#${turn} .stripe`).length;
  const before = stripes();
  answered.length = 0;
  window.pressed = new Promise(done => addEventListener("keydown", ({ timeStamp }) =>
    requestAnimationFrame(() => requestAnimationFrame(() => done({
      at: timeStamp, painted: performance.now() - timeStamp, drawn: stripes() - before,
      clock: performance.timeOrigin + timeStamp,
    }))), { once: true, capture: true }));
}"""
TOLD = """async () => {
  const told = await pressed;
  while (!answered.length) await new Promise(done => setTimeout(done, 5));
  // It is told of a picture only some time after.
  const ofPress = () => shown.find(({ at }) => Math.abs(at - told.at) < 1);
  for (let tries = 0; tries < 20 && !ofPress(); tries += 1) await new Promise(done => setTimeout(done, 10));
  const { at, status } = answered[0];
  return { ...told, shown: ofPress()?.duration ?? 16, acknowledged: at - told.at, status };
}"""
# On another's page: when one more stripe than now has been painted in a turn.
AWAITED = """turn => {
  const element = document.getElementById(turn);
  const stripes = () => element.querySelectorAll(".stripe").length;
  const before = stripes();
  window.arrived = new Promise(done => new MutationObserver((_changes, watcher) => {
    if (stripes() <= before) return;
    watcher.disconnect();
    requestAnimationFrame(() => requestAnimationFrame(
      () => done(performance.timeOrigin + performance.now())));
  }).observe(element, { childList: true, subtree: true }));
}"""


def choose(page: Page, turn: int, word: int = 1) -> str:
    """Bring a turn before the reader with one of its words chosen, and let all that settle."""
    page.focus(f"#turn-{turn}")
    page.evaluate("turn => document.getElementById(turn).scrollIntoView()", f"turn-{turn}")
    for _ in range(word):
        page.keyboard.press("w")
    page.evaluate(PAINTED)
    page.evaluate(PAINTED)
    return f"turn-{turn}"


def press(page: Page, turn: str, key: str) -> dict[str, Any]:
    """Milliseconds from the key press till its coding was painted, and till the server's answer came."""
    page.evaluate(ARMED, turn)
    page.keyboard.press(key)
    told = cast(dict[str, Any], page.evaluate(TOLD))
    if told["drawn"] != 1 or told["status"] != 200:
        raise SystemExit(f"A code that was applied in {turn} was not drawn and kept: {told}.")
    return told
