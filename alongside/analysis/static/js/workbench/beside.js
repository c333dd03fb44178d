// "In this turn": the stripes of the turn one is in, as text, each with its words and a way to take off mine.

import { arrange } from "./arrange.js";
import { inFrame } from "./frame.js";
import { brief } from "./say.js";

export class Beside {
  constructor({ desk, codings, text, notes, say, onGo }) {
    Object.assign(this, { desk, codings, text, notes, say, onGo, offers: null });
    this.list = document.getElementById("in-turn");
    this.turn = null;
    this.items = new Map();
    this.tellings = new WeakMap();
    this.soon = inFrame(() => this.draw());
    this.reveal = inFrame(() => this.bring(this.items.get(desk.chosen)));
    const redraw = ({ detail: { coding } }) => {
      if (this.turn && coding.start < this.turn.end && coding.end > this.turn.start) this.soon();
    };
    codings.addEventListener("change", redraw);
    codings.addEventListener("mark", redraw);
    desk.addEventListener("links", this.soon);
    desk.addEventListener("met", this.soon);
    desk.addEventListener("step", ({ detail }) => this.step(detail.coding));
    this.list.addEventListener("click", (event) => this.press(event));
  }

  // In a list longer than its room, the coding one is at is in sight.
  bring(item) {
    const { list } = this;
    if (!item || list.scrollHeight <= list.clientHeight) return;
    const { top, bottom } = item.getBoundingClientRect(), room = list.getBoundingClientRect();
    if (top < room.top) list.scrollTop -= room.top - top;
    else if (bottom > room.bottom) list.scrollTop += Math.min(bottom - room.bottom, top - room.top);
  }

  show(turn) {
    if (turn === this.turn) return;
    this.turn = turn;
    this.draw();
  }

  draw() {
    const held = [...this.items].find(([, item]) => item.contains(document.activeElement))?.[0];
    const here = this.turn ? this.codings.of[this.turn.index] : [];
    this.items = new Map(here.map((coding) => [coding, this.kept(coding) ?? this.item(coding)]));
    arrange(this.list, here.length ? [...this.items.values()] : [this.nothing()]);
    if (held && !this.list.contains(document.activeElement)) this.refocus(held, here);
    this.step(this.desk.chosen);
  }

  // What is shown already, if nothing of what it tells has changed.
  kept(coding) {
    const item = this.items.get(coding), now = this.told(coding);
    const before = item && this.tellings.get(item);
    return before?.length === now.length && now.every((each, index) => each === before[index]) ? item : null;
  }

  // All that an item is made of.
  told(coding) {
    const { code, coder, start, end, id, waiting, important, ours } = coding;
    const links = this.desk.linksOf(coding).flatMap(({ link, other }) => [
      link, link.says, link.mine, link.by, other, other?.code.name, other?.start, other?.end,
    ]);
    const isEnd = Boolean(this.desk.linking && this.desk.linking.id !== id);
    const looks = [code, code.name, code.colour, code.pattern];
    return [...looks, coder[0], start, end, id, waiting, important, ours, isEnd, ...links, ...this.notes.about(coding)];
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
    chip.ariaPressed = "false";
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
    if (coding.important) item.append(this.mark("★", "important"));
    if (coding.ours) item.append(this.mark("✓", "ours"));
    item.append(words);
    for (const { link, other } of this.desk.linksOf(coding)) item.append(this.linked(link, other));
    for (const memo of this.notes.about(coding)) item.append(this.noted(memo));
    if (this.desk.may.code) item.append(this.deeds(coding));
    this.tellings.set(item, this.told(coding));
    return item;
  }

  mark(sign, phrase) {
    const made = document.createElement("span");
    made.className = "by";
    made.textContent = `${sign} ${this.say.with(phrase === "ours" ? "oursMark" : "importantMark")}`;
    return made;
  }

  // The passage a link leads to, and who drew it.
  linked(link, other) {
    const line = document.createElement("span");
    line.className = "linked";
    if (other) line.append("↔ ", this.near(other), ` ${brief(this.text.words(other.start, other.end), 50)}`);
    else line.append("↔ ", ...this.far(link.far));
    if (link.says) line.append(` “${link.says}”`);
    if (link.mine) line.append(this.button("deed", this.say.with("takeLinkOff"), () => this.desk.unlink(link)));
    else line.append(` ${link.by}`);
    return line;
  }

  near(other) {
    return this.button("go-to", this.say.with("linkTo", { code: other.code.name }), () => this.onGo(other));
  }

  far([code, title, address]) {
    const to = document.createElement("a");
    to.className = "go-to";
    to.href = address;
    to.textContent = this.say.with("linkTo", { code });
    return [to, ` ${title}`];
  }

  // What somebody wrote about it; one's own can be changed.
  noted({ who, words, isPrivate, change }) {
    const line = document.createElement("span");
    line.className = "noted";
    const by = document.createElement("b");
    by.textContent = who;
    line.append(by, ` ${words}`);
    if (isPrivate) line.append(` · ${this.say.with("onlyMine")}`);
    if (change) line.append(" ", this.leading(change, this.say.with("changeMemo")));
    return line;
  }

  leading(address, words) {
    const to = document.createElement("a");
    to.className = "deed";
    to.href = address;
    to.textContent = words;
    return to;
  }

  // What can be done with a coding: all of it to one's own, copying and linking to anybody's.
  deeds(coding) {
    const { desk, say } = this;
    const row = document.createElement("span");
    row.className = "deeds";
    const add = (phrase, act, pressed) => {
      const button = this.button("deed", say.with(phrase), act);
      button.ariaLabel = `${say.with(phrase)}: ${coding.code.name}`;
      if (pressed !== undefined) button.ariaPressed = String(pressed);
      row.append(button);
      return button;
    };
    if (coding.mine) {
      add("takeOff", () => desk.remove(coding)).classList.add("take-off");
      add("markImportant", () => desk.weigh(coding), coding.important);
      add("editWords", () => {
        desk.step(coding);
        desk.edit(coding);
        this.turn.element.focus({ preventScroll: true });
      });
      add("move", () => this.offers?.openFor("recode", coding, this.turn));
    }
    add("copy", () => this.offers?.openFor("copy", coding, this.turn));
    add(desk.linking && desk.linking.id !== coding.id ? "linkHere" : "linkThis", () => {
      desk.link(coding);
      this.soon();
    });
    if (coding.id && this.notes.write) {
      const memo = this.leading(`${this.notes.write}?coding=${coding.id}`, say.with("memo"));
      memo.ariaLabel = `${say.with("memo")}: ${coding.code.name}`;
      row.append(memo);
    }
    return row;
  }

  button(className, words, act) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = className;
    button.textContent = words;
    button.addEventListener("click", act);
    return button;
  }

  press(event) {
    const item = event.target.closest("li");
    const coding = [...this.items].find(([, made]) => made === item)?.[0];
    if (!coding) return;
    if (event.target.closest(".code-chip")) this.desk.step(this.desk.chosen === coding ? null : coding);
  }

  step(coding) {
    for (const [one, item] of this.items) {
      const isChosen = one === coding;
      if (item.classList.contains("chosen") === isChosen) continue;
      item.classList.toggle("chosen", isChosen);
      item.querySelector(".code-chip").ariaPressed = String(isChosen);
    }
    if (coding) this.reveal();
  }
}
