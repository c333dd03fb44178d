// What others do, asked for every second while the page is looked at. An answer tells how things stand, so one
// that is lost, or comes twice, leaves nothing missing and nothing doubled.

import { ask, isShut, line, standing } from "./line.js";

const EVERY = 1000;
const HIDDEN = 15000;
const SLOWEST = 15000;

export class Feed extends EventTarget {
  constructor(url, desk) {
    super();
    Object.assign(this, { url, desk, failed: 0, why: null });
    document.addEventListener("visibilitychange", () => this.soon());
    addEventListener("online", () => this.soon());
    this.after(EVERY);
  }

  after(pause) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), pause);
  }

  soon() {
    if (!document.hidden && !this.over) this.after(0);
  }

  async ask() {
    if (this.busy || this.over) return;
    this.busy = true;
    try {
      await this.listen();
    } finally {
      this.busy = false;
    }
    if (this.over) return;
    const pause = document.hidden ? HIDDEN : EVERY * 2 ** Math.min(this.failed, 4);
    this.after(Math.min(pause, Math.max(SLOWEST, HIDDEN)));
  }

  async listen() {
    const answer = await ask(`${this.url}?after=${this.desk.at}`);
    if (answer?.status === 404) return this.shut();
    if (answer && isShut(answer)) return this.fail("signedOut");
    const told = answer?.ok ? await answer.json().catch(() => null) : null;
    if (!told) return this.fail();
    if (told.me !== line.me) return this.fail("otherHere");
    if (this.why !== null) this.dispatchEvent(new Event("back"));
    this.failed = 0;
    this.why = null;
    if (told.revision !== this.desk.revision) return this.end("corrected");
    if (told.much) return this.end("much");
    this.desk.hear(told);
    this.dispatchEvent(new CustomEvent("here", { detail: { here: told.here } }));
    return undefined;
  }

  // Closed for whoever is signed in by now, who may be somebody else.
  async shut() {
    const state = await standing();
    if (state) this.fail(state);
    else this.end("closed");
  }

  // Once is nothing to speak of; that somebody has signed out is said at once.
  fail(why = "") {
    this.failed += 1;
    if (why === "waiting") why = "";
    if (this.why === why || (!why && (this.failed < 2 || this.why))) return;
    this.why = why;
    this.dispatchEvent(new CustomEvent("away", { detail: { why } }));
  }

  // Nothing more can be shown on this page as it is.
  end(why) {
    this.over = true;
    this.dispatchEvent(new CustomEvent("end", { detail: { why } }));
  }
}
