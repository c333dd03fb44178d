// What a coder does: each act shows at once and goes into the outbox. What others did comes by `hear`.

import { Act } from "./acts.js";
import { brief } from "./say.js";
import { Turns } from "./turns.js";

export class Desk extends EventTarget {
  constructor({ text, book, codings, pick, outbox, say, data }) {
    super();
    Object.assign(this, { text, book, codings, pick, outbox, say, may: data.may, revision: data.revision });
    this.at = data.at;
    this.transcript = data.transcript ?? "";
    this.links = new Map();
    for (const row of data.links) this.tie(row);
    this.chosen = null;
    this.last = null;
    this.editing = null;
    this.linking = null;
    this.workshop = data.workshop ?? null;
    this.locals = new Map();
    pick.addEventListener("change", () => pick.span || this.stopChoosing());
    this.turns = new Turns();
  }

  // A coding as it is kept in the browser, and back again. One of another transcript is only known by its number.
  told({ id, local, code, start, end, far }) {
    return far ? { id, far } : { id, local, code: code.id, name: code.name, start, end };
  }

  revive(told) {
    if (!told || told.far) return told;
    const { id, local, code, name, start, end } = told;
    const its = code ? this.book.byId.get(code) : this.nameCode(name);
    // Saved just before the page went, it is among the codings already.
    const known = this.codings.byId.get(id) ?? this.locals.get(local) ?? (id ? null : this.codings.twin(its, start, end));
    if (local && known) this.locals.set(local, known);
    if (known) return known;
    const coding = this.codings.make(its, this.codings.me, start, end, { id });
    coding.local = local;
    this.locals.set(local, coding);
    return coding;
  }

  // After a reload: what had not been saved is shown and sent again.
  resume() {
    this.outbox.left((told) => this.takeUp(told));
  }

  // Measured on another text, or with a code that is gone, it can't be done any more, and that is said.
  takeUp(told) {
    const { kind, key, meant, revision, link, says, workshop } = told;
    if (this.outbox.known.has(key)) return;
    this.outbox.known.add(key);
    const codes = [told.coding, told.from, told.other, told.traits].map((one) => one?.code).filter(Boolean);
    const isTurn = kind === "undo" || kind === "redo";
    if (!isTurn && (revision !== this.revision || !codes.every((id) => this.book.byId.has(id)))) {
      this.lost(this.say.with("leftBehind", { code: told.traits?.name ?? (told.coding ?? told.from)?.name ?? "" }));
      return;
    }
    const [coding, from, other] = [told.coding, told.from, told.other].map((one) => this.revive(one));
    const code = told.traits?.name && (this.book.byId.get(told.traits.code) ?? this.nameCode(told.traits.name));
    this.act(new Act(this, kind, { key, meant, coding, from, other, link, says, traits: code ? { code } : told.traits, workshop: workshop ?? null }));
  }

  act(act) {
    this.turns.take(act, this.at);
    act.show();
    this.outbox.put(act);
    this.dispatchEvent(new CustomEvent("did", { detail: act }));
    if (act.workshop && ["apply", "copy"].includes(act.kind)) this.dispatchEvent(new CustomEvent("decided", { detail: act }));
  }

  does(kind, given) {
    this.act(new Act(this, kind, given));
  }

  // Everything that changed, as the server holds it now. An answer that was overtaken by a newer one is let be; so
  // is one of more than can be told, or of another text: the feed will come upon it, and end there.
  hear({ at, revision, much, beside, codings, codes, coders, links }) {
    if (at < this.at || much || revision !== this.revision) return;
    this.at = at;
    for (const coder of coders) this.codings.meet(coder);
    this.meet(codes);
    for (const row of codings) this.codings.hear(row, this.book);
    for (const row of links) this.tie(row);
    if (links.length) this.dispatchEvent(new Event("links"));
    if (beside) this.dispatchEvent(new Event("beside"));
  }

  // `far` is what a link leads to in another transcript.
  tie([id, one, other, says, byId, byName, off, far]) {
    this.linked = null;
    if (off) this.links.delete(id);
    else this.links.set(id, { id, one, other, says, far, by: byName, mine: byId === this.codings.me[2] });
  }

  meet(rows) {
    for (const { code, isNew, was } of this.book.learn(rows)) {
      this.dispatchEvent(new CustomEvent(isNew ? "code" : "met", { detail: { code, was } }));
    }
  }

