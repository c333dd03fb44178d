// What others do, asked for every second while the page is looked at. An answer tells how things stand, so one
// that is lost, or comes twice, leaves nothing missing and nothing doubled.

const EVERY = 1000;
const HIDDEN = 15000;
const SLOWEST = 15000;

export class Feed extends EventTarget {
  constructor(url, desk) {
    super();
    Object.assign(this, { url, desk, failed: 0 });
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
    const answer = await fetch(`${this.url}?after=${this.desk.at}`, {
      headers: { "X-Workbench": "1", Accept: "application/json" },
      redirect: "manual",
    }).catch(() => null);
    if (answer?.status === 404) return this.end("closed");
    const told = answer?.ok ? await answer.json().catch(() => null) : null;
    if (!told) return this.fail();
    if (this.failed > 1) this.dispatchEvent(new Event("back"));
    this.failed = 0;
    if (told.revision !== this.desk.revision) return this.end("corrected");
    if (told.much) return this.end("much");
    this.desk.hear(told);
    if (told.beside) this.dispatchEvent(new Event("beside"));
    this.dispatchEvent(new CustomEvent("here", { detail: { here: told.here } }));
    return undefined;
  }

  fail() {
    this.failed += 1;
    if (this.failed === 2) this.dispatchEvent(new Event("away"));
  }

  // Nothing more can be shown on this page as it is.
  end(why) {
    this.over = true;
    this.dispatchEvent(new CustomEvent("end", { detail: { why } }));
  }
}
