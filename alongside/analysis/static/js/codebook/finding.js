// Narrowing the codes while part of a name is typed: those that have it, what stands below them, and above.

import { above, items, linkOf } from "./folding.js";

export class Finding {
  constructor({ folding }) {
    this.input = document.getElementById("sieve-name");
    this.order = document.getElementById("sieve-order");
    if (!this.input) return;
    this.asked = this.input.value;
    this.input.addEventListener("input", () => this.narrow(folding));
    this.order.addEventListener("change", () => this.order.form.requestSubmit());
  }

  narrow(folding) {
    // What the server left out is not here to be found again: it is asked anew.
    if (this.asked && !this.input.value.toLowerCase().includes(this.asked.toLowerCase())) return;
    const typed = this.input.value.trim().toLowerCase();
    const shown = new Set();
    for (const item of items()) {
      if (!typed || linkOf(item).textContent.toLowerCase().includes(typed) || shown.has(above(item))) shown.add(item);
    }
    for (const item of [...shown]) for (let here = above(item); here; here = above(here)) shown.add(here);
    for (const item of items()) {
      item.hidden = !shown.has(item);
      if (typed && shown.has(item)) folding.show(item, false);
    }
    if (!typed) folding.draw();
  }
}
