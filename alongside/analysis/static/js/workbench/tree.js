// The codebook beside the text: counts in this text, numbers of the pinned codes, finding, and codes just named.

import { rank } from "./offers.js";

const PINS = 9;

export class Tree {
  constructor({ book, codings, onCode, onLeave }) {
    Object.assign(this, { book });
    this.root = document.getElementById("tree");
    this.find = document.getElementById("find");
    this.buttons = new Map();
    this.counts = new Map();
    this.totals = new Map();
    for (const code of book.codes) this.known(code);
    this.pins = [...book.codes].filter((code) => !code.retired).sort((a, b) => b.count - a.count || this.totals.has(a) - this.totals.has(b)).slice(0, PINS);
    this.pins.forEach((code, index) => this.pin(code, index));
    codings.addEventListener("change", ({ detail }) => this.count(detail.coding.code));
    this.root.addEventListener("click", (event) => {
      const code = this.codeOf(event.target.closest(".code"));
      if (code) onCode(code);
    });
    this.find.addEventListener("input", () => this.filter());
    this.find.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      this.find.value = "";
      this.filter();
      onLeave();
    });
  }

  known(code) {
    const button = this.root.querySelector(`.code[data-id="${code.id}"]`);
    const total = this.root.querySelector(`[data-total="${code.id}"]`);
    if (total) this.totals.set(code, total);
    if (button) this.learn(code, button);
  }

  learn(code, button) {
    if (code.pattern) button.dataset.pattern = code.pattern;
    this.buttons.set(code, button);
    this.counts.set(code, button.querySelector(".count"));
  }

  codeOf(button) {
    return button && [...this.buttons].find(([, made]) => made === button)?.[0];
  }

  pin(code, index) {
    const key = document.createElement("kbd");
    key.textContent = index + 1;
    this.counts.get(code)?.before(key);
  }

  count(code) {
    const counted = this.counts.get(code);
    if (counted) counted.textContent = code.count;
    if (code.count) this.buttons.get(code).hidden = false;
    for (let above = code; above; above = above.parent) {
      const total = this.totals.get(above);
      if (total) total.textContent = this.sum(above);
    }
  }

  // A code that only gathers others needs no line of its own below its name.
  isHeading(code) {
    return this.totals.has(code) && !code.count;
  }

  sum(code) {
    return code.count + this.book.codes.filter((one) => one.parent === code).reduce((all, one) => all + this.sum(one), 0);
  }

  add(code) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "code";
    button.draggable = true;
    button.dataset.code = code.colour;
    for (const [className, words] of [["swatch", ""], ["name", code.name], ["count", code.count]]) {
      const part = document.createElement("span");
      part.className = className;
      part.textContent = words;
      button.append(part);
    }
    const item = document.createElement("li");
    item.append(button);
    this.below(code.parent).append(item);
    this.learn(code, button);
    if (this.pins.length < PINS) this.pin(code, this.pins.push(code) - 1);
  }

  // The list of the codes below one, or of those on top.
  below(parent) {
    const total = parent && this.root.querySelector(`[data-total="${parent.id}"]`);
    return total?.closest("details")?.querySelector("ul") ?? this.root.querySelector("ul");
  }

  // A code that somebody gave another name, or took out of use.
  relearn(code) {
    const button = this.buttons.get(code);
    if (!button) return;
    button.dataset.code = code.colour;
    button.querySelector(".name").textContent = code.name;
  }

  recolour(code) {
    const button = this.buttons.get(code);
    if (button) button.dataset.code = code.colour;
  }

  // Codes whose names, or the names above them, have what is typed; a branch shows while anything in it does.
  filter() {
    const typed = this.find.value.trim().toLowerCase();
    for (const [code, button] of this.buttons) button.hidden = typed ? rank(code, typed) === null : this.isHeading(code);
    for (const item of [...this.root.querySelectorAll("li")].reverse()) {
      item.hidden = ![...item.querySelectorAll(".code")].some((button) => !button.hidden);
    }
    if (typed) for (const branch of this.root.querySelectorAll("details")) branch.open = true;
  }
}
