// What reading needs beside coding: how it looks, where one is, finding, listening, and plain mode.

import { Jump } from "./jump.js";
import { Place } from "./place.js";
import { plain } from "./plain.js";
import { Sound } from "./sound.js";
import { taste } from "./taste.js";
import { View } from "./view.js";

export function reading(bench, list, data, { notes, text, codings, book, pick, desk, offers, margin, talks, say, settle, step, go, current }) {
  const view = new View(text, document.getElementById("reading"));
  taste(bench, { say, view, onLook: () => margin.redrawAll() });
  // Memos as they were when the page opened, and what is talked about by now.
  const written = () => {
    const talk = talks.all.filter(({ settled }) => !settled);
    return [...notes.places(codings), ...talk].sort((one, other) => one.start - other.start || one.end - other.end);
  };
  const jump = new Jump({ text, codings, book, pick, say, view, written, settle, step, go, current });
  const sound = new Sound({ text, list, view, say });
  plain(bench, list, { text, desk, pick, offers, book, say });
  talks.addEventListener("heard", () => jump.refresh());
  keys(list, text, jump, sound);
  if (text.turns.length) {
    goOn(text, data, { say, settle, go });
    if (data.url) new Place({ view, url: data.url });
  }
}

// Like the other keys, these act only while a turn has the focus.
function keys(list, text, jump, sound) {
  const acts = { f: () => jump.open(), n: () => jump.move(1), N: () => jump.move(-1) };
  if (sound.audio) Object.assign(acts, { p: () => sound.toggle(), P: (turn) => sound.from(turn) });
  list.addEventListener("keydown", (event) => {
    const turn = text.byElement.get(event.target);
    const key = event.shiftKey ? event.key.toUpperCase() : event.key.toLowerCase();
    if (!turn || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || !acts[key]) return;
    event.preventDefault();
    acts[key](turn);
  });
}

// At the turn where one left off, unless the address asks for another.
function goOn(text, data, { say, settle, go }) {
  const turn = text.turns.find(({ number }) => number === data.place);
  if (!turn || location.hash.startsWith("#turn-") || new URLSearchParams(location.search).has("turn")) return;
  settle(turn);
  turn.element.scrollIntoView({ block: "start" });
  if (data.was_here) say.aloud(data.was_here, { label: say.with("toBeginning"), act: () => go(text.turns[0]) });
}
