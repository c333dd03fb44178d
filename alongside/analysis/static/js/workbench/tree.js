// The codebook beside the text: counts in this text, numbers of the pinned codes, finding, and codes just named.

import { inFrame } from "./frame.js";
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
    this.stale = new Set();
    this.soon = inFrame(() => this.recount());
    this.read();
    this.pins = [...book.codes].filter((code) => !code.retired).sort((a, b) => b.count - a.count || this.totals.has(a) - this.totals.has(b)).slice(0, PINS);
    this.pins.forEach((code, index) => this.pin(code, index));
    codings.addEventListener("change", ({ detail }) => {
      this.stale.add(detail.coding.code);
      this.soon();
    });
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

  // What the server drew.
  read() {
    const { byId } = this.book;
    for (const total of this.root.querySelectorAll("[data-total]")) this.totals.set(byId.get(total.dataset.total), total);
    for (const button of this.root.querySelectorAll(".code")) this.learn(byId.get(button.dataset.id), button);
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

  // Counts of what changed, and the sums above it, each once.
  recount() {
    const above = new Set();
    for (const code of this.stale) {
      this.show(code);
      for (let each = code; each; each = each.parent) above.add(each);
    }
    this.stale.clear();
    for (const code of above) {
      const total = this.totals.get(code);
      if (total) total.textContent = this.sum(code);
    }
  }

  show(code) {
    const button = this.buttons.get(code);
    if (!button) return;
    this.counts.get(code).textContent = code.count;
    button.hidden = this.isIdle(code);
  }

  // A code that only gathers others, or is out of use, needs no line of its own while nothing is coded with it.
  isIdle(code) {
    return !code.count && (code.retired || this.totals.has(code));
  }

  sum(code) {
    let all = 0;
    const waiting = [code];
    while (waiting.length) {
      const one = waiting.pop();
      all += one.count;
      waiting.push(...this.book.below(one));
    }
    return all;
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
    this.place(code, button);
    this.learn(code, button);
    this.show(code);
    if (this.pins.length < PINS) this.pin(code, this.pins.push(code) - 1);
  }

  // Below the name of its branch, if it is one; else on a line of its own.
  place(code, button) {
    const own = this.totals.get(code)?.parentElement;
    if (own) return own.after(button);
    const item = document.createElement("li");
    item.append(button);
    return this.below(code.parent).append(item);
  }

  // The list of the codes below one, or of those on top. A code that had none below it becomes a branch.
  below(parent) {
    if (!parent) return this.root.querySelector("ul");
    const button = this.buttons.get(parent);
    if (!this.totals.has(parent) && button) this.branch(parent, button);
    return this.totals.get(parent)?.closest("details").querySelector("ul") ?? this.root.querySelector("ul");
  }

  branch(code, button) {
    const [details, summary, total, list] = ["details", "summary", "span", "ul"].map((name) => document.createElement(name));
    details.open = true;
    total.dataset.total = code.id;
    total.textContent = this.sum(code);
    summary.append(code.name, " ", total);
    list.role = "list";
    button.replaceWith(details);
    details.append(summary, button, list);
    this.totals.set(code, total);
    this.show(code);
  }

  // A code that somebody gave another name or colour, put elsewhere, or took out of use.
  relearn(code, was) {
    const button = this.buttons.get(code);
    if (!button) return code.retired ? undefined : this.add(code);
    button.dataset.code = code.colour;
    button.dataset.id = code.id;
    button.querySelector(".name").firstChild.data = code.name;
    const summary = this.totals.get(code)?.parentElement;
    if (summary) summary.firstChild.data = `${code.name} `;
    if (was.parent !== code.parent) this.below(code.parent).append(button.closest("li"));
    for (const each of [code, was.parent, code.parent]) if (each) this.stale.add(each);
    return this.soon();
  }

  // Codes whose names, or the names above them, have what is typed; a branch shows while anything in it does.
  filter() {
    const typed = this.find.value.trim().toLowerCase();
    for (const [code, button] of this.buttons) button.hidden = typed ? rank(code, typed) === null : this.isIdle(code);
    for (const item of [...this.root.querySelectorAll("li")].reverse()) {
      item.hidden = ![...item.querySelectorAll(".code")].some((button) => !button.hidden);
    }
    if (typed) for (const branch of this.root.querySelectorAll("details")) branch.open = true;
  }
}
