// Practice: what the server would answer, answered on the page, so that nothing leaves it; and the things to try.

const IMPORTANT = 1;

export class Practice {
  constructor(data, say) {
    Object.assign(this, { say, me: data.coders[data.me][2], at: 0, last: 0 });
    this.rows = new Map();
    this.done = [];
    this.undone = [];
    this.tries = [...document.querySelectorAll("#tries li")];
  }

  watch(pick) {
    pick.addEventListener("change", () => pick.span && this.tick("choose"));
  }

  // Each thing once, in whatever order.
  tick(name) {
    const item = this.tries.find((each) => each.dataset.try === name && !each.classList.contains("done"));
    if (!item) return;
    item.classList.add("done");
    const mark = document.createElement("span");
    mark.className = "unseen";
    mark.textContent = this.say.with("tryDone", { what: "" });
    item.prepend(mark);
    const isAll = this.tries.every((each) => each.classList.contains("done"));
    if (isAll) setTimeout(() => this.say.aloud(this.say.with("allTried"), { stays: true }), 1500);
  }

  async send(url, fields) {
    const [name, id] = url.split("/");
    const made = this.act(name, Number(id), fields);
    if (!made) return { error: this.say.with(name === "undo" || name === "redo" ? name + "Nothing" : "notInPractice") };
    this.at += 1;
    this.tick(name);
    const codings = made.map((one) => [one, ...this.rows.get(one)]);
    return { at: this.at, revision: 1, much: false, codings, codes: [], coders: [], links: [], here: [], made };
  }

  act(name, id, fields) {
    if (name === "undo") return this.turn(this.done, this.undone, "before");
    if (name === "redo") return this.turn(this.undone, this.done, "after");
    const before = this.rows.get(id) ?? null;
    const after = this.after(name, before, fields);
    if (!after) return null;
    const own = before && name !== "copy-coding" ? id : (this.last += 1);
    this.rows.set(own, after);
    this.done.push({ id: own, before: own === id ? before : [...after.slice(0, 5), true], after });
    this.undone = [];
    return [own];
  }

  // A row as the server tells it: code, coder, start, end, flags, off.
  after(name, before, { code, start, end, important }) {
    const [was, , from, to, flags] = before ?? [];
    if (name === "apply-code" && code) return [code, this.me, start, end, 0, false];
    if (!before) return null;
    if (name === "remove-coding") return [was, this.me, from, to, flags, true];
    if (name === "resize-coding") return [was, this.me, start, end, flags, false];
    if (name === "recode") return [code, this.me, from, to, flags, false];
    if (name === "copy-coding") return [code, this.me, from, to, 0, false];
    if (name === "weigh-coding") return [was, this.me, from, to, important ? IMPORTANT : 0, false];
    return null;
  }

  turn(from, to, side) {
    const act = from.pop();
    if (!act) return null;
    to.push(act);
    this.rows.set(act.id, act[side]);
    return [act.id];
  }
}
