// The words about to be coded: a span in code points, chosen by sentences, words or turns, or taken from the
// browser's own selection. It may run over several turns.

export class Pick extends EventTarget {
  constructor(text) {
    super();
    this.text = text;
    this.span = null;
  }

  get words() {
    return this.span ? this.text.words(this.span.start, this.span.end) : "";
  }

  set(start, end) {
    if (start >= end) return;
    this.span = { start, end };
    this.dispatchEvent(new Event("change"));
  }

  clear() {
    if (!this.span) return;
    this.span = null;
    this.dispatchEvent(new Event("change"));
  }

  // Whatever the browser has selected of the transcript.
  take() {
    const selection = getSelection();
    if (selection.isCollapsed || !selection.rangeCount) return false;
    const span = this.text.chosenIn(selection.getRangeAt(0));
    if (!span) return false;
    selection.removeAllRanges();
    this.set(span.start, span.end);
    return true;
  }

  // Whether the words chosen touch those of a coding, and are others.
  covers({ start, end }) {
    return this.span && this.span.start < end && this.span.end > start && (this.span.start !== start || this.span.end !== end);
  }

  isIn(turn) {
    return this.span && this.span.start < turn.end && this.span.end > turn.start;
  }

  // From the beginning of the sentence or turn in which it begins to the end of the one in which it ends.
  widen(granularity) {
    if (!this.span) return;
    const { start, end } = this.span;
    const [first, last] = [this.text.at(start), this.text.at(end - 1)];
    if (granularity === "turn") return void this.set(first.start, last.end);
    const from = first.pieces(granularity).findLast((piece) => piece[0] <= start)?.[0] ?? start;
    const to = last.pieces(granularity).find((piece) => piece[1] >= end)?.[1] ?? end;
    this.set(from, to);
  }

  turn(turn) {
    this.set(turn.start, turn.end);
  }

  // The next or the last sentence or word of a turn; without one chosen, the first or the last.
  next(turn, granularity, by) {
    const all = turn.pieces(granularity);
    let piece = by > 0 ? all[0] : all.at(-1);
    if (this.isIn(turn)) {
      const { start, end } = this.span;
      piece = by > 0 ? all.find(([from]) => from >= end) : all.findLast(([, to]) => to <= start);
    }
    if (piece) this.set(...piece);
  }

  // The end moves by a sentence or a word, on into the next turn when this one has no more.
  extend(granularity, by) {
    if (!this.span) return;
    const { start, end } = this.span;
    const end2 = by > 0 ? this.edgeAfter(end, granularity, 1) : this.edgeBefore(end, granularity, 1);
    if (end2 !== null) this.set(start, end2);
  }

  // The beginning moves likewise.
  begin(granularity, by) {
    if (!this.span) return;
    const { start, end } = this.span;
    const start2 = by > 0 ? this.edgeAfter(start, granularity, 0) : this.edgeBefore(start, granularity, 0);
    if (start2 !== null) this.set(start2, end);
  }

  edgeAfter(point, granularity, side) {
    for (let turn = this.text.at(point); turn; turn = this.text.turns[turn.index + 1]) {
      const found = turn.pieces(granularity).find((piece) => piece[side] > point);
      if (found) return found[side];
    }
    return null;
  }

  edgeBefore(point, granularity, side) {
    for (let turn = this.text.at(point); turn; turn = this.text.turns[turn.index - 1]) {
      const found = turn.pieces(granularity).findLast((piece) => piece[side] < point);
      if (found) return found[side];
    }
    return null;
  }
}
