// Tints over the words: one Highlight for each of the twelve colours, holding only what lies near the screen,
// since the browser checks every range again whenever the page changes. Without highlights, stripes remain.

const COLOURS = 12;
const able = "highlights" in CSS;

export class Tint {
  constructor(text, codings) {
    this.text = text;
    this.codings = codings;
    this.shown = new Map();
    if (!able) return;
    this.colours = [null];
    for (let n = 1; n <= COLOURS; n += 1) this.colours.push(this.register(`code-${n}`, 0));
    this.stepped = this.register("chosen", 1);
    this.picked = this.register("picked", 2);
    codings.addEventListener("change", ({ detail }) => this.change(detail));
  }

  register(name, priority) {
    const highlight = new Highlight();
    highlight.priority = priority;
    CSS.highlights.set(name, highlight);
    return highlight;
  }

  show(turn) {
    if (!able || this.shown.has(turn)) return;
    const ranges = new Map();
    this.shown.set(turn, ranges);
    for (const coding of this.codings.of[turn.index]) this.draw(turn, coding, ranges);
  }

  draw(turn, coding, ranges) {
    const range = turn.still(Math.max(coding.start, turn.start), Math.min(coding.end, turn.end));
    ranges.set(coding, range);
    this.colours[coding.code.colour].add(range);
  }

  hide(turn) {
    for (const [coding, range] of this.shown.get(turn) ?? []) this.colours[coding.code.colour].delete(range);
    this.shown.delete(turn);
  }

  change({ coding, added }) {
    for (const [turn] of this.text.parts(coding.start, coding.end)) {
      const ranges = this.shown.get(turn);
      if (!ranges) continue;
      if (added) this.draw(turn, coding, ranges);
      else {
        this.colours[coding.code.colour].delete(ranges.get(coding));
        ranges.delete(coding);
      }
    }
  }

  // A code may come back from the server in another colour than it had here.
  recolour(code, was) {
    if (!able) return;
    for (const ranges of this.shown.values()) {
      for (const [coding, range] of ranges) {
        if (coding.code !== code) continue;
        this.colours[was].delete(range);
        this.colours[code.colour].add(range);
      }
    }
  }

  pick(span) {
    if (able) this.only(this.picked, span);
  }

  step(coding) {
    if (able) this.only(this.stepped, coding);
  }

  only(highlight, span) {
    highlight.clear();
    if (!span) return;
    for (const [turn, start, end] of this.text.parts(span.start, span.end)) highlight.add(turn.still(start, end));
  }
}
