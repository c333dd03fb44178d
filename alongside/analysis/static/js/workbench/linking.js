// Two passages tied together: the first is remembered, over to another transcript too, until the second is chosen;
// then one may say what stands between them.

const LASTS = 24 * 60 * 60 * 1000;

export class Linking {
  constructor({ desk, say, data }) {
    Object.assign(this, { desk, say, text: data.key });
    this.name = `link-from:${data.urls["link-codings"]}:${desk.codings.me[2]}`;
    this.dialog = document.getElementById("link-says");
    if (!this.dialog) return;
    this.words = this.dialog.querySelector("input");
    this.between = this.dialog.querySelector("p");
    this.dialog.querySelector("form").addEventListener("submit", () => this.tie());
    this.dialog.querySelector("[type=button]").addEventListener("click", () => this.dialog.close());
    desk.addEventListener("leave", () => this.forget());
    // A passage that was just coded has its number only now.
    desk.codings.addEventListener("mark", ({ detail }) => detail.coding === desk.linking && this.keep());
    if (!data.practice) this.resume();
  }

  press(coding) {
    const from = this.desk.linking;
    if (from && from !== coding && from.id !== coding.id) return void this.ask(from, coding);
    this.desk.linking = coding;
    this.keep();
    this.say.aloud(this.say.with("linkFrom", { code: coding.code.name }), this.leaving());
  }

  leaving() {
    return { label: this.say.with("leaveIt"), act: () => this.forget() };
  }

  ask(from, to) {
    Object.assign(this, { from, to });
    this.words.value = "";
    this.between.textContent = this.say.with("linkBetween", { one: nameOf(from), other: nameOf(to) });
    this.dialog.showModal();
  }

  tie() {
    const { from, to } = this;
    this.forget();
    // An act belongs to the text it is done in, so the passage of another text stands at the far end.
    const [one, other] = from.far ? [to, from] : [from, to];
    this.desk.does("link", { from: one, other, says: this.words.value.trim() });
    this.say.aloud(this.say.with("linked", { one: nameOf(from), other: nameOf(to) }), this.desk.undoing());
  }

  keep() {
    const { id, code } = this.desk.linking;
    if (!id || !code) return;
    try {
      localStorage.setItem(this.name, JSON.stringify({ id, name: code.name, text: this.text, since: Date.now() }));
    } catch {
      return;
    }
  }

  forget() {
    this.desk.linking = null;
    this.desk.dispatchEvent(new Event("links"));
    try {
      localStorage.removeItem(this.name);
    } catch {
      return;
    }
  }

  resume() {
    let kept = null;
    try {
      kept = JSON.parse(localStorage.getItem(this.name));
    } catch {
      return;
    }
    if (!kept) return;
    const { id, name, text, since } = kept;
    const here = text === this.text ? this.desk.codings.byId.get(id) : { id, far: name };
    if (!here || Date.now() - since > LASTS) return void this.forget();
    this.desk.linking = here;
    this.say.aloud(this.say.with("linkingFrom", { code: name }), this.leaving());
  }
}

const nameOf = (coding) => coding.far ?? coding.code.name;
