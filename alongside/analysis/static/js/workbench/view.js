// Where the reader is: which turns are in view, and bringing something into it. On a low screen the page
// scrolls as one; else the transcript does within it.

const low = matchMedia("(max-height: 34rem)");
// Less than this of a turn, in pixels, is not to be read.
const SLIVER = 24;
const calm = matchMedia("(prefers-reduced-motion: reduce)");

export class View {
  constructor(text, reading) {
    Object.assign(this, { text, reading });
    const header = reading.querySelector("header");
    this.header = header;
    new ResizeObserver(() => {
      reading.style.setProperty("--head", `${header.offsetHeight}px`);
    }).observe(header);
  }

  // Top and bottom of what can be read, within the window.
  get edges() {
    if (low.matches) return [0, innerHeight];
    const box = this.reading.getBoundingClientRect();
    return [box.top + this.header.offsetHeight, box.bottom];
  }

  get isShown() {
    return this.reading.offsetHeight > 0;
  }

  // The first turn of which something is in view, and the last.
  get turns() {
    const { turns } = this.text;
    const [top, bottom] = this.edges;
    const first = this.search((box) => box.bottom > top + SLIVER);
    const beyond = this.search((box) => box.top >= bottom - 1);
    return [turns[Math.min(first, turns.length - 1)], turns[Math.max(first, beyond - 1)] ?? turns.at(-1)];
  }

  search(holds) {
    const { turns } = this.text;
    let low = 0, high = turns.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (holds(turns[middle].element.getBoundingClientRect())) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  holds({ top, bottom }) {
    const [from, to] = this.edges;
    return bottom > from && top < to;
  }

  // To the upper third, unless it can be read already.
  bring(box) {
    const [from, to] = this.edges;
    if (box.top >= from && box.bottom <= to) return;
    const by = box.top - from - (to - from) / 3;
    const scroller = low.matches ? window : this.reading;
    scroller.scrollBy({ top: by, behavior: calm.matches ? "auto" : "smooth" });
  }

  // Whatever `change` does to the page, what was on top of it stays there.
  keeping(change) {
    if (!this.isShown) return change();
    const [turn] = this.turns;
    const before = turn?.element.getBoundingClientRect().top;
    change();
    if (!turn) return undefined;
    const by = turn.element.getBoundingClientRect().top - before;
    const scroller = low.matches ? window : this.reading;
    return scroller.scrollBy({ top: by, behavior: "instant" });
  }
}
