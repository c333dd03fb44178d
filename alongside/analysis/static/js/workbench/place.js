// Where the reader is: kept a moment after they moved, and said again every few seconds, so that others see who
// is here. Nothing is said of it when it fails; the next time is soon.

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
    const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
    const answer = await fetch(this.url, {
      method: "POST",
      headers: { "X-CSRFToken": token, "X-Workbench": "1", Accept: "application/json" },
      body: new URLSearchParams(this.last),
      redirect: "manual",
      keepalive: true,
    }).catch(() => null);
    // Signed out, or the transcript is closed to them by now: asking again would not open it.
    if (answer && (answer.type === "opaqueredirect" || answer.status === 403 || answer.status === 404)) this.stop();
  }

  stop() {
    clearInterval(this.beat);
    this.beat = null;
  }
}
