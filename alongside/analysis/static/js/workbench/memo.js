// My memo: saved when one leaves it, pauses or presses Ctrl and S; kept in the browser until it is saved.

import { Unsaid, post } from "./outbox.js";

const PAUSE = 1500;
const AGAIN = 5000;

export class Memo {
  constructor(key, say, onLeave) {
    this.form = document.getElementById("memo-form");
    if (!this.form) return;
    Object.assign(this, { say, key: `memo:${key}` });
    this.state = document.getElementById("memo-state");
    this.words = this.form.elements.words;
    this.private = this.form.elements.private;
    this.saved = this.now();
    this.resume();
    this.form.addEventListener("input", () => this.typed());
    this.words.addEventListener("blur", () => this.save());
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.save();
    });
    this.form.addEventListener("keydown", (event) => {
      if (event.key === "Escape") onLeave();
      else if (event.key === "s" && (event.ctrlKey || event.metaKey)) this.save();
      else return;
      event.preventDefault();
    });
    addEventListener("beforeunload", (event) => {
      if (this.now() !== this.saved) event.preventDefault();
    });
    addEventListener("online", () => this.save());
  }

  now() {
    return JSON.stringify([this.words.value, this.private.checked]);
  }

  resume() {
    const kept = sessionStorage.getItem(this.key);
    if (!kept || kept === this.saved) return;
    [this.words.value, this.private.checked] = JSON.parse(kept);
    this.typed();
  }

  typed() {
    try {
      sessionStorage.setItem(this.key, this.now());
      this.state.textContent = this.say.with("memoTyping");
    } catch {
      this.state.textContent = this.say.with("notKept");
    }
    this.after(PAUSE);
  }

  after(pause) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), pause);
  }

  async save() {
    clearTimeout(this.timer);
    const sent = this.now();
    if (sent === this.saved || this.busy) return;
    this.busy = true;
    this.state.textContent = this.say.with("memoSaving");
    const answer = await this.send();
    this.busy = false;
    if (!answer) {
      this.after(AGAIN);
    } else if (answer.error !== undefined) {
      this.state.textContent = answer.error;
    } else {
      this.acknowledge(sent, answer.saved);
    }
  }

  async send() {
    const fields = { words: this.words.value, ...(this.private.checked ? { private: "on" } : {}) };
    try {
      return await post(this.form.action, fields, this.say);
    } catch (error) {
      if (!(error instanceof Unsaid)) throw error;
      this.state.textContent = this.say.with("memoFailed");
      return null;
    }
  }

  acknowledge(sent, time) {
    this.saved = sent;
    if (this.now() !== sent) return void this.after(PAUSE);
    sessionStorage.removeItem(this.key);
    this.state.textContent = this.say.with("memoSaved", { time });
  }
}
