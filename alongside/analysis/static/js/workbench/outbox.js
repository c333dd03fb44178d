// Everything done here goes out through this box, one act after another. What the server has not acknowledged
// stays in the box and in sessionStorage, over a reload too, and is tried again until there is an answer.

const SLOWEST = 30000;

export class Unsaid extends Error {}

export class Outbox extends EventTarget {
  constructor(key, urls, send) {
    super();
    this.key = `outbox:${key}`;
    this.urls = urls;
    this.send = send;
    this.acts = [];
    this.delay = 0;
    this.state = "";
    addEventListener("online", () => this.hurry());
    addEventListener("focus", () => this.hurry());
    addEventListener("beforeunload", (event) => {
      if (this.acts.length) event.preventDefault();
    });
  }

  // What a page before this one left behind.
  left() {
    try {
      return JSON.parse(sessionStorage.getItem(this.key) ?? "[]");
    } catch {
      return [];
    }
  }

  put(act) {
    this.acts.push(act);
    this.keep();
    this.hurry();
  }

  keep() {
    try {
      if (this.acts.length) sessionStorage.setItem(this.key, JSON.stringify(this.acts.map((act) => act.told())));
      else sessionStorage.removeItem(this.key);
    } catch {
      this.dispatchEvent(new Event("unkept"));
    }
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

// Posts a form and reads the answer. A refusal is an answer; no answer, or none that can be read, is not.
export async function post(url, fields, say) {
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  const answer = await fetch(url, {
    method: "POST",
    headers: { "X-CSRFToken": token, "X-Workbench": "1", Accept: "application/json" },
    body: new URLSearchParams(fields),
    redirect: "manual",
  }).catch(() => {
    throw new Unsaid("");
  });
  if (answer.type === "opaqueredirect" || answer.status === 403) throw new Unsaid("signedOut");
  if (answer.status === 404) return { error: say.with("gone") };
  if (answer.status !== 422 && !answer.ok) throw new Unsaid("");
  return answer.json().catch(() => {
    throw new Unsaid("");
  });
}
