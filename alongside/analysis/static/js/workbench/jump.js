// From one place of the transcript to the next: words, a speaker's turns, a code's codings, what is written
// beside the text. The field keeps the focus, so that Enter goes on; Escape goes to the text, with the words
// that were found chosen.

import { said } from "./finding.js";
import { brief } from "./say.js";

// More than these, and only those around the one at hand are lit.
const LIT = 1000, AROUND = 30;
const able = "highlights" in CSS;

export class Jump {
  constructor({ text, codings, book, pick, say, view, written, settle, step, go, current }) {
    Object.assign(this, { text, codings, book, pick, say, view, written, settle, step, go, current });
    this.bar = document.getElementById("jump");
    const part = (name) => document.getElementById(`jump-${name}`);
    [this.by, this.words, this.which, this.count] = ["by", "words", "which", "count"].map(part);
    this.opener = document.getElementById("show-jump");
    this.stops = [];
    this.at = null;
    this.light = able ? ["found", "found-here"].map((name, index) => register(name, 3 + index)) : null;
    this.opener.addEventListener("click", () => (this.bar.hidden ? this.open() : this.close()));
    part("close").addEventListener("click", () => this.close());
    part("back").addEventListener("click", () => this.move(-1));
    this.by.addEventListener("change", () => this.ask());
    this.which.addEventListener("change", () => this.look());
    this.words.addEventListener("input", () => this.look());
    this.bar.addEventListener("submit", (event) => {
      event.preventDefault();
      this.move(1);
    });
    this.bar.addEventListener("keydown", (event) => this.key(event));
  }

  key(event) {
    if (event.isComposing) return;
    if (event.key === "Escape") this.close();
    else if (event.key === "Enter" && event.shiftKey) this.move(-1);
    else if (event.key === "Enter" && event.target === this.which) this.move(1);
    else return;
    event.preventDefault();
  }

  open() {
    this.bar.hidden = false;
    this.origin = this.current();
    this.opener.ariaExpanded = "true";
    if (this.by.value === "words") this.words.select();
    this.ask();
  }

  close() {
    const stop = this.at;
    this.bar.hidden = true;
    this.opener.ariaExpanded = "false";
    this.shine(true);
    this.go(stop?.turn ?? this.current());
    if (stop && this.by.value === "words") this.pick.set(stop.start, stop.end);
  }

  // What can be looked for, for the kind that was chosen.
  ask() {
    const inWords = this.by.value === "words", choices = this.choices();
    this.words.hidden = !inWords;
    this.which.hidden = !choices.length;
    const before = this.which.value;
    this.which.replaceChildren(...choices.map(([name, value]) => new Option(name, value)));
    if (choices.some(([, value]) => value === before)) this.which.value = before;
    this.look();
    (inWords ? this.words : choices.length ? this.which : this.by).focus();
  }

  choices() {
    if (this.by.value === "speaker") return [...new Set(this.text.turns.map(speaker))].map((name) => [name, name]);
    if (this.by.value !== "code") return [];
    const used = this.book.codes.map((code, index) => [code, index]).filter(([code]) => code.count);
    return used.map(([code, index]) => [[...code.path, code.name].join(" › "), String(index)]);
  }

  look() {
    this.stops = this.found();
    this.at = null;
    this.shine();
    if (this.stops.length) return this.move(0);
    this.settle(this.origin);
    const hasAsked = this.by.value !== "words" || this.words.value.trim();
    return this.tell(hasAsked ? this.nothing() : "");
  }

  found() {
    const { turns } = this.text;
    if (this.by.value === "words") return turns.flatMap((turn) => [...said(turn, this.words.value)]);
    if (this.by.value === "speaker") {
      const wanted = turns.filter((turn) => speaker(turn) === this.which.value);
      return wanted.map((turn) => ({ turn, start: turn.start, end: turn.end }));
    }
    if (this.by.value === "notes") {
      return this.written().map(({ start, end, coding, memos }) => ({ turn: this.text.at(start), start, end, coding, memos }));
    }
    const code = this.book.codes[Number(this.which.value)];
    const ofCode = [...this.codings.all].filter((coding) => coding.code === code).sort((a, b) => a.start - b.start);
    return ofCode.map((coding) => ({ turn: this.text.at(coding.start), start: coding.start, end: coding.end, coding }));
  }

  // There is more to find, or less, and one stays where one is.
  refresh() {
    if (this.bar.hidden || this.by.value !== "notes") return;
    this.stops = this.found();
    const place = this.stops.findIndex((stop) => this.isAt(stop));
    if (place < 0) this.at = null;
    this.count.textContent = place < 0 ? "" : this.say.with("foundNumber", { number: place + 1, count: this.stops.length });
  }

  nothing() {
    const key = this.by.value === "words" ? "foundNone" : "noneToFind";
    return this.say.with(key, { words: this.words.value.trim() });
  }

  // By 0: the first from the turn at which the search was opened. Past the last it begins again.
  move(by) {
    if (by && ["code", "notes"].includes(this.by.value)) this.stops = this.found();
    const { length } = this.stops;
    if (!length) return void this.say.aloud(this.bar.hidden ? this.say.with("searchFirst") : this.nothing());
    const place = this.stops.findIndex((stop) => this.isAt(stop));
    let next = (place + by + length) % length;
    if (place < 0) {
      next = this.stops.findIndex((stop) => stop.end > (by ? this.current() : this.origin).start);
      if (next < 0) next = by < 0 ? length - 1 : 0;
    }
    return this.stand(this.stops[next], next);
  }

  isAt({ start, end, coding }) {
    return this.at?.start === start && this.at.end === end && this.at.coding === coding;
  }

  stand(stop, index) {
    this.at = stop;
    this.shine();
    if (stop.coding) this.step(stop.coding);
    else this.settle(stop.turn);
    this.view.bring(stop.turn.range(Math.max(stop.start, stop.turn.start), Math.min(stop.end, stop.turn.end)).getBoundingClientRect());
    const number = { number: index + 1, count: this.stops.length };
    this.tell(this.say.with("foundNumber", number), this.say.with("foundOne", { ...number, words: this.heard(stop) }));
  }

  heard({ start, end, memos }) {
    if (this.by.value !== "notes") return brief(this.text.words(start, end), 60);
    return memos ? memos.map(({ who, words }) => this.say.with("aMemo", { who, words: brief(words) })).join(" ") : this.say.with("aNote");
  }

  tell(sentence, heard = sentence) {
    this.count.textContent = sentence;
    if (heard) this.say.softly(heard);
  }

  shine(isOff = false) {
    if (!able) return;
    const [all, here] = this.light;
    all.clear();
    here.clear();
    if (isOff || this.by.value !== "words") return;
    const middle = (this.at?.turn ?? this.current()).index;
    const few = this.stops.length <= LIT;
    for (const { turn, start, end } of this.stops) {
      if (few || Math.abs(turn.index - middle) <= AROUND) all.add(turn.still(start, end));
    }
    if (this.at) here.add(this.at.turn.still(this.at.start, this.at.end));
  }
}

const speaker = (turn) => turn.element.querySelector(".speaker b").textContent;

function register(name, priority) {
  const highlight = new Highlight();
  highlight.priority = priority;
  CSS.highlights.set(name, highlight);
  return highlight;
}
