// What the browser keeps until the server has it: for this tab, over a reload; and where all its tabs see it, so
// that what a closed tab left is taken over by the next. A tab holds the lock on what it keeps while it is open.

function read(store, name) {
  try {
    return store().getItem(name);
  } catch {
    return null;
  }
}

function parsed(words) {
  try {
    return JSON.parse(words);
  } catch {
    return null;
  }
}

const ofTab = () => sessionStorage;
const ofAll = () => localStorage;

export class Kept {
  constructor(name) {
    this.name = name;
    this.own = `${name}#${Date.now().toString(36)}${Math.random().toString(36).slice(2)}`;
    this.waiting = new Set();
    navigator.locks?.request(this.own, () => new Promise(() => {}));
  }

  // Left in this tab by the page before this one.
  left() {
    this.before = read(ofTab, this.name);
    return parsed(this.before);
  }

  // False where the browser keeps nothing.
  put(what) {
    const words = JSON.stringify(what);
    try {
      ofTab().setItem(this.name, words);
      ofAll().setItem(this.own, words);
      return true;
    } catch {
      return false;
    }
  }

  drop() {
    try {
      ofTab().removeItem(this.name);
      ofAll().removeItem(this.own);
    } catch {
      return;
    }
  }

  // What other tabs left, as soon as they are gone; what `take` answers false to stays for the next page. Without locks that can't be known, so it is taken at once:
  // everything in it has a name of its own, and is done once however often it is asked for.
  takeOver(take) {
    let names = [];
    try {
      names = Object.keys(ofAll());
    } catch {
      return;
    }
    for (const name of names) this.wait(name, take);
    if (navigator.locks) addEventListener("storage", ({ key, newValue }) => newValue && this.wait(key, take));
  }

  wait(name, take) {
    if (!name?.startsWith(`${this.name}#`) || name === this.own || this.waiting.has(name)) return;
    this.waiting.add(name);
    const collect = () => {
      this.waiting.delete(name);
      const words = read(ofAll, name);
      // Of the page before this one, it has been taken up already.
      const left = words === this.before ? null : parsed(words);
      if (left !== null && take(left) === false) return;
      if (words !== null) ofAll().removeItem(name);
    };
    if (navigator.locks) navigator.locks.request(name, collect);
    else collect();
  }
}
