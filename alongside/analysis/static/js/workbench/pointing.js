// Choosing words with the browser's own selection: let go of the mouse and the codes are offered; with a finger,
// whose selection is still being drawn out, a bar waits below.

export function pointed(list, text, { desk, pick, offers, stepAt }) {
  if (!offers) return;
  const bar = document.getElementById("touch-bar");
  let withMouse = true;
  const isOurs = () => {
    const selection = getSelection();
    return !selection.isCollapsed && selection.rangeCount && selection.getRangeAt(0).intersectsNode(list);
  };
  const open = () => pick.take() && offers.open(text.at(pick.span.start));
  // A finger that touches other words lets go of those that were chosen.
  let before = null;

  document.addEventListener("pointerdown", (event) => {
    if (bar.contains(event.target)) return;
    withMouse = event.pointerType === "mouse";
    if (!offers.popover.contains(event.target)) offers.hide();
  });
  list.addEventListener("pointerdown", (event) => {
    before = pick.span;
    if (event.target.closest(".said") && withMouse) pick.clear();
  });
  document.addEventListener("pointerup", (event) => {
    if (withMouse && isOurs() && !event.target.closest?.("#apply")) open();
  });
  const showBar = () => {
    bar.hidden = withMouse || offers.isOpen || (!isOurs() && !pick.span);
  };
  document.addEventListener("selectionchange", showBar);
  pick.addEventListener("change", showBar);
  // The selection is read before the press can clear it.
  bar.addEventListener("pointerdown", (event) => event.preventDefault());
  const widths = {
    sentence: () => pick.widen("sentence"),
    turn: () => pick.widen("turn"),
    more: () => pick.extend("word", 1),
    less: () => pick.extend("word", -1),
    none: () => pick.clear(),
    code: () => offers.open(text.at(pick.span.start)),
  };
  bar.addEventListener("click", (event) => {
    const act = widths[event.target.closest("button")?.dataset.touch];
    if (act && (pick.take() || pick.span)) act();
    showBar();
  });
  list.addEventListener("click", (event) => {
    const under = event.target.closest(".said") && getSelection().isCollapsed && text.under(event);
    if (!under) return;
    if (pick.span && pick.span === before) pick.clear();
    else if (!pick.span) stepAt(under.turn, under.point);
  });
  // The browser's selection gives way to ours, so copying takes ours.
  document.addEventListener("copy", (event) => {
    if (!pick.span || !getSelection().isCollapsed || event.target.matches?.("input, textarea")) return;
    event.clipboardData.setData("text/plain", pick.words);
    event.preventDefault();
  });
}
