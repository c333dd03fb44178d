// What the team says about passages of this text: those of the turn one is in, and a box to say something.
// What is being written stays in the browser until the server has it.

import { newName } from "./acts.js";
import { Unsaid, post } from "./outbox.js";
import { brief } from "./say.js";

const AGAIN = 5000;

export class Talks {
  constructor({ desk, text, say, urls, key, onGo }) {
    this.panel = document.getElementById("talks");
    if (!this.panel || !urls["discussions-in"]) return;
    Object.assign(this, { desk, text, say, urls, onGo, key: `talk:${key}`, all: [], turn: null, about: null });
    this.list = this.panel.querySelector("ul");
    this.form = this.panel.querySelector("form");
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
    this.load();
  }

  async load() {
    const answer = await fetch(this.urls["discussions-in"], { headers: { "X-Workbench": "1" } }).catch(() => null);
    const told = answer?.ok ? await answer.json().catch(() => null) : null;
    if (told) this.hear(told);
  }

  hear({ discussions }) {
    this.all = discussions;
    this.draw();
  }

  show(turn) {
    this.turn = turn;
    if (this.list) this.draw();
  }

  draw() {
    const here = this.turn
      ? this.all.filter(({ start, end, settled }) => !settled && start < this.turn.end && end > this.turn.start)
      : [];
    this.list.replaceChildren(...here.map((talk) => this.item(talk)));
    this.list.hidden = !here.length;
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
    if (!this.list) return;
    if (!this.desk.may.code) return void this.say.aloud(this.say.with("mayNotCode"));
    const span = this.desk.pick.span ?? this.desk.chosen ?? turn;
    const known = this.all.find(({ start, end, settled }) => !settled && start === span.start && end === span.end);
    this.begin({ id: known?.id ?? null, start: span.start, end: span.end });
  }

  begin(about) {
    if (this.about && this.words.value.trim()) return void this.words.focus();
    this.about = { ...about, key: newName() };
    this.unfold();
    this.words.focus();
  }

  unfold() {
    this.quoted.textContent = brief(this.text.words(this.about.start, this.about.end), 120);
    this.form.hidden = false;
  }

  keep() {
    try {
      sessionStorage.setItem(this.key, JSON.stringify({ ...this.about, words: this.words.value }));
    } catch {
      this.state.textContent = this.say.with("notKept");
    }
  }

  resume() {
    const kept = JSON.parse(sessionStorage.getItem(this.key) ?? "null");
    if (!kept) return;
    const { words, ...about } = kept;
    this.about = about;
    this.words.value = words;
    this.unfold();
  }

  drop() {
    this.about = null;
    this.form.hidden = true;
    this.words.value = "";
    sessionStorage.removeItem(this.key);
    this.onGo();
  }

  async send() {
    clearTimeout(this.timer);
    if (!this.about || this.busy || !this.words.value.trim()) return;
    const { id, start, end, key } = this.about;
    const fields = { words: this.words.value, key };
    this.about.sent = true;
    this.busy = true;
    const answer = await this.ask(
      id ? this.urls["add-remark"].replace("/0/", `/${id}/`) : this.urls["discussions-in"],
      id ? fields : { ...fields, start, end, revision: this.desk.revision },
    );
    this.busy = false;
    if (!answer) this.timer = setTimeout(() => this.send(), AGAIN);
    else if (answer.error !== undefined) this.state.textContent = answer.error;
    else {
      this.state.textContent = "";
      this.say.aloud(this.say.with("remarkKept"));
      this.drop();
      this.hear(answer);
    }
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
