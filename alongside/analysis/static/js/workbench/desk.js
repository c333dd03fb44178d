// Coding, taking off, undoing. Each act shows at once and goes into the outbox; history remembers it.

import { brief } from "./say.js";

const REMEMBERED = 500;

class Act {
  constructor(desk, kind, coding) {
    Object.assign(this, { desk, kind, coding });
  }

  told() {
    return { kind: this.kind, ...this.desk.told(this.coding) };
  }

  waits() {
    this.desk.codings.mark(this.coding, true);
  }

  asks(urls) {
    const { id, code, start, end } = this.coding;
    if (this.kind !== "apply") return [urls[this.kind].replace("/0/", `/${id}/`), {}];
    const which = code.id ? { code: code.id } : { name: code.name };
    return [urls.apply, { ...which, start, end, revision: this.desk.revision }];
  }

  saved({ coding: [id], code }) {
    this.desk.codings.numbered(this.coding, id);
    this.desk.codings.mark(this.coding, false);
    this.desk.meet(this.coding.code, code);
    this.desk.remember();
  }

  // Shown too soon: the page goes back to what the server holds, and says why.
  refused(why) {
    const { desk, coding } = this;
    coding.waiting = false;
    if (this.kind === "remove") desk.codings.has(coding) || desk.codings.add(coding);
    else desk.codings.take(coding);
    desk.forget(coding);
    const words = brief(desk.text.words(coding.start, coding.end));
    desk.say.aloud(desk.say.with("refused", { code: coding.code.name, words, why }), { stays: true });
  }
}

export class Desk extends EventTarget {
  constructor({ text, book, codings, pick, outbox, say, data }) {
    super();
    Object.assign(this, { text, book, codings, pick, outbox, say, may: data.may, revision: data.revision });
    this.key = `history:${data.key}`;
    this.chosen = null;
    this.last = null;
    this.done = [];
    this.undone = [];
    this.locals = new Map();
  }

  // A coding as it is kept in the browser, and back again.
  told({ id, local, code, start, end }) {
    return { id, local, code: code.id, name: code.name, start, end };
  }

  revive({ id, local, code, name, start, end }) {
    const known = this.codings.byId.get(id) ?? this.locals.get(local);
    if (known) return known;
    const coding = this.codings.make(this.book.byId.get(code) ?? this.nameCode(name), this.codings.me, start, end, id);
    coding.local = local;
    this.locals.set(local, coding);
    return coding;
  }

  // After a reload: what had not been saved is shown and sent again; undo goes on where it was.
  resume() {
    for (const told of this.outbox.left()) {
      const coding = this.revive(told);
      this.show(told.kind, coding);
      this.outbox.put(new Act(this, told.kind, coding));
    }
    try {
      const { done, undone } = JSON.parse(sessionStorage.getItem(this.key) ?? "{}");
      const back = (told) => ({ kind: told.kind, coding: this.revive(told) });
      this.done = (done ?? []).map(back);
      this.undone = (undone ?? []).map(back);
    } catch {
      sessionStorage.removeItem(this.key);
    }
  }

  remember() {
    const told = ({ kind, coding }) => ({ kind, ...this.told(coding) });
    try {
      const kept = { done: this.done.slice(-REMEMBERED).map(told), undone: this.undone.slice(-REMEMBERED).map(told) };
      sessionStorage.setItem(this.key, JSON.stringify(kept));
    } catch {
      this.outbox.dispatchEvent(new Event("unkept"));
    }
  }

  forget(coding) {
    this.done = this.done.filter((step) => step.coding !== coding);
    this.undone = this.undone.filter((step) => step.coding !== coding);
    if (this.chosen === coding) this.step(null);
    this.remember();
  }

  show(kind, coding) {
    coding.waiting = true;
    if (kind !== "remove") this.codings.has(coding) || this.codings.add(coding);
    else this.codings.take(coding);
  }

  act(kind, coding) {
    this.show(kind, coding);
    this.outbox.put(new Act(this, kind, coding));
  }

  does(kind, coding) {
    this.done.push({ kind, coding });
    this.undone = [];
    this.act(kind, coding);
    this.remember();
  }

  // A code without an id yet: the server makes it with its first coding.
  nameCode(name) {
    const known = this.book.onTop(name);
    if (known) return known;
    const code = this.book.add(null, name);
    this.dispatchEvent(new CustomEvent("code", { detail: { code } }));
    return code;
  }

  meet(code, { id, colour }) {
    if (code.id) return;
    code.id = id;
    this.book.byId.set(id, code);
    this.dispatchEvent(new CustomEvent("met", { detail: { code, colour } }));
  }

  mayApply() {
    if (!this.may.code) this.say.aloud(this.say.with("mayNotCode"));
    else if (!this.pick.span && !this.pick.take()) this.say.aloud(this.say.with("chooseFirst"));
    else return true;
    return false;
  }

  apply(code, { stay = false } = {}) {
    if (!code || !this.mayApply()) return;
    const { start, end } = this.pick.span;
    this.last = code;
    if (this.codings.twin(code, start, end)) {
      this.say.aloud(this.say.with("already", { code: code.name }));
    } else {
      const coding = this.codings.make(code, this.codings.me, start, end);
      coding.local = `${Date.now()}-${coding.serial}`;
      this.does("apply", coding);
      this.step(coding);
      const heard = this.say.with("appliedTo", { code: code.name, words: brief(this.text.words(start, end)) });
      this.say.aloud(this.say.with("applied", { code: code.name }), { heard, ...this.undoing() });
    }
    if (!stay) this.pick.clear();
  }

  applyNew(name, options) {
    if (!this.mayApply()) return;
    const wanted = name.replace(/\s+/g, " ").trim();
    if (!this.may.name && !this.book.onTop(wanted)) this.say.aloud(this.say.with("mayNotName"));
    else if ([...wanted].length > 300) this.say.aloud(this.say.with("longName"));
    else if (wanted) this.apply(this.nameCode(wanted), options);
  }

  inVivo() {
    if (this.mayApply()) this.applyNew(this.pick.words);
  }

  again() {
    if (this.last) this.apply(this.last);
    else this.say.aloud(this.say.with("noLast"));
  }

  remove(coding) {
    if (!coding) return this.say.aloud(this.say.with("chooseCoding"));
    if (!coding.mine) return this.say.aloud(this.say.with("notYours"));
    this.does("remove", coding);
    if (this.chosen === coding) this.step(null);
    const words = brief(this.text.words(coding.start, coding.end));
    const heard = this.say.with("offFrom", { code: coding.code.name, words });
    return this.say.aloud(this.say.with("off", { code: coding.code.name }), { heard, ...this.undoing() });
  }

  undoing() {
    return { label: this.say.with("undo"), act: () => this.undo() };
  }

  undo() {
    const step = this.done.pop();
    if (!step) return this.say.aloud(this.say.with("nothingToUndo"));
    this.undone.push(step);
    return this.turnBack(step, step.kind === "remove");
  }

  redo() {
    const step = this.undone.pop();
    if (!step) return this.say.aloud(this.say.with("nothingToRedo"));
    this.done.push(step);
    return this.turnBack(step, step.kind !== "remove");
  }

  turnBack({ coding }, back) {
    this.act(back ? "restore" : "remove", coding);
    this.step(back ? coding : null);
    this.remember();
    this.say.aloud(this.say.with(back ? "back" : "off", { code: coding.code.name }));
  }

  step(coding) {
    this.chosen = coding;
    this.dispatchEvent(new CustomEvent("step", { detail: { coding } }));
  }
}
