// What was written about passages of this text, as it was when the page opened, and where more is written.

export class Notes {
  constructor({ memos, write }) {
    this.write = write;
    this.of = new Map(Object.entries(memos).map(([id, rows]) => [Number(id), rows.map(memo)]));
  }

  about(coding) {
    return this.of.get(coding.id) ?? [];
  }

  // Places to go to: those of one passage are one.
  places(codings) {
    const standing = [...this.of.keys()].map((id) => codings.byId.get(id)).filter(Boolean);
    return standing.map((coding) => ({ start: coding.start, end: coding.end, coding, memos: this.about(coding) }));
  }
}

const memo = ([who, words, isPrivate, change]) => ({ who, words, isPrivate, change });
