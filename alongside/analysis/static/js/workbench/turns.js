// What was done on this page, by the names of its acts, so that an undo or a redo says which one it is about: what
// is pressed without a line goes out much later, when more may have been done elsewhere. What was done before the
// page was opened has no name here; of that it says how much the page had heard.

export class Turns {
  constructor() {
    this.forget();
    this.prior = null;
  }

  forget() {
    this.done = [];
    this.undone = [];
  }

  take(act, known) {
    if (act.kind === "undo") this.turn(act, known, this.done, this.undone);
    else if (act.kind === "redo") this.turn(act, known, this.undone, this.done);
    else {
      this.done.push(act.key);
      this.undone = [];
    }
    this.prior = act.key;
  }

  turn(act, known, from, to) {
    const of = from.pop() ?? null;
    act.meant ??= { of, known, prior: this.prior };
    to.push(act.meant.of);
  }

  // After a turn that wasn't made, the page no longer knows what would be turned next.
  drop({ key, kind }) {
    if (kind === "undo" || kind === "redo") this.forget();
    else this.done = this.done.filter((each) => each !== key);
  }
}
