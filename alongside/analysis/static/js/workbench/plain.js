// Plain mode: a touch chooses a sentence, and two large buttons do the rest.

export function plain(bench, list, { text, desk, pick, offers, book, say }) {
  if (!("plain" in bench.dataset)) return;
  for (const means of document.querySelectorAll("#tree .means")) {
    const code = book.byId.get(means.closest(".code").dataset.id);
    if (code) code.means = means.textContent;
  }
  if (!desk.may.code) return;
  document.getElementById("plain-undo").addEventListener("click", () => desk.undo());
  // Only where there is something to do again, so that the bar stays short.
  const redo = document.getElementById("plain-redo");
  redo.addEventListener("click", () => desk.redo());
  desk.addEventListener("did", ({ detail: { kind } }) => {
    redo.hidden = kind !== "undo" && kind !== "redo";
  });
  // A touch on words that one coded offers to take that off.
  const off = document.getElementById("plain-off");
  off.addEventListener("click", () => {
    list.querySelector(".turn.current")?.focus({ preventScroll: true });
    pick.clear();
    desk.remove(desk.chosen);
  });
  desk.addEventListener("step", ({ detail: { coding } }) => {
    off.hidden = !coding?.mine;
  });
  const code = document.getElementById("plain-code");
  // The selection is read before the press can clear it.
  code.addEventListener("pointerdown", (event) => event.preventDefault());
  code.addEventListener("click", () => {
    if (!pick.span && !pick.take()) return void say.aloud(say.with("chooseWords"));
    return offers?.open(text.at(pick.span.start));
  });
  list.addEventListener("click", (event) => {
    const under = event.target.closest(".said") && getSelection().isCollapsed && !pick.span && text.under(event);
    if (!under) return;
    const { turn, point } = under;
    const sentence = turn.pieces("sentence").find(([start, end]) => start <= point && point <= end);
    if (sentence) pick.set(...sentence);
  });
}
