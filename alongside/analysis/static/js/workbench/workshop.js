// A workshop on one screen: whose turn it is to speak first, and what the room has decided so far.

import { brief } from "./say.js";

const SHOWN = 12;

export function workshop(data, { desk, codings, text, onGo }) {
  if (!data.workshop) return;
  taking();
  decided(data.decided, { desk, codings, text, onGo });
}

// Each in turn is first to say what they hear, so that it isn't always the same voice.
function taking() {
  const line = document.getElementById("first-to-say");
  const [name, next] = [line.querySelector("b"), line.querySelector("button")];
  const room = [...document.querySelectorAll(".in-room")];
  let at = 0;
  room[at].classList.add("first");
  next.addEventListener("click", () => {
    room[at].classList.remove("first");
    at = (at + 1) % room.length;
    room[at].classList.add("first");
    name.textContent = room[at].textContent;
  });
}

function decided(ids, { desk, codings, text, onGo }) {
  const panel = document.getElementById("decided");
  const [none, list] = [panel.querySelector("p"), panel.querySelector("ul")];
  const here = ids.map((id) => ({ id }));
  let shown = new Map();
  let due = false;

  // A coding that was undone and done again comes back under its own number.
  const known = (each) => (codings.has(each) ? each : codings.byId.get(each.id));
  // Till the answer is there it isn't told to be the team's; undone or given back, it no longer is.
  const standing = (each) => [known(each)].find((coding) => coding?.ours || coding?.pending);
  const draw = () => {
    due = false;
    const stands = [...new Set(here.map(standing).filter(Boolean))].reverse();
    none.hidden = stands.length > 0;
    list.hidden = !stands.length;
    const items = stands.slice(0, SHOWN).map((coding) => [item(coding, text), coding]);
    shown = new Map(items);
    list.replaceChildren(...shown.keys());
  };
  const soon = () => {
    if (due) return;
    due = true;
    requestAnimationFrame(draw);
  };
  desk.addEventListener("decided", ({ detail }) => {
    here.push(detail.coding);
    soon();
  });
  codings.addEventListener("change", soon);
  list.addEventListener("click", (event) => {
    const coding = shown.get(event.target.closest("li"));
    if (coding) onGo(coding);
  });
  draw();
}

function item(coding, text) {
  const item = document.createElement("li");
  const chip = document.createElement("button");
  chip.type = "button";
  chip.className = "code-chip";
  chip.dataset.code = coding.code.colour;
  if (coding.code.pattern) chip.dataset.pattern = coding.code.pattern;
  chip.textContent = coding.code.name;
  const words = document.createElement("q");
  words.textContent = brief(text.words(coding.start, coding.end));
  item.append(chip, " ", words);
  return item;
}
