// Codes, coders and codings, as they stand on this page. Says "change" whenever a coding comes or goes.

const IMPORTANT = 1, OURS = 2;
const PATTERNS = ["", "broken", "dotted", "double"];
export const order = (a, b) => a.start - b.start || b.end - a.end || a.serial - b.serial;

class Code {
  constructor(given) {
    Object.assign(this, given);
  }

  // The names above it, from the top.
  get path() {
    return this.parent ? [...this.parent.path, this.parent.name] : [];
  }
}

export class Book {
  constructor(rows) {
    this.codes = [];
    this.byId = new Map();
    this.under = new Map();
    for (const row of rows) this.add(...row);
    // Codes that only gather others come last in the choice of a plain line.
    const above = new Set(this.codes.map((code) => code.parent));
    const shared = Array(13).fill(0);
    for (const code of [...this.codes].sort((a, b) => above.has(a) - above.has(b))) {
      code.pattern = PATTERNS[shared[code.colour]++ % PATTERNS.length];
    }
  }

  add(id, name, above = -1, colour = this.rarest(), retired = 0) {
    const parent = this.codes[above] ?? null;
    const sharing = this.codes.filter((code) => code.colour === colour).length;
    const pattern = PATTERNS[sharing % PATTERNS.length];
    const code = new Code({ id, name, parent, colour, retired: Boolean(retired), count: 0, pattern });
    this.codes.push(code);
    if (id) this.byId.set(id, code);
    this.below(parent).add(code);
    return code;
  }

  // The codes directly below one, or those on top.
  below(parent) {
    if (!this.under.has(parent)) this.under.set(parent, new Set());
    return this.under.get(parent);
  }

  // What the server says of codes: new ones, or ones under another name, in another place or colour. What stands
  // above comes first in the answer; `was` is how a code was known before.
  learn(rows) {
    const met = rows.map((row) => this.know(row));
    for (const { code, above } of met) this.put(code, this.byId.get(above) ?? null);
    return met.sort((one, other) => one.code.path.length - other.code.path.length);
  }

  know([id, name, above, colour, retired]) {
    const known = this.byId.get(id) ?? (above ? null : this.onTop(name, { named: true }));
    if (!known) return { code: this.add(id, name, -1, colour, retired), above, isNew: true, was: null };
    const was = { name: known.name, parent: known.parent, colour: known.colour, retired: known.retired };
    if (!known.id) this.byId.set(id, known);
    Object.assign(known, { id, name, colour, retired: Boolean(retired) });
    return { code: known, above, isNew: false, was };
  }

  put(code, parent) {
    if (code.parent === parent) return;
    this.below(code.parent).delete(code);
    this.below(parent).add(code);
    code.parent = parent;
  }

  named(name) {
    const wanted = name.trim().toLowerCase();
    return this.codes.filter((code) => code.name.toLowerCase() === wanted);
  }

  onTop(name, { named = false } = {}) {
    return this.codes.find((code) => !code.parent && code.name === name && !(named && code.id));
  }

  // Out of use, a name may be given anew, if it went with an undo: the server says, and binds it again.
  free(code) {
    Object.assign(code, { freed: code.id, id: null, retired: false });
    this.byId.delete(code.freed);
  }

  bind(code) {
    Object.assign(code, { id: code.freed, freed: null, retired: true });
    this.byId.set(code.id, code);
  }

  // The colour used least, as the server will choose it too.
  rarest() {
    const used = Array(13).fill(0);
    for (const code of this.codes) used[code.colour] += 1;
    return used.indexOf(Math.min(...used.slice(1)), 1);
  }
}

export class Codings extends EventTarget {
  constructor(text, book, data) {
    super();
    this.text = text;
    this.me = data.coders[data.me];
    this.coders = new Map(data.coders.map((coder) => [coder[2], coder]));
    this.of = text.turns.map(() => []);
    this.all = new Set();
    this.byId = new Map();
    this.serial = 0;
    for (const [id, code, coder, start, end, flags] of data.codings) {
      this.place(this.make(book.codes[code], data.coders[coder], start, end, { id, flags }));
    }
    for (const list of this.of) list.sort(order);
  }

