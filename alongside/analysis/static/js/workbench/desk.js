// What a coder does: each act shows at once and goes into the outbox. What others did comes by `hear`.

import { Act } from "./acts.js";
import { brief } from "./say.js";

export class Desk extends EventTarget {
  constructor({ text, book, codings, pick, outbox, say, data }) {
    super();
    Object.assign(this, { text, book, codings, pick, outbox, say, may: data.may, revision: data.revision });
    this.at = data.at;
    this.links = new Map(data.links.map(([id, one, other, says, by]) => [id, { id, one, other, says, by: data.coders[by] }]));
    this.chosen = null;
    this.last = null;
    this.editing = null;
    this.linking = null;
    this.locals = new Map();
  }

  // A coding as it is kept in the browser, and back again.
  told({ id, local, code, start, end }) {
    return { id, local, code: code.id, name: code.name, start, end };
  }

  revive(told) {
    if (!told) return null;
    const { id, local, code, name, start, end } = told;
    const its = this.book.byId.get(code) ?? this.nameCode(name);
    // Saved just before the page went, it is among the codings already.
    const known = this.codings.byId.get(id) ?? this.locals.get(local) ?? (id ? null : this.codings.twin(its, start, end));
    if (known) return known;
    const coding = this.codings.make(its, this.codings.me, start, end, { id });
    coding.local = local;
    this.locals.set(local, coding);
    return coding;
  }

  // After a reload: what had not been saved is shown and sent again.
  resume() {
    for (const { kind, key, link, ...told } of this.outbox.left()) {
      const [coding, from, other] = [told.coding, told.from, told.other].map((one) => this.revive(one));
      const traits = told.traits?.code ? { code: this.book.byId.get(told.traits.code) } : told.traits;
      this.act(new Act(this, kind, { key, coding, from, other, link, traits }));
    }
  }

  act(act) {
    act.show();
    this.outbox.put(act);
  }

  does(kind, given) {
    this.act(new Act(this, kind, given));
  }

  // Everything that changed, as the server holds it now. An answer that was overtaken by a newer one is let be.
  hear({ at, codings, codes, coders, links }) {
    if (at < this.at) return;
    this.at = at;
    for (const coder of coders) this.codings.meet(coder);
    for (const row of codes) this.meet(row);
    for (const row of codings) this.codings.hear(row, this.book);
    for (const [id, one, other, says, by, off] of links) {
      if (off) this.links.delete(id);
      else this.links.set(id, { id, one, other, says, by: this.codings.coders.get(by) ?? ["", "", by] });
    }
    if (links.length) this.dispatchEvent(new Event("links"));
  }

  meet(row) {
    const known = this.book.byId.has(row[0]) || this.book.onTop(row[1], { named: true });
    const code = this.book.learn(row);
    this.dispatchEvent(new CustomEvent(known ? "met" : "code", { detail: { code, colour: row[3] } }));
  }

  // A code without an id yet: the server makes it with its first coding.
  nameCode(name) {
    const known = this.book.onTop(name);
    if (known) return known;
    const code = this.book.add(null, name);
    this.dispatchEvent(new CustomEvent("code", { detail: { code } }));
    return code;
  }

  mayApply() {
    if (!this.may.code) this.say.aloud(this.say.with("mayNotCode"));
    else if (!this.pick.span && !this.pick.take()) this.say.aloud(this.say.with("chooseFirst"));
    else return true;
    return false;
  }

  fresh(code, start, end) {
    const coding = this.codings.make(code, this.codings.me, start, end);
    coding.local = `${Date.now()}-${coding.serial}`;
    return coding;
  }

  apply(code, { stay = false } = {}) {
    if (!code || !this.mayApply()) return;
    const { start, end } = this.pick.span;
    this.last = code;
    if (this.codings.twin(code, start, end)) {
      this.say.aloud(this.say.with("already", { code: code.name }));
    } else {
      const coding = this.fresh(code, start, end);
      this.does("apply", { coding });
      this.step(coding);
      this.tells("applied", "appliedTo", coding);
    }
    if (!stay) this.pick.clear();
  }

