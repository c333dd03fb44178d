// Where the reader is: kept a moment after they moved, and said again every few seconds, so that others see who
// is here. Nothing is said of it when it fails; the next time is soon.

import { send } from "./line.js";

const PAUSE = 1000;
const BEAT = 10000;

export class Place {
  constructor({ view, url }) {
    Object.assign(this, { view, url });
    this.last = null;
    document.addEventListener("scroll", () => this.soon(), { passive: true, capture: true });
    document.addEventListener("focusin", () => this.soon());
    document.addEventListener("visibilitychange", () => this.say());
    addEventListener("pagehide", () => this.say({ leaving: true }));
    this.beat = setInterval(() => this.say(), BEAT);
    this.soon();
  }

  soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.say(), PAUSE);
  }

  look() {
    if (!this.view.isShown || !this.view.text.turns.length) return;
    const [first, last] = this.view.turns;
    this.last = { turn: first.number, to: Math.max(first.number, last.number) };
  }

  async say({ leaving = false } = {}) {
    this.look();
    if (!this.last || (document.visibilityState !== "visible" && !leaving) || !this.beat) return;
    const answer = await send(this.url, this.last, { keepalive: true });
    // Closed to them by now, or to whoever has signed in since: asking again would not open it.
    if (answer?.status === 404) this.stop();
  }

  stop() {
    clearInterval(this.beat);
    this.beat = null;
  }
}
