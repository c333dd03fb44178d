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

  document.addEventListener("pointerdown", (event) => {
    withMouse = event.pointerType === "mouse";
    if (!offers.popover.contains(event.target) && !bar.contains(event.target)) offers.hide();
  });
  list.addEventListener("pointerdown", (event) => {
    if (event.target.closest(".said") && withMouse) pick.clear();
  });
  document.addEventListener("pointerup", (event) => {
    if (withMouse && isOurs() && !event.target.closest?.("#apply")) open();
  });
  document.addEventListener("selectionchange", () => {
    bar.hidden = withMouse || !isOurs();
  });
  // The selection is read before the press can clear it.
  bar.addEventListener("pointerdown", (event) => event.preventDefault());
  bar.addEventListener("click", () => {
    open();
    bar.hidden = true;
  });
  list.addEventListener("click", (event) => {
    const turn = text.holding(event.target.closest(".said"));
    const { anchorNode, anchorOffset, isCollapsed } = getSelection();
    if (turn && isCollapsed && anchorNode === turn.node && !pick.span) stepAt(turn, turn.point(anchorOffset));
  });
  // The browser's selection gives way to ours, so copying takes ours.
  document.addEventListener("copy", (event) => {
    if (!pick.span || !getSelection().isCollapsed || event.target.matches?.("input, textarea")) return;
    event.clipboardData.setData("text/plain", pick.words);
    event.preventDefault();
  });
}
