// One act on its way to the server: shown at once, sent in its turn, put right by the answer.

import { brief } from "./say.js";

const TURNING = ["undo", "redo"];
// Traits that each act changes in its coding.
const CHANGES = { resize: ["start", "end"], recode: ["code"], weigh: ["important"] };
const ADDRESS = { apply: "apply-code", remove: "remove-coding", resize: "resize-coding", recode: "recode" };
Object.assign(ADDRESS, { copy: "copy-coding", weigh: "weigh-coding", link: "link-codings", unlink: "unlink-codings" });

export function newName() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

const held = (coding) => coding && { code: coding.code, start: coding.start, end: coding.end };
// What has no answer is left out of a form.
const known = (fields) => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));

export class Act {
  // `from` is the coding that is copied or linked; `other` the one it is linked with; `link` one taken off; `says`
  // what is said of a link.
  constructor(desk, kind, { coding = null, from = null, other = null, link = null, says = "", traits = null, key = newName(), meant = null, workshop = desk.workshop } = {}) {
    Object.assign(this, { desk, kind, coding, from, other, link, says, traits, key, meant, workshop });
    this.held = { coding: held(coding), from: held(from), other: held(other) };
  }

  told() {
    const { desk, kind, key, meant, link, says, workshop } = this;
    const [coding, from, other] = ["coding", "from", "other"].map((name) => this[name] && desk.told({ ...this[name], ...this.held[name] }));
    const { code } = this.traits ?? {};
    const traits = code ? { code: code.id, name: code.name } : this.traits;
    return { kind, key, meant, revision: desk.revision, coding, from, other, link, says, traits, workshop };
  }

  // On this page, before the server has it.
  show() {
    const { codings } = this.desk;
    for (const one of this.shown) {
      one.pending += 1;
      one.waiting = true;
    }
    if (this.kind === "remove") codings.take(this.coding);
    else if (CHANGES[this.kind]) {
      this.was = Object.fromEntries(CHANGES[this.kind].map((name) => [name, this.coding[name]]));
      codings.change(this.coding, this.traits);
    } else if (this.coding) {
      this.stood = codings.has(this.coding);
      if (!this.stood) codings.add(this.coding);
    }
  }

  get shown() {
    return this.coding ? [this.coding] : [];
  }

  waits() {
    for (const one of this.shown) this.desk.codings.mark(one, true);
  }

  // What it stands on was refused, so there is nothing to ask for.
  get isVain() {
    const stands = this.kind === "apply" ? [] : this.kind === "copy" ? [this.from] : [this.coding, this.from, this.other];
    return stands.some((one) => one && !one.id);
  }

  asks(urls) {
    const { kind, coding, key, desk } = this;
    const beside = { key, after: desk.at };
    if (TURNING.includes(kind)) return [urls[kind], { ...beside, ...known(this.meant) }];
    const id = kind === "unlink" ? this.link : (this.from ?? coding)?.id;
    const url = urls[ADDRESS[kind]].replace("/0/", `/${id}/`);
    return [url, { ...beside, ...this.fields() }];
  }

  fields() {
    const { kind, other } = this;
    const coding = this.held.coding;
    const room = this.workshop ? { workshop: this.workshop } : {};
    const span = coding && { start: coding.start, end: coding.end, revision: this.desk.revision };
    if (kind === "apply") return { ...(coding.code.id ? { code: coding.code.id } : { name: coding.code.name }), ...span, ...room };
    if (kind === "resize") return { ...this.traits, revision: this.desk.revision };
    if (kind === "recode") return { code: this.traits.code.id };
    if (kind === "copy") return { code: coding.code.id, ...room };
    if (kind === "unlink") return { transcript: this.desk.transcript };
    if (kind === "weigh") return this.traits.important ? { important: "on" } : {};
    if (kind === "link") return { other: other.id, says: this.says };
    return {};
  }

  settle() {
    for (const one of this.shown) {
      one.pending -= 1;
      if (!one.pending) this.desk.codings.mark(one, false);
    }
  }

  saved(answer) {
    const { codings } = this.desk;
    if (this.coding && !this.coding.id && answer.made.length) codings.numbered(this.coding, answer.made[0]);
    // It stood so already, by another tab perhaps: there is nothing of it to turn back.
    if (answer.isAct === false) this.desk.turns.drop(this);
    const turned = TURNING.includes(this.kind) ? answer.made.map((id) => codings.byId.get(id)) : null;
    this.settle();
    this.desk.hear(answer);
    this.catchUp();
    if (turned) this.desk.turned(this.kind, answer.made, turned);
  }

  // What came of the coding while this act was on its way was left aside till now.
  catchUp() {
    for (const one of this.shown) this.desk.codings.catchUp(one, this.desk.book);
  }

  // Shown too soon: the page goes back to what the server holds, and says why.
  refused(why) {
    this.desk.turns.drop(this);
    this.takeBack();
    this.desk.loses(this, why);
  }

  // What it was done to was refused before it.
  fails() {
    this.desk.turns.drop(this);
    this.settle();
    if (this.kind === "copy") this.desk.codings.take(this.coding);
    if (this.kind === "copy" || this.kind === "link") this.desk.loses(this, this.desk.say.with("vain"));
  }

  takeBack() {
    const { desk, coding, kind } = this;
    this.settle();
    if (kind === "remove") desk.codings.has(coding) || desk.codings.add(coding);
    else if (this.was) desk.codings.change(coding, this.was);
    else if (coding && !this.stood) desk.codings.take(coding);
    this.catchUp();
  }
}
