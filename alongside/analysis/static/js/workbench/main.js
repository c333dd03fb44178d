// The workbench. The page reads without it; the script tints, draws the margin, takes keys and sends codings.

import { Beside } from "./beside.js";
import { Book, Codings } from "./codings.js";
import { Desk } from "./desk.js";
import { dragged } from "./dragging.js";
import { Feed } from "./feed.js";
import { keyed } from "./keys.js";
import { line, post } from "./line.js";
import { Linking } from "./linking.js";
import { lost } from "./lost.js";
import { Margin } from "./margin.js";
import { Memo } from "./memo.js";
import { Notes } from "./notes.js";
import { Offers } from "./offers.js";
import { Outbox } from "./outbox.js";
import { keyMap, panes, tints } from "./panes.js";
import { Pick } from "./pick.js";
import { pointed } from "./pointing.js";
import { Practice } from "./practice.js";
import { reading as readingTools } from "./reading.js";
import { Say, brief } from "./say.js";
import { Talks } from "./talks.js";
import { Text } from "./text.js";
import { Tint } from "./tint.js";
import { together } from "./together.js";
import { Tree } from "./tree.js";
import { workshop } from "./workshop.js";

const read = (id) => JSON.parse(document.getElementById(id).textContent);
const data = read("bench-data");
const say = new Say(read("bench-phrases"), () => go(current));
const list = document.getElementById("turns");
const reading = document.getElementById("reading");
const text = new Text([...list.children], data.turns);
if (!text.isWhole) {
  data.may.code = false;
  say.aloud(say.with("torn"), { stays: true });
}

Object.assign(line, { who: data.urls.who ?? "", me: data.coders[data.me][2] });
const book = new Book(data.codes);
const codings = new Codings(text, book, data);
const pick = new Pick(text);
const practice = data.practice ? new Practice(data, say) : null;
practice?.watch(pick);
const outbox = new Outbox(data.key, data.urls, (url, fields) => (practice ? practice.send(url, fields) : post(url, fields, say)));
const desk = new Desk({ text, book, codings, pick, outbox, say, data });
const tint = new Tint(text, codings);
const margin = new Margin(text, codings, say, { onStep: (coding) => step(coding, { focus: false }) });
const reads = read("reading-data");
Object.assign(say.phrases, reads.phrases);
const notes = new Notes(reads);
const beside = new Beside({ desk, codings, text, notes, say, onGo: (coding) => step(coding) });
const offers = data.may.code ? new Offers({ desk, pick, text, book, say }) : null;
beside.offers = offers;
const show = panes(() => margin.redrawAll());
let current = null;
let talks = null;

const tree = new Tree({
  book,
  codings,
  onCode(code) {
    if (pick.span) {
      desk.apply(code);
      offers?.close();
      return;
    }
    const next = codings.after(desk.chosen ?? current, 1, code) ?? codings.after(text.turns[0], 1, code);
    if (next) step(next);
    else say.aloud(say.with("noneOfCode", { code: code.name }));
  },
  onLeave: () => go(current),
});

// One turn is the transcript's stop for the Tab key, and the one told about beside.
function settle(turn) {
  if (current) {
    current.element.tabIndex = -1;
    current.element.classList.remove("current");
  }
  current = turn;
  turn.element.tabIndex = 0;
  turn.element.classList.add("current");
  beside.show(turn);
  talks?.show(turn);
}

const calm = matchMedia("(prefers-reduced-motion: reduce)");
function go(turn) {
  if (!turn) return;
  show("read");
  if (!pick.isIn(turn)) pick.clear();
  turn.element.focus({ preventScroll: true });
  turn.element.scrollIntoView({ block: "nearest", behavior: calm.matches ? "auto" : "smooth" });
}

function step(coding, { focus = true } = {}) {
  const turn = text.at(coding.start);
  if (focus) go(turn);
  else settle(turn);
  desk.step(coding);
  const who = coding.mine ? say.with("you") : coding.coder[0];
  const words = brief(text.words(coding.start, coding.end));
  say.aloud(say.with("stepped", { code: coding.code.name, who, words }));
}

