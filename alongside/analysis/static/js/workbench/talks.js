// What the team says about passages of this text: those of the turn one is in, and a box to say something.
// What is being written stays in the browser until the server has it.

import { newName } from "./acts.js";
import { Kept } from "./kept.js";
import { Unsaid, ask, post } from "./line.js";
import { brief } from "./say.js";

const AGAIN = 5000;

export class Talks extends EventTarget {
  constructor({ desk, text, say, urls, key, onGo }) {
    super();
    this.all = [];
    this.panel = document.getElementById("talks");
    Object.assign(this, { desk, say });
    if (!this.panel || !urls["discussions-in"]) return;
    Object.assign(this, { desk, text, say, urls, onGo, kept: new Kept(`talk:${key}`), turn: null, about: null });
    this.list = this.panel.querySelector("ul");
    this.form = this.panel.querySelector("form");
    if (this.form) this.write();
    this.load();
  }

  // Whoever may only read has the list without the box.
  write() {
    this.words = this.form.elements.words;
    this.quoted = this.form.querySelector("q");
    this.state = this.form.querySelector("[role=status]");
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send();
    });
    this.form.addEventListener("input", () => this.keep());
    this.form.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      this.onGo();
    });
    this.form.querySelector("[type=reset]").addEventListener("click", () => this.drop());
    addEventListener("online", () => this.about?.sent && this.send());
    addEventListener("beforeunload", (event) => {
      if (this.about && this.words.value.trim()) event.preventDefault();
    });
    this.resume();
  }

  async load() {
    const answer = await ask(this.urls["discussions-in"]);
    const told = answer?.ok ? await answer.json().catch(() => null) : null;
    if (told) this.hear(told);
  }

  hear({ discussions }) {
    this.all = discussions;
    this.draw();
    this.dispatchEvent(new Event("heard"));
  }

  show(turn) {
    this.turn = turn;
    if (this.list) this.draw();
  }

  draw() {
    const here = this.turn
      ? this.all.filter(({ start, end, settled }) => !settled && start < this.turn.end && end > this.turn.start)
      : [];
    const held = [...this.list.querySelectorAll("button")].indexOf(document.activeElement);
    this.list.replaceChildren(...here.map((talk) => this.item(talk)));
    this.list.hidden = !here.length;
    if (held >= 0) this.refocus(held);
  }

  // Drawn anew under the reader's hand: the focus stays where it was, or as near as there is something.
  refocus(place) {
    const buttons = [...this.list.querySelectorAll("button")];
    const next = buttons[Math.min(place, buttons.length - 1)] ?? this.turn.element;
    next.focus({ preventScroll: true });
  }

  item(talk) {
    const item = document.createElement("li");
    const quoted = document.createElement("q");
    quoted.textContent = brief(this.text.words(talk.start, talk.end), 70);
    item.append(quoted);
    for (const remark of talk.remarks) {
      const line = document.createElement("p");
      const who = document.createElement("b");
      who.textContent = remark.by;
      line.append(who, ` ${remark.words}`);
      item.append(line);
    }
    const deeds = document.createElement("span");
    deeds.className = "row";
    deeds.append(this.button("answerTalk", () => this.begin({ id: talk.id, start: talk.start, end: talk.end })));
    deeds.append(this.button("settleTalk", () => this.settle(talk)));
    if (this.desk.may.code) item.append(deeds);
    return item;
  }

  button(phrase, act) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "deed";
    button.textContent = this.say.with(phrase);
    button.addEventListener("click", act);
    return button;
  }

  // About the words that are chosen, those of the coding one is at, or the whole turn.
  open(turn) {
    if (!this.desk.may.code) return void this.say.aloud(this.say.with("mayNotCode"));
    if (!this.form) return void this.say.aloud(this.say.with("noTalk"));
    const span = this.desk.pick.span ?? this.desk.chosen ?? turn;
    const known = this.all.find(({ start, end, settled }) => !settled && start === span.start && end === span.end);
    this.begin({ id: known?.id ?? null, start: span.start, end: span.end });
  }

  begin(about) {
    if (this.about && this.words.value.trim()) {
      this.say.aloud(this.say.with("talkBegun"));
      return void this.words.focus();
    }
    this.about = { ...about, key: newName() };
    this.unfold();
    this.words.focus();
  }

  unfold() {
    this.quoted.textContent = brief(this.text.words(this.about.start, this.about.end), 120);
    this.form.hidden = false;
  }

  keep() {
    const isKept = this.kept.put({ ...this.about, revision: this.desk.revision, words: this.words.value });
    if (!isKept) this.state.textContent = this.say.with("notKept");
  }

  resume() {
    this.put(this.kept.left());
    this.kept.takeOver((left) => this.put(left));
  }

  // Where something is being said already, what a closed tab left comes after it. Words that were measured on an
  // earlier text stand, about the turn one is in.
  put(left) {
    if (!left?.words || left.key === this.about?.key) return;
    const { words, revision, ...about } = left;
    if (this.about) this.words.value = `${this.words.value}\n\n${words}`.trim();
    else {
      const { start, end } = this.turn ?? this.text.turns[0];
      this.about = revision === this.desk.revision ? about : { key: about.key, id: null, start, end };
      this.words.value = words;
      this.unfold();
    }
    this.keep();
  }

  drop() {
    this.about = null;
    this.form.hidden = true;
    this.words.value = "";
    this.kept.drop();
    this.onGo();
  }

  async send() {
    clearTimeout(this.timer);
    if (!this.about || this.busy || !this.words.value.trim()) return;
    const { id, start, end, key } = this.about;
    const fields = { words: this.words.value, key };
    this.about.sent = [...new Set([...(this.about.sent ?? []), fields.words.trim()])];
    this.keep();
    this.busy = this.words.readOnly = true;
    const answer = await this.ask(
      id ? this.urls["add-remark"].replace("/0/", `/${id}/`) : this.urls["discussions-in"],
      id ? fields : { ...fields, start, end, revision: this.desk.revision },
    );
    this.busy = this.words.readOnly = false;
    if (!answer) this.timer = setTimeout(() => this.send(), AGAIN);
    else if (answer.error !== undefined) this.state.textContent = answer.error;
    else {
      this.hear(answer);
      this.taken(fields.words.trim());
    }
  }

  // Sent before under this key and changed since, the words of then may be what the server holds. What is not
  // among it stays in the box, as something further to say.
  taken(words) {
    const held = this.about.sent.length === 1 ? [words] : this.mine().filter((each) => this.about.sent.includes(each));
    if (held.includes(words)) {
      this.state.textContent = "";
      this.say.aloud(this.say.with("remarkKept"));
      return void this.drop();
    }
    const [begun] = held.filter((each) => words.startsWith(each)).sort((one, other) => other.length - one.length);
    this.words.value = words.slice(begun?.length ?? 0).trim();
    this.about = { ...this.about, key: newName(), sent: null };
    this.keep();
    this.state.textContent = this.say.with(begun ? "restUnsaid" : "changedUnsaid");
  }

  // What I have said here so far, as the server holds it.
  mine() {
    const { id, start, end } = this.about;
    const here = this.all.filter((talk) => (id ? talk.id === id : talk.start === start && talk.end === end));
    return here.flatMap(({ remarks }) => remarks.filter(({ mine }) => mine).map(({ words }) => words));
  }

  async settle(talk) {
    const answer = await this.ask(this.urls["settle-discussion"].replace("/0/", `/${talk.id}/`), { key: newName() });
    if (answer?.error !== undefined) this.say.aloud(answer.error, { stays: true });
    else if (answer) this.hear(answer);
  }

  async ask(url, fields) {
    try {
      return await post(url, fields, this.say);
    } catch (error) {
      if (!(error instanceof Unsaid)) throw error;
      this.state.textContent = this.say.with("memoFailed");
      return null;
    }
  }
}