  tells(seen, heard, coding) {
    const parts = { code: coding.code.name, words: brief(this.text.words(coding.start, coding.end)) };
    this.say.aloud(this.say.with(seen, parts), { heard: this.say.with(heard, parts), ...this.undoing() });
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

  // A coding is chosen, and is one's own where it is to be changed.
  mayChange(coding, { mine = true } = {}) {
    if (!this.may.code) this.say.aloud(this.say.with("mayNotCode"));
    else if (!coding) this.say.aloud(this.say.with("chooseCoding"));
    else if (mine && !coding.mine) this.say.aloud(this.say.with("notYours"));
    else return true;
    return false;
  }

  remove(coding) {
    if (!this.mayChange(coding)) return;
    this.does("remove", { coding });
    if (this.chosen === coding) this.step(null);
    this.tells("off", "offFrom", coding);
  }

  weigh(coding) {
    if (!this.mayChange(coding)) return;
    const important = !coding.important;
    this.does("weigh", { coding, traits: { important } });
    this.tells(important ? "important" : "unimportant", important ? "important" : "unimportant", coding);
  }

  recode(coding, code) {
    if (!this.mayChange(coding) || code === coding.code) return;
    if (this.codings.twin(code, coding.start, coding.end)) return void this.say.aloud(this.say.with("already", { code: code.name }));
    this.does("recode", { coding, traits: { code } });
    this.step(coding);
    this.tells("moved", "moved", coding);
  }

  copy(from, code) {
    if (!this.mayChange(from, { mine: false })) return;
    if (this.codings.twin(code, from.start, from.end)) return void this.say.aloud(this.say.with("already", { code: code.name }));
    const coding = this.fresh(code, from.start, from.end);
    this.does("copy", { coding, from });
    this.step(coding);
    this.tells("applied", "appliedTo", coding);
  }

  // The words of a coding are chosen again; what they have become is saved with the same key.
  edit(coding) {
    if (this.editing) return void this.saveSpan();
    if (!this.mayChange(coding)) return;
    this.editing = coding;
    this.pick.set(coding.start, coding.end);
    this.say.aloud(this.say.with("editing", { code: coding.code.name }), { label: this.say.with("keepWords"), act: () => this.saveSpan() });
  }

  saveSpan() {
    const coding = this.editing;
    this.editing = null;
    if (coding && this.pick.span) this.cover(coding);
  }

  // Let a coding cover the words that are chosen now.
  cover(coding) {
    if (!this.mayChange(coding)) return;
    const { start, end } = this.pick.span;
    this.pick.clear();
    if (start === coding.start && end === coding.end) return;
    if (this.codings.twin(coding.code, start, end)) return void this.say.aloud(this.say.with("already", { code: coding.code.name }));
    this.does("resize", { coding, traits: { start, end } });
    this.step(coding);
    this.tells("resized", "resizedTo", coding);
  }

  stopEditing() {
    this.editing = this.linking = null;
  }

  // The first press remembers a passage, the second links it with the one chosen then.
  link(coding) {
    if (!this.mayChange(coding, { mine: false })) return;
    const from = this.linking;
    if (!from || from === coding) {
      this.linking = coding;
      this.say.aloud(this.say.with("linkFrom", { code: coding.code.name }));
      return;
    }
    this.linking = null;
    this.does("link", { from, other: coding });
    this.say.aloud(this.say.with("linked", { one: from.code.name, other: coding.code.name }), this.undoing());
  }

  unlink(link) {
    this.does("unlink", { link: link.id });
    this.say.aloud(this.say.with("unlinked"), this.undoing());
  }

  linksOf(coding) {
    return [...this.links.values()]
      .filter(({ one, other }) => coding.id && (one === coding.id || other === coding.id))
      .map((link) => ({ link, other: this.codings.byId.get(link.one === coding.id ? link.other : link.one) }))
      .filter(({ other }) => other);
  }

  undoing() {
    return { label: this.say.with("undo"), act: () => this.undo() };
  }

  undo() {
    this.does("undo");
  }

  redo() {
    this.does("redo");
  }

  // What an undo or a redo came to: the codings it was about, those that stood before it among them.
  turned(kind, ids, stood) {
    const now = ids.map((id) => this.codings.byId.get(id)).filter(Boolean);
    const coding = now[0] ?? stood.find(Boolean);
    this.step(now[0] ?? null);
    if (!coding) return this.say.aloud(this.say.with(kind === "undo" ? "undone" : "redone"));
    const said = !now.length ? "off" : stood.some(Boolean) ? "changedBack" : "back";
    return this.say.aloud(this.say.with(said, { code: coding.code.name }));
  }

  step(coding) {
    this.chosen = coding;
    this.dispatchEvent(new CustomEvent("step", { detail: { coding } }));
  }
}
