// The transcript as text. Everywhere else an offset is a code point of the whole text, as it is stored;
// only here do they meet the UTF-16 units in which the browser counts, within one turn.

const LINE = 72;
const PAIRS = /[\ud800-\udbff][\udc00-\udfff]/g;

// How many of the ascending numbers are below `limit`.
function below(numbers, limit) {
  let low = 0, high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numbers[middle] < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

class Turn {
  constructor(index, element, [number, start, end, line]) {
    Object.assign(this, { index, element, number, start, end, line });
    this.said = element.querySelector(".said");
    this.said.normalize();
    this.node = this.said.firstChild ?? this.said.appendChild(document.createTextNode(""));
    this.text = this.node.data;
    // Where a character takes two units: usually nowhere.
    this.pairs = [...this.text.matchAll(PAIRS)].map((match) => match.index);
    this.isWhole = this.text.length - this.pairs.length === end - start;
    this.cuts = {};
  }

  // The code point at which a unit of this turn stands; the inside of a pair counts as its beginning.
  point(unit) {
    return this.start + unit - below(this.pairs, unit);
  }

  unit(point) {
    const offset = Math.max(0, Math.min(point - this.start, this.end - this.start));
    let low = 0, high = this.pairs.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.pairs[middle] - middle < offset) low = middle + 1;
      else high = middle;
    }
    return offset + low;
  }

  // Where the numbered lines begin, in code points of the turn: the rule of the printed transcript.
  get lines() {
    if (!this.cuts.lines) {
      const characters = this.pairs.length ? [...this.text] : this.text;
      const begins = [0];
      for (let at = 0; at + LINE < characters.length;) {
        const behindSpace = characters.lastIndexOf(" ", at + LINE) + 1;
        at = behindSpace > at ? behindSpace : at + LINE;
        if (at < characters.length) begins.push(at);
      }
      this.cuts.lines = begins;
    }
    return this.cuts.lines;
  }

  // Sentences, words or characters as a reader sees them: [from, to] in code points, without the space after.
  pieces(granularity) {
    this.cuts[granularity] ??= [...segmenter(granularity).segment(this.text)]
      .filter((piece) => (granularity === "word" ? piece.isWordLike : piece.segment.trim()))
      .map(({ index, segment }) => {
        const from = index + segment.length - segment.trimStart().length;
        return [this.point(from), this.point(index + segment.trimEnd().length)];
      });
    return this.cuts[granularity];
  }

  // A code point moved to the edge of the character as it is seen, so that no accent loses its letter.
  edge(point, forward) {
    const unit = this.unit(point);
    if (unit === 0 || unit === this.text.length) return point;
    const { index, segment } = segmenter("grapheme").segment(this.text).containing(unit);
    if (index === unit) return point;
    return this.point(forward ? index + segment.length : index);
  }

  range(start, end) {
    const range = new Range();
    range.setStart(this.node, this.unit(start));
    range.setEnd(this.node, this.unit(end));
    return range;
  }

  still(start, end) {
    return new StaticRange({
      startContainer: this.node, startOffset: this.unit(start), endContainer: this.node, endOffset: this.unit(end),
    });
  }
}

const segmenters = {};
function segmenter(granularity) {
  segmenters[granularity] ??= new Intl.Segmenter(document.documentElement.lang, { granularity });
  return segmenters[granularity];
}

export class Text {
  constructor(elements, rows) {
    this.turns = rows.map((row, index) => new Turn(index, elements[index], row));
    this.starts = this.turns.map((turn) => turn.start);
    this.byElement = new Map(this.turns.map((turn) => [turn.element, turn]));
  }

  get isWhole() {
    return this.turns.every((turn) => turn.isWhole);
  }

  // The turn that holds a code point; a point between two turns belongs to the one before it.
  at(point) {
    return this.turns[Math.max(0, below(this.starts, point + 1) - 1)];
  }

  holding(element) {
    return this.byElement.get(element?.closest?.(".turn"));
  }

  // The turn and the code point under a mouse or a finger; null beside the words.
  under({ clientX, clientY }) {
    const caret = document.caretPositionFromPoint?.(clientX, clientY);
    const range = caret ? null : document.caretRangeFromPoint?.(clientX, clientY);
    const [node, unit] = caret ? [caret.offsetNode, caret.offset] : [range?.startContainer, range?.startOffset];
    const turn = this.holding(node?.parentElement);
    return turn && node === turn.node ? { turn, point: turn.point(unit) } : null;
  }

  // A span cut at the turns: [turn, start, end] each.
  parts(start, end) {
    const found = [];
    for (let index = this.at(start).index; index < this.turns.length && this.turns[index].start < end; index += 1) {
      const turn = this.turns[index];
      const from = Math.max(start, turn.start), to = Math.min(end, turn.end);
      if (from < to) found.push([turn, from, to]);
    }
    return found;
  }

  words(start, end) {
    return this.parts(start, end).map(([turn, from, to]) => turn.text.slice(turn.unit(from), turn.unit(to))).join("\n");
  }

  // A span without the space at its ends, widened to whole characters; null when nothing is left.
  trimmed(start, end) {
    let first = null, last = null;
    for (const [turn, from, to] of this.parts(start, end)) {
      const left = turn.unit(turn.edge(from, false)), right = turn.unit(turn.edge(to, true));
      const words = turn.text.slice(left, right);
      if (!words.trim()) continue;
      first ??= turn.point(left + words.length - words.trimStart().length);
      last = turn.point(left + words.trimEnd().length);
    }
    return first === null ? null : { start: first, end: last };
  }

  // What a range of the document holds of the transcript, as a span; null when it holds none of it.
  chosenIn(range) {
    const { turns } = this;
    let low = 0, high = turns.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (range.comparePoint(turns[middle].node, turns[middle].node.length) < 0) low = middle + 1;
      else high = middle;
    }
    if (low === turns.length || range.comparePoint(turns[low].node, 0) > 0) return null;
    const first = turns[low];
    let last = first;
    while (turns[last.index + 1] && range.comparePoint(turns[last.index + 1].node, 0) <= 0) last = turns[last.index + 1];
    const from = range.startContainer === first.node ? range.startOffset : 0;
    const to = range.endContainer === last.node ? range.endOffset : last.node.length;
    return this.trimmed(first.point(from), last.point(to));
  }
}
