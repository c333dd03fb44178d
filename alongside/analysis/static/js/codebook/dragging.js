// A code dragged by its line goes before or after another, or under it.

import { book } from "./folding.js";

const SIGNS = ["goes-before", "goes-after", "goes-under"];

export class Dragging {
  constructor({ moving, folding }) {
    Object.assign(this, { moving, folding, item: null });
    document.addEventListener("pointerdown", (event) => {
      const item = event.target.closest?.(".codes .code-chip")?.closest("li");
      if (item) item.draggable = true;
    });
    document.addEventListener("dragstart", (event) => this.lift(event));
    document.addEventListener("dragover", (event) => this.over(event));
    document.addEventListener("drop", (event) => this.drop(event));
    document.addEventListener("dragend", () => this.end());
  }

  lift(event) {
    const item = event.target.closest?.(".codes li");
    if (!item) return;
    this.item = item;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", item.dataset.name);
    item.classList.add("lifted");
  }

  // Where it would go: the upper part of a line is before it, the lower after it, the middle under it.
  aim(event) {
    const line = event.target.closest?.(".codes .line");
    if (!this.item || !line || this.item.contains(line)) return null;
    const { top, height } = line.getBoundingClientRect();
    const part = (event.clientY - top) / height;
    const inOrder = book().dataset.order === "own";
    if (!inOrder) return { line, sign: "goes-under" };
    return { line, sign: part < 0.3 ? "goes-before" : part > 0.7 ? "goes-after" : "goes-under" };
  }

  over(event) {
    const aim = this.aim(event);
    this.unmark();
    if (!aim) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "move";
    aim.line.classList.add(aim.sign);
  }

  drop(event) {
    const aim = this.aim(event);
    if (!aim) return;
    event.preventDefault();
    const at = aim.line.closest("li");
    const moved = this.item;
    this.end();
    if (aim.sign === "goes-under") {
      this.folding.toggle(at, false);
      this.moving.put(moved, at.dataset.id, "");
    } else {
      const before = aim.sign === "goes-before" ? at : this.next(at, moved);
      this.moving.put(moved, at.dataset.parent, before?.dataset.id ?? "");
    }
  }

  next(item, but) {
    let next = item.nextElementSibling;
    if (next === but) next = next.nextElementSibling;
    return next;
  }

  unmark() {
    for (const sign of SIGNS) for (const line of book().querySelectorAll(`.${sign}`)) line.classList.remove(sign);
  }

  end() {
    this.unmark();
    this.item?.classList.remove("lifted");
    if (this.item) this.item.draggable = false;
    this.item = null;
  }
}