  make(code, coder, start, end, { id = null, flags = 0 } = {}) {
    const important = Boolean(flags & IMPORTANT), ours = Boolean(flags & OURS);
    const mine = coder === this.me;
    return { id, code, coder, start, end, important, ours, mine, pending: 0, left: null, waiting: false, serial: this.serial++ };
  }

  place(coding) {
    this.all.add(coding);
    if (coding.id) this.byId.set(coding.id, coding);
    coding.code.count += 1;
    for (const [turn] of this.text.parts(coding.start, coding.end)) this.of[turn.index].push(coding);
  }

  add(coding) {
    this.place(coding);
    for (const [turn] of this.text.parts(coding.start, coding.end)) this.of[turn.index].sort(order);
    this.tell(coding, true);
  }

  take(coding) {
    if (!this.all.delete(coding)) return;
    if (coding.id) this.byId.delete(coding.id);
    coding.code.count -= 1;
    for (const [turn] of this.text.parts(coding.start, coding.end)) {
      const list = this.of[turn.index];
      list.splice(list.indexOf(coding), 1);
    }
    this.tell(coding, false);
  }

  // The same coding with other traits: it leaves its place and comes back in the new one.
  change(coding, traits) {
    if (Object.entries(traits).every(([name, value]) => coding[name] === value)) return;
    const stood = this.has(coding);
    if (stood) this.take(coding);
    Object.assign(coding, traits);
    if (stood) this.add(coding);
  }

  has(coding) {
    return this.all.has(coding);
  }

  twin(code, start, end) {
    return this.of[this.text.at(start).index].find(
      (coding) => coding.mine && coding.code === code && coding.start === start && coding.end === end,
    );
  }

  // A coder is told of before their codings.
  meet([id, name, initials]) {
    if (!this.coders.has(id)) this.coders.set(id, [name, initials, id]);
  }

  // One coding as the server holds it now. What waits for its own answer here is left as it is shown.
  hear([id, codeId, coderId, start, end, flags, off], book) {
    const code = book.byId.get(codeId), coder = this.coders.get(coderId);
    if (!code || !coder) return;
    const known = this.byId.get(id) ?? (coder === this.me && !off ? this.unnumbered(code, start, end) : null);
    if (known?.pending) {
      if (!known.id) this.numbered(known, id);
      known.left = [id, codeId, coderId, start, end, flags, off];
      return;
    }
    if (known) known.left = null;
    if (off) {
      if (known) this.take(known);
    } else if (known) {
      this.numbered(known, id);
      this.change(known, { code, start, end, important: Boolean(flags & IMPORTANT), ours: Boolean(flags & OURS) });
    } else {
      this.add(this.make(code, coder, start, end, { id, flags }));
    }
  }

  // What was told of a coding while an act on it was on its way.
  catchUp(coding, book) {
    if (coding.pending || !coding.left) return;
    const row = coding.left;
    coding.left = null;
    this.hear(row, book);
  }

  unnumbered(code, start, end) {
    return this.of[this.text.at(start).index].find(
      (coding) => !coding.id && coding.code === code && coding.start === start && coding.end === end,
    );
  }

  numbered(coding, id) {
    const twin = this.byId.get(id);
    if (twin && twin !== coding) this.take(twin);
    coding.id = id;
    if (this.has(coding)) this.byId.set(id, coding);
  }

  mark(coding, waiting) {
    if (coding.waiting === waiting) return;
    coding.waiting = waiting;
    this.dispatchEvent(new CustomEvent("mark", { detail: { coding } }));
  }

  tell(coding, added) {
    this.dispatchEvent(new CustomEvent("change", { detail: { coding, added } }));
  }

  // The next coding in reading order from a coding, or from a turn.
  after(place, by, code = null) {
    const turns = this.of;
    const wanted = (coding) => !code || coding.code === code;
    const begins = (coding, index) => this.text.at(coding.start).index === index;
    const from = place.index ?? this.text.at(place.start).index;
    for (let index = from; index >= 0 && index < turns.length; index += by) {
      let here = turns[index].filter((coding) => begins(coding, index) && wanted(coding));
      if (index === from && place.code) here = here.filter((coding) => by * order(coding, place) > 0);
      else if (index === from && by < 0) here = [];
      if (here.length) return by > 0 ? here[0] : here.at(-1);
    }
    return null;
  }
}
