// Arrow keys go from code to code and fold; with Alt they move the code.

import { above, items, linkOf } from "./folding.js";

const MOVES = { ArrowUp: "up", ArrowDown: "down", ArrowRight: "in", ArrowLeft: "out" };

export class Keys {
  constructor({ folding, moving }) {
    Object.assign(this, { folding, moving });
    document.addEventListener("keydown", (event) => {
      const link = event.target.closest?.(".codes .code-chip");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      const item = link.closest("li");
      const done = event.altKey ? this.move(event.key, item) : this.go(event.key, item);
      if (done) event.preventDefault();
    });
  }

  move(key, item) {
    if (!MOVES[key] || !this.moving.mayMove) return false;
    this.moving.step(item, MOVES[key]);
    return true;
  }

  go(key, item) {
    const seen = items().filter((each) => linkOf(each).offsetParent);
    const at = seen.indexOf(item);
    const folded = item.classList.contains("folded");
    const has = !item.querySelector(":scope > .line .fold[data-leaf]");
    const to = {
      ArrowDown: () => seen[at + 1],
      ArrowUp: () => seen[at - 1],
      Home: () => seen[0],
      End: () => seen.at(-1),
      ArrowRight: () => (has && folded ? this.fold(item, false) : has && seen[at + 1]),
      ArrowLeft: () => (has && !folded ? this.fold(item, true) : above(item)),
    }[key];
    if (!to) return false;
    const target = to();
    if (target) linkOf(target).focus();
    return true;
  }

  fold(item, folded) {
    this.folding.toggle(item, folded);
    return item;
  }
}
