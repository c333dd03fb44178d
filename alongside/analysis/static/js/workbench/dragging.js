// A code taken from the codebook by the mouse and let go over the words: over chosen ones it is put on those,
// elsewhere on the sentence under the pointer.

export function dragged(tree, list, text, { desk, pick }) {
  let carried = null;
  const sentenceAt = (event) => {
    const under = text.under(event);
    if (!under) return null;
    const { turn, point } = under;
    if (pick.span && pick.span.start <= point && point <= pick.span.end) return [pick.span.start, pick.span.end];
    return turn.pieces("sentence").find(([from, to]) => from <= point && point <= to) ?? null;
  };
  tree.root.addEventListener("dragstart", (event) => {
    carried = tree.codeOf(event.target.closest?.(".code"));
    if (!carried) return;
    event.dataTransfer.setData("text/plain", carried.name);
    event.dataTransfer.effectAllowed = "copy";
  });
  tree.root.addEventListener("dragend", () => {
    carried = null;
    list.classList.remove("receiving");
  });
  list.addEventListener("dragover", (event) => {
    if (!carried || !sentenceAt(event)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "copy";
    list.classList.add("receiving");
  });
  list.addEventListener("dragleave", () => list.classList.remove("receiving"));
  list.addEventListener("drop", (event) => {
    const span = carried && sentenceAt(event);
    list.classList.remove("receiving");
    if (!span) return;
    event.preventDefault();
    pick.set(...span);
    desk.apply(carried);
  });
}
