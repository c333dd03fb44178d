// Everything done here goes out through this box, one act after another. What the server has not acknowledged
// stays in the box and in the browser, over a reload and a closed tab too, and is tried until there is an answer.

import { Kept } from "./kept.js";
import { Unsaid } from "./line.js";

const SLOWEST = 30000;

export class Outbox extends EventTarget {
  constructor(key, urls, send) {
    super();
    Object.assign(this, { urls, send, acts: [], known: new Set() });
    this.kept = new Kept(`outbox:${key}`);
    this.delay = 0;
    this.state = "";
    addEventListener("online", () => this.hurry());
    addEventListener("focus", () => this.hurry());
    addEventListener("beforeunload", (event) => {
      if (this.acts.length) event.preventDefault();
    });
  }

  // What pages before this one left behind: those of this tab now, those of others once they are gone.
  left(takeUp) {
    for (const told of this.kept.left() ?? []) takeUp(told);
    this.kept.takeOver((all) => all.forEach(takeUp));
    this.keep();
  }

  put(act) {
    this.acts.push(act);
    this.known.add(act.key);
    this.keep();
    this.hurry();
  }

  keep() {
    const isKept = this.acts.length ? this.kept.put(this.acts.map((act) => act.told())) : this.kept.drop() ?? true;
    if (!isKept) this.dispatchEvent(new Event("unkept"));
    this.dispatchEvent(new Event("change"));
  }

  hurry() {
    clearTimeout(this.timer);
    this.delay = 0;
    this.run();
  }

  async run() {
    if (this.busy) return;
    this.busy = true;
    try {
      while (this.acts.length && (await this.deliver(this.acts[0])));
    } finally {
      this.busy = false;
    }
  }

  async deliver(act) {
    if (act.isVain) {
      this.acts.shift();
      act.fails();
      this.keep();
      return true;
    }
    const answer = await this.ask(act);
    if (!answer) {
      this.later();
      return false;
    }
    this.acts.shift();
    this.state = "";
    this.delay = 0;
    if (answer.error === undefined) act.saved(answer);
    else act.refused(answer.error);
    this.keep();
    return true;
  }

  async ask(act) {
    try {
      return await this.send(...act.asks(this.urls));
    } catch (error) {
      if (!(error instanceof Unsaid)) throw error;
      this.state = error.message;
      return null;
    }
  }

  later() {
    this.delay = Math.min(SLOWEST, this.delay ? this.delay * 2 : 1000);
    this.timer = setTimeout(() => this.run(), this.delay);
    for (const act of this.acts) act.waits();
    this.dispatchEvent(new Event("change"));
  }
}
