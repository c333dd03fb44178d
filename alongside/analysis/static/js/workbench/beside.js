// "In this turn": the stripes of the turn one is in, as text, each with its words and a way to take off mine.

import { brief } from "./say.js";

export class Beside {
  constructor({ desk, codings, text, say }) {
    Object.assign(this, { desk, codings, text, say });
    this.list = document.getElementById("in-turn");
    this.turn = null;
    this.items = new Map();
    const redraw = ({ detail: { coding } }) => {
      if (this.turn && this.codings.text.parts(coding.start, coding.end).some(([turn]) => turn === this.turn)) this.draw();
    };
    codings.addEventListener("change", redraw);
    codings.addEventListener("mark", redraw);
    desk.addEventListener("step", ({ detail }) => this.step(detail.coding));
    this.list.addEventListener("click", (event) => this.press(event));
  }

  show(turn) {
    if (turn === this.turn) return;
    this.turn = turn;
    this.draw();
  }

  draw() {
    const held = [...this.items].find(([, item]) => item.contains(document.activeElement))?.[0];
    const here = this.turn ? this.codings.of[this.turn.index] : [];
    this.items = new Map(here.map((coding) => [coding, this.item(coding)]));
    this.list.replaceChildren(...(here.length ? this.items.values() : [this.nothing()]));
    if (held) this.refocus(held, here);
    this.step(this.desk.chosen);
  }

  // Where the button that was pressed has gone with its coding, focus goes to what stands nearest.
  refocus(held, here) {
    const next = here.find((coding) => coding === held) ?? here.find((coding) => coding.mine);
    const button = this.items.get(next)?.querySelector("button");
    (button ?? this.turn.element).focus({ preventScroll: true });
  }

  nothing() {
    const item = document.createElement("li");
    item.className = "soft";
    item.textContent = this.say.with("nothingHere");
    return item;
  }

  item(coding) {
    const item = document.createElement("li");
    const chip = document.createElement("button");
    chip.type = "button";
    chip.className = "code-chip";
    chip.dataset.code = coding.code.colour;
    if (coding.code.pattern) chip.dataset.pattern = coding.code.pattern;
    chip.textContent = coding.code.name;
    const by = document.createElement("span");
    by.className = "by";
    by.textContent = coding.mine ? this.say.with("you") : coding.coder[0];
    if (coding.waiting) by.append(` · ${this.say.with("notSaved")}`);
    item.classList.toggle("waiting", coding.waiting);
    const words = document.createElement("q");
    words.textContent = brief(this.text.words(coding.start, coding.end), 70);
    item.append(chip, by);
    if (coding.mine && this.desk.may.code) item.append(this.remover(coding));
    item.append(words);
    return item;
  }

  remover(coding) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "take-off";
    button.textContent = this.say.with("takeOff");
    button.ariaLabel = this.say.with("takeOffThis", { code: coding.code.name });
    return button;
  }

  press(event) {
    const item = event.target.closest("li");
    const coding = [...this.items].find(([, made]) => made === item)?.[0];
    if (!coding) return;
    if (event.target.closest(".take-off")) this.desk.remove(coding);
    else if (event.target.closest(".code-chip")) this.desk.step(this.desk.chosen === coding ? null : coding);
  }

  step(coding) {
    for (const [one, item] of this.items) {
      item.classList.toggle("chosen", one === coding);
      item.querySelector(".code-chip").ariaPressed = String(one === coding);
    }
  }
}
