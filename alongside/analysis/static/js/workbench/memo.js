// My memo: saved when one leaves it, pauses or presses Ctrl and S; kept in the browser until it is saved. It goes
// with a seal over what this page last knew, so that another window's words are shown and not written over.

import { Kept } from "./kept.js";
import { Unsaid, post } from "./line.js";

const PAUSE = 1500;
const AGAIN = 5000;

export class Memo {
  constructor(key, say, onLeave) {
    this.form = document.getElementById("memo-form");
    if (!this.form) return;
    Object.assign(this, { say, kept: new Kept(`memo:${key}`) });
    this.state = document.getElementById("memo-state");
    this.elsewhere = document.getElementById("memo-elsewhere");
    this.words = this.form.elements.words;
    this.private = this.form.elements.private;
    this.seen = this.form.elements.seen;
    this.saved = this.now();
    this.resume();
    this.form.addEventListener("input", () => this.typed());
    this.words.addEventListener("blur", () => this.save());
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.clash(null);
      this.save();
    });
    this.form.addEventListener("keydown", (event) => {
      if (event.key === "Escape") onLeave();
      else if (event.key === "s" && (event.ctrlKey || event.metaKey)) this.form.requestSubmit();
      else return;
      event.preventDefault();
    });
    addEventListener("beforeunload", (event) => {
      if (this.now() !== this.saved) event.preventDefault();
    });
    addEventListener("pagehide", () => this.save({ keepalive: true }));
    addEventListener("online", () => this.save());
  }

  now() {
    return JSON.stringify([this.words.value, this.private.checked]);
  }

  // With the seal that it was begun under: what was saved elsewhere since is not written over either.
  resume() {
    this.put(this.kept.left());
    this.kept.takeOver((left) => this.put(left));
  }

  // What a closed tab left comes after what is being written here.
  put(left) {
    if (!left || JSON.stringify(left.now) === this.now()) return;
    const [words, isPrivate] = left.now;
    const isBegun = this.now() !== this.saved;
    this.words.value = isBegun ? `${this.words.value}\n\n${words}` : words;
    this.private.checked = isPrivate || (isBegun && this.private.checked);
    if (!isBegun) this.seen.value = left.seen;
    this.typed();
  }

  typed() {
    const isKept = this.kept.put({ now: JSON.parse(this.now()), seen: this.seen.value });
    if (!this.isClashing) this.state.textContent = this.say.with(isKept ? "memoTyping" : "notKept");
    this.after(PAUSE);
  }

  after(pause) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), pause);
  }

  async save(options) {
    clearTimeout(this.timer);
    const sent = this.now();
    if (sent === this.saved || this.busy || this.isClashing) return;
    this.busy = true;
    this.state.textContent = this.say.with("memoSaving");
    const answer = await this.send(options);
    this.busy = false;
    if (!answer) this.after(AGAIN);
    else if (answer.clash !== undefined) this.clash(answer);
    else if (answer.error !== undefined) this.state.textContent = answer.error;
    else this.acknowledge(sent, answer);
  }

  async send(options) {
    const fields = { words: this.words.value, seen: this.seen.value, ...(this.private.checked ? { private: "on" } : {}) };
    try {
      return await post(this.form.action, fields, this.say, options);
    } catch (error) {
      if (!(error instanceof Unsaid)) throw error;
      this.state.textContent = this.say.with("memoFailed");
      return null;
    }
  }

  // Another window's words stand below; nothing is saved by itself until one has decided.
  clash(answer) {
    this.isClashing = Boolean(answer);
    this.elsewhere.hidden = !answer;
    if (!answer) return;
    this.seen.value = answer.seen;
    this.elsewhere.querySelector("blockquote").textContent = answer.now || this.say.with("memoEmptied");
    this.state.textContent = this.say.with("memoClash", { why: answer.clash });
    this.typed();
  }

  acknowledge(sent, { saved, seen, words, private: isPrivate }) {
    this.seen.value = seen;
    this.saved = sent;
    if (words !== undefined && this.now() === sent) {
      this.words.value = words;
      this.private.checked = isPrivate;
      this.saved = this.now();
    }
    if (this.now() !== this.saved) return void this.typed();
    this.kept.drop();
    this.state.textContent = this.say.with("memoSaved", { time: saved });
  }
}