  // A code without an id yet: the server makes it with its first coding.
  nameCode(name) {
    const known = this.book.onTop(name);
    if (known?.retired) this.rename(known, () => this.book.free(known));
    if (known) return known;
    const code = this.book.add(null, name);
    this.dispatchEvent(new CustomEvent("code", { detail: { code } }));
    return code;
  }

  // In the tree and elsewhere it shows as what it has become.
  rename(code, becomes) {
    const { name, parent, colour, retired } = code;
    becomes();
    this.dispatchEvent(new CustomEvent("met", { detail: { code, was: { name, parent, colour, retired } } }));
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
    if (code.retired) return void this.say.aloud(this.say.with("outOfUse", { code: code.name }));
    this.stopChoosing();
    const { start, end } = this.pick.span;
    this.last = code;
    // In a workshop one's own coding can become the team's.
    const twin = this.codings.twin(code, start, end);
    if (twin && (twin.ours || !this.workshop)) {
      this.say.aloud(this.say.with("already", { code: code.name }));
    } else {
      const coding = twin ?? this.fresh(code, start, end);
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
    if (this.editing && this.editing === coding) return void this.saveSpan();
    if (!this.mayChange(coding)) return;
    this.editing = coding;
    this.pick.set(coding.start, coding.end);
    this.say.aloud(this.say.with("editing", { code: coding.code.name }), { label: this.say.with("keepWords"), act: () => this.saveSpan() });
  }

  saveSpan() {
    if (this.editing) this.cover(this.editing);
  }

  // Let a coding cover the words that are chosen now.
  cover(coding) {
    if (!this.mayChange(coding)) return;
    this.editing = null;
    const { start, end } = this.pick.span;
    this.pick.clear();
    if (start === coding.start && end === coding.end) return;
    if (this.codings.twin(coding.code, start, end)) return void this.say.aloud(this.say.with("already", { code: coding.code.name }));
    this.does("resize", { coding, traits: { start, end } });
    this.step(coding);
    this.tells("resized", "resizedTo", coding);
  }

  // Whoever goes on to other words or another coding leaves this one as it was.
  stopChoosing() {
    if (!this.editing) return;
    this.say.aloud(this.say.with("leftWords", { code: this.editing.code.name }));
    this.editing = null;
  }

  stopEditing() {
    this.stopChoosing();
    this.dispatchEvent(new Event("leave"));
  }

  // The first press remembers a passage, the second links it with the one chosen then.
  link(coding) {
    if (!this.mayChange(coding, { mine: false })) return;
    this.dispatchEvent(new CustomEvent("link", { detail: { coding } }));
  }

  unlink(link) {
    this.does("unlink", { link: link.id });
    this.say.aloud(this.say.with("unlinked"), this.undoing());
  }

  linksOf(coding) {
    this.linked ??= byEnds(this.links.values());
    return (this.linked.get(coding.id) ?? [])
      .map((link) => ({ link, other: this.codings.byId.get(link.one === coding.id ? link.other : link.one) }))
      .filter(({ link, other }) => other || link.far);
  }

  // What could not be saved, said and kept on the page until it was seen.
  loses({ kind, coding, from, other }, why) {
    if (kind === "undo" || kind === "redo" || kind === "unlink") return void this.say.aloud(why);
    if (coding?.code.freed && !coding.code.id) this.rename(coding.code, () => this.book.bind(coding.code));
    const [one, two] = kind === "link" ? [from, other] : [coding, null];
    const parts = { code: one.code.name, words: brief(this.text.words(one.start, one.end)), why };
    const sentence = this.say.with(two ? "linkRefused" : "refused", { ...parts, other: two?.far ?? two?.code.name });
    return void this.lost(sentence);
  }

  lost(sentence) {
    this.say.aloud(sentence);
    this.dispatchEvent(new CustomEvent("lost", { detail: { sentence } }));
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
    if (coding !== this.editing) this.stopChoosing();
    this.chosen = coding;
    this.dispatchEvent(new CustomEvent("step", { detail: { coding } }));
  }
}

// Links by the codings at their ends.
function byEnds(links) {
  const found = new Map();
  for (const link of links) {
    for (const end of [link.one, link.other]) {
      if (!found.has(end)) found.set(end, []);
      found.get(end).push(link);
    }
  }
  return found;
}
