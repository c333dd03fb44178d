// Beside the words: stripes in lanes with their names, and line numbers. Drawn only for turns near the screen.
// Every measurement comes before every change, so that the browser lays the page out once.

import { arrange } from "./arrange.js";
import { inFrame } from "./frame.js";

const LANES = 5;
const NAME_HEIGHT = 19;
const EVERY = 5;

function element(name, className, words) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (words !== undefined) made.textContent = words;
  return made;
}

export class Margin {
  constructor(text, codings, say, { onStep }) {
    Object.assign(this, { text, codings, say });
    this.near = new Set();
    this.stale = new Set();
    this.soon = inFrame(() => this.refresh());
    this.owners = new WeakMap();
    this.chosen = null;
    codings.addEventListener("change", ({ detail }) => this.redraw(detail.coding));
    codings.addEventListener("mark", ({ detail: { coding } }) => this.flag(coding, "waiting", coding.waiting));
    text.turns[0]?.element.parentElement.addEventListener("click", (event) => {
      const coding = this.owners.get(event.target.closest(".stripe"));
      if (coding) onStep(coding);
    });
  }

  redraw(coding) {
    for (const [turn] of this.text.parts(coding.start, coding.end)) this.stale.add(turn);
    this.soon();
  }

  // Every turn near the screen, with whatever else waits for the next frame.
  redrawNear() {
    for (const turn of this.near) this.stale.add(turn);
    this.soon();
  }

  refresh() {
    this.dress([...this.stale].filter((turn) => this.near.has(turn)));
    this.stale.clear();
  }

  redrawAll() {
    this.dress([...this.near]);
  }

  flag(coding, name, on) {
    for (const [turn] of coding ? this.text.parts(coding.start, coding.end) : []) {
      turn.striped?.get(coding)?.element.classList.toggle(name, on);
    }
  }

  step(coding) {
    this.flag(this.chosen, "chosen", false);
    this.flag(coding, "chosen", true);
    this.chosen = coding;
  }

  show(turns) {
    for (const turn of turns) this.near.add(turn);
    this.dress(turns);
  }

  hide(turn) {
    this.near.delete(turn);
    this.undress(turn);
  }

  undress(turn) {
    turn.lanes?.remove();
    turn.numbers?.forEach(({ element: mark }) => mark.remove());
    turn.lanes = turn.striped = turn.numbers = null;
  }

  dress(turns) {
    const shown = turns.filter((turn) => turn.element.offsetHeight);
    const measured = shown.map((turn) => {
      const box = turn.element.getBoundingClientRect();
      return { turn, lanes: this.measureLanes(turn, box), numbers: this.measureNumbers(turn, box.top) };
    });
    for (const { turn, lanes, numbers } of measured) {
      this.drawLanes(turn, lanes);
      drawNumbers(turn, numbers);
    }
  }

  // Greedy lanes: each stripe in the first lane that is free at its height; names nudged down past each other.
  measureLanes(turn, box) {
    const free = Array(LANES).fill(-Infinity);
    const stripes = [];
    for (const coding of this.codings.of[turn.index]) {
      const boxes = turn.range(Math.max(coding.start, turn.start), Math.min(coding.end, turn.end)).getClientRects();
      if (!boxes.length) continue;
      const from = boxes[0].top - box.top + 2, to = boxes[boxes.length - 1].bottom - box.top - 2;
      let lane = free.findIndex((until) => until <= from + 4);
      if (lane < 0) lane = free.indexOf(Math.min(...free));
      free[lane] = Math.max(free[lane], to);
      stripes.push({ coding, lane, from, to });
    }
    nameStripes(stripes, box.height);
    return stripes;
  }

  measureNumbers(turn, top) {
    const marks = [];
    if (turn.element.closest("[data-lines=off]")) return marks;
    turn.lines.forEach((offset, index) => {
      if ((turn.line + index) % EVERY) return;
      const at = turn.start + offset;
      const [box] = turn.range(at, Math.min(at + 1, turn.end)).getClientRects();
      marks.push({ line: turn.line + index, top: (box?.top ?? top) - top });
    });
    return marks;
  }