// The shortest coding over a point of the text, since that's the one a longer one would hide.
function stepAt(turn, point) {
  const over = codings.of[turn.index].filter(({ start, end }) => start <= point && point < end);
  const shortest = over.sort((a, b) => a.end - a.start - (b.end - b.start))[0];
  if (shortest && !beside.list.offsetHeight) step(shortest, { focus: false });
  else if (shortest || desk.chosen) desk.step(shortest ?? null);
}

desk.addEventListener("step", ({ detail }) => {
  tint.step(detail.coding);
  margin.step(detail.coding);
});
desk.addEventListener("code", ({ detail }) => {
  tree.add(detail.code);
  offers?.refresh();
});
desk.addEventListener("met", ({ detail: { code, was } }) => {
  tree.relearn(code, was);
  if (code.colour !== was.colour) tint.recolour(code, was.colour);
  margin.redrawNear();
  offers?.refresh();
});
pick.addEventListener("change", () => {
  tint.pick(pick.span);
  if (pick.span) say.softly(say.with("chosen", { words: brief(pick.words) }));
});
outbox.addEventListener("unkept", () => say.aloud(say.with("notKept"), { stays: true }));
outbox.addEventListener("change", () => {
  const line = document.getElementById("unsaved");
  const late = outbox.acts.length && outbox.delay;
  if (!late && line.hidden) return;
  const sentence = late ? say.with(outbox.state || "waiting", { count: outbox.acts.length }) : say.with("allSaved");
  if (line.textContent !== sentence) line.textContent = sentence;
  line.classList.toggle("late", Boolean(late));
  line.hidden = false;
});
list.addEventListener("focusin", (event) => {
  const turn = text.holding(event.target);
  if (turn && turn !== current) settle(turn);
});

// What lies near the screen is drawn; the rest waits.
function drawNear(entries) {
  const near = [];
  for (const { target, isIntersecting } of entries) {
    const turn = text.byElement.get(target);
    if (isIntersecting) near.push(turn);
    else if (margin.near.has(turn)) {
      margin.hide(turn);
      tint.hide(turn);
    }
  }
  for (const turn of near) tint.show(turn);
  margin.show(near);
}

// On a low screen the page scrolls as one; else the transcript does within it.
const low = matchMedia("(max-height: 34rem)");
let watcher = null;
function watch() {
  watcher?.disconnect();
  watcher = new IntersectionObserver(drawNear, { root: low.matches ? null : reading, rootMargin: "800px 0px" });
  for (const turn of text.turns) watcher.observe(turn.element);
}
low.addEventListener("change", watch);
let width = list.clientWidth;
new ResizeObserver(() => {
  if (list.clientWidth !== width) margin.redrawAll();
  width = list.clientWidth;
}).observe(list);

workshop(data, { desk, codings, text, onGo: (coding) => step(coding) });
lost(desk, () => go(current));
desk.resume();
const linking = new Linking({ desk, say, data });
desk.addEventListener("link", ({ detail }) => linking.press(detail.coding));
talks = new Talks({ desk, text, say, urls: data.urls, key: data.key, onGo: () => go(current) });
if (data.urls.changes) {
  const feed = new Feed(data.urls.changes, desk);
  desk.addEventListener("beside", () => talks.load());
  together(feed, say, text.turns);
}
tints(list);
for (const button of document.querySelectorAll("[data-turn]")) button.addEventListener("click", () => desk[button.dataset.turn]());
keyed(list, text, { desk, pick, offers, tree, go, step, dialog: keyMap(), leave, talk });
document.getElementById("talk-here")?.addEventListener("click", () => talk(current));
if (data.may.code) dragged(tree, list, text, { desk, pick });
pointed(list, text, { desk, pick, offers, stepAt });
new Memo(data.key, say, () => go(current));

function talk(turn) {
  show("beside");
  talks.open(turn);
}

function leave(pane, field) {
  if (!field) return;
  show(pane);
  field.focus();
}

if (text.turns.length) {
  const asked = text.holding(document.querySelector(location.hash.match(/^#turn-\d+$/) ? location.hash : null));
  settle(asked ?? text.turns[0]);
  watch();
  asked?.element.scrollIntoView({ block: "start" });
}
readingTools(document.querySelector(".bench"), list, reads, {
  notes, text, codings, book, pick, desk, offers, margin, talks, say, settle, go, current: () => current,
  step: (coding) => step(coding, { focus: false }),
});
document.documentElement.dataset.bench = "ready";
