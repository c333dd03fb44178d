// What the page says: to everyone in a line below, and to a screen reader politely. Words come from the server.

const SECONDS = 7;

export class Say {
  // Where the focus goes when the line goes that held it.
  constructor(phrases, onGone = () => {}) {
    Object.assign(this, { phrases, onGone });
    this.live = document.getElementById("live");
    this.toast = document.getElementById("said");
    this.words = document.getElementById("said-words");
    this.button = document.getElementById("said-do");
    this.button.addEventListener("click", () => {
      this.hide();
      this.act?.();
    });
    for (const kind of ["pointerenter", "focusin"]) this.toast.addEventListener(kind, () => clearTimeout(this.timer));
    for (const kind of ["pointerleave", "focusout"]) this.toast.addEventListener(kind, () => this.wait());
  }

  with(key, parts = {}) {
    return this.phrases[key].replace(/\{(\w+)\}/g, (whole, name) => parts[name] ?? whole);
  }

  // Only to whoever listens: what the eye has seen already.
  softly(sentence) {
    this.live.textContent = "";
    this.live.textContent = sentence;
  }

  aloud(sentence, { heard = sentence, label = "", act = null, stays = false } = {}) {
    this.softly(heard);
    this.words.textContent = sentence;
    this.act = act;
    this.stays = stays;
    this.button.textContent = label;
    this.button.hidden = !act;
    this.toast.hidden = false;
    this.wait();
  }

  wait() {
    clearTimeout(this.timer);
    if (!this.stays) this.timer = setTimeout(() => this.hide(), SECONDS * 1000);
  }

  hide() {
    const isHeld = this.toast.contains(document.activeElement);
    this.toast.hidden = true;
    if (isHeld) this.onGone();
  }
}

// Words short enough to be said: the beginning and the end.
export function brief(words, most = 90) {
  const line = words.replaceAll("\n", " ");
  if (line.length <= most) return line;
  const characters = [...line], half = Math.floor(most / 2);
  if (characters.length <= most) return line;
  return `${characters.slice(0, half).join("").trimEnd()} … ${characters.slice(-half).join("").trimStart()}`;
}