  drawLanes(turn, stripes) {
    if (!stripes.length) {
      turn.lanes?.remove();
      turn.lanes = turn.striped = null;
      return;
    }
    const before = turn.striped;
    turn.striped = new Map(stripes.map((stripe) => [stripe.coding, this.stripe(before?.get(stripe.coding), stripe)]));
    const drawn = [...turn.striped.values()].map(({ element: made }) => made);
    const hidden = stripes.filter(({ name }) => name === undefined).length;
    if (hidden) drawn.push(more(this.say.with("more", { count: hidden }), stripes));
    const isNew = !turn.lanes;
    if (isNew) {
      turn.lanes = element("div", "lanes");
      turn.lanes.ariaHidden = "true";
    }
    const count = String(Math.max(...stripes.map(({ lane }) => lane)) + 1);
    const { style } = turn.lanes;
    if (style.getPropertyValue("--lanes") !== count) style.setProperty("--lanes", count);
    arrange(turn.lanes, drawn);
    if (isNew) turn.element.append(turn.lanes);
  }

  // A stripe as it stands already if it looks the same, at its place.
  stripe(before, stripe) {
    const look = lookOf(stripe), place = placeOf(stripe);
    const drawn = before?.look === look ? before : { element: this.drawStripe(stripe), look, place: "" };
    const { coding } = stripe;
    drawn.element.classList.toggle("chosen", coding === this.chosen);
    drawn.element.classList.toggle("waiting", coding.waiting);
    if (drawn.place === place) return drawn;
    const { style } = drawn.element;
    style.setProperty("--lane", stripe.lane);
    style.setProperty("--from", `${stripe.from}px`);
    style.setProperty("--tall", `${stripe.to - stripe.from}px`);
    if (stripe.name) style.setProperty("--label", `${stripe.label}px`);
    return { ...drawn, place };
  }

  drawStripe({ coding, name }) {
    const stripe = element("div", "stripe");
    stripe.dataset.code = coding.code.colour;
    if (coding.code.pattern) stripe.dataset.pattern = coding.code.pattern;
    stripe.title = coding.code.name;
    stripe.append(element("i"));
    if (name) {
      const words = element("span", "", name);
      if (coding.important) words.prepend("★ ");
      if (!coding.mine) words.append(" ", element("small", "", coding.coder[1]));
      stripe.append(words);
    }
    this.owners.set(stripe, coding);
    return stripe;
  }
}

function lookOf({ coding: { code, important, mine, coder }, name }) {
  return JSON.stringify([code.colour, code.pattern, code.name, important, mine, coder[1], Boolean(name)]);
}

function placeOf({ lane, from, to, label }) {
  return JSON.stringify([lane, from, to, label]);
}

// As many names as there is height for. What has none is told in "and 3 more", and in the list beside.
function nameStripes(stripes, height) {
  const room = Math.max(1, Math.floor((height - 6) / NAME_HEIGHT));
  const all = stripes.length <= room;
  let floor = 0;
  const named = all ? stripes : stripes.slice(0, Math.max(0, room - 1));
  const last = height - 4 - NAME_HEIGHT * (all ? 1 : 2);
  named.forEach((stripe, index) => {
    const latest = last - NAME_HEIGHT * (named.length - 1 - index);
    stripe.label = Math.max(floor, Math.min(stripe.from, latest));
    floor = stripe.label + NAME_HEIGHT;
    stripe.name = stripe.coding.code.name;
  });
  stripes.floor = floor;
}

function more(words, stripes) {
  const line = element("span", "more", words);
  line.style.setProperty("--label", `${stripes.floor}px`);
  return line;
}

function drawNumbers(turn, marks) {
  const before = turn.numbers ?? [];
  if (before.length === marks.length && marks.every(({ line, top }, at) => before[at].line === line && before[at].top === top)) return;
  before.forEach(({ element: mark }) => mark.remove());
  turn.numbers = marks.map((mark) => ({ ...mark, element: drawNumber(mark) }));
  turn.element.append(...turn.numbers.map(({ element: mark }) => mark));
}

function drawNumber({ line, top }) {
  const mark = element("span", "line-no", line);
  mark.ariaHidden = "true";
  mark.style.setProperty("inset-block-start", `${top}px`);
  return mark;
}
