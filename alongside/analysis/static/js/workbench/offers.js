// The popover in which a code is found by part of its name: a combobox, placed beside the words it is about.

const MOST = 8;
const GAP = 12;

// 0 begins the name, 1 begins a word of it, 2 inside it, 3 in the names above it; null: nowhere.
export function rank(code, typed) {
  const name = code.name.toLowerCase();
  if (name.startsWith(typed)) return 0;
  if (name.split(/[\s\-–—/(“"']+/).some((word) => word.startsWith(typed))) return 1;
  if (name.includes(typed)) return 2;
  return [...code.path, code.name].join(" ").toLowerCase().includes(typed) ? 3 : null;
}

export class Offers {
  constructor({ desk, pick, text, book, say }) {
    Object.assign(this, { desk, pick, text, book, say });
    this.popover = document.getElementById("apply");
    this.input = document.getElementById("which");
    this.list = document.getElementById("offers");
    this.words = document.getElementById("picked");
    this.shown = [];
    this.input.addEventListener("input", () => this.offer());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const index = [...this.list.children].indexOf(event.target.closest("[role=option]"));
      if (index >= 0) this.use(index, event.shiftKey);
    });
    this.vivo = document.getElementById("in-vivo");
    this.vivo?.addEventListener("click", () => {
      this.desk.inVivo();
      this.close();
    });
    this.popover.addEventListener("focusout", (event) => {
      if (event.relatedTarget && !this.popover.contains(event.relatedTarget)) this.hide();
    });
    document.addEventListener("scroll", () => this.place(), { passive: true, capture: true });
    visualViewport?.addEventListener("resize", () => this.place());
  }

  get isOpen() {
    return this.popover.matches(":popover-open");
  }

  // For another code of a coding that is there: it moves to it, or a copy gets it.
  openFor(deed, coding, turn) {
    if (!this.desk.mayChange(coding, { mine: deed === "recode" })) return;
    this.pick.set(coding.start, coding.end);
    this.open(turn, { deed, coding });
  }

  open(turn, about = null) {
    if (!this.desk.mayApply()) return;
    this.turn = turn;
    this.about = about;
    this.input.placeholder = this.desk.say.with(about ? `${about.deed}Which` : "applyWhich");
    this.words.textContent = this.pick.words;
    if (this.vivo) this.vivo.hidden = Boolean(about);
    this.input.value = "";
    this.popover.showPopover();
    this.input.setAttribute("aria-expanded", "true");
    this.offer();
    this.place();
    this.input.focus({ preventScroll: true });
  }

  hide() {
    if (!this.isOpen) return;
    this.popover.hidePopover();
    this.input.setAttribute("aria-expanded", "false");
  }

  close() {
    this.hide();
    this.turn?.element.focus({ preventScroll: true });
  }

  found(typed) {
    const recent = (code) => (code === this.desk.last ? 0 : 1);
    return this.book.codes
      .filter((code) => !code.retired)
      .map((code) => ({ code, rank: typed ? rank(code, typed) : recent(code) }))
      .filter((offer) => offer.rank !== null)
      .sort((a, b) => a.rank - b.rank || b.code.count - a.code.count)
      .slice(0, MOST);
  }

  offer() {
    const typed = this.input.value.trim();
    this.shown = this.found(typed.toLowerCase());
    const isNew = typed && !this.about && this.desk.may.name && !this.book.named(typed).some((code) => !code.retired);
    if (isNew) this.shown.push({ name: typed });
    const { chosen } = this.desk;
    if (!typed && !this.about && chosen?.mine && this.pick.covers(chosen)) this.shown.push({ covers: chosen });
    this.list.replaceChildren(...this.shown.map((offer, index) => this.option(offer, index)));
    if (!this.shown.length) this.list.append(this.nothing());
    this.activate(0);
    this.place();
  }

  // Others named codes, or took some out of use: what one is at stays what one is at.
  refresh() {
    if (!this.isOpen) return;
    const at = this.shown[this.active];
    this.offer();
    const now = this.shown.findIndex((each) => each.code === at?.code && each.name === at?.name && each.covers === at?.covers);
    if (now > 0) this.activate(now);
  }

  option({ code, name, covers }, index) {
    const option = document.createElement("li");
    option.role = "option";
    option.id = `offer-${index}`;
    if (!code) {
      option.className = "new";
      option.textContent = covers ? this.say.with("coverThese", { code: covers.code.name }) : this.say.with("newCode", { name });
      return option;
    }
    option.dataset.code = code.colour;
    if (code.pattern) option.dataset.pattern = code.pattern;
    const [swatch, words, group] = ["swatch", "name", "group"].map((className) => {
      const made = document.createElement("span");
      made.className = className;
      return made;
    });
    words.textContent = code.name;
    group.textContent = code.means ?? code.path.join(" › ");
    option.append(swatch, words, group);
    return option;
  }

  nothing() {
    const line = document.createElement("li");
    line.className = "soft";
    line.role = "option";
    line.ariaDisabled = "true";
    line.textContent = this.say.with("noSuchCode");
    return line;
  }

  activate(index) {
    this.active = index;
    [...this.list.children].forEach((option, at) => {
      option.ariaSelected = String(at === index);
      if (at === index) option.scrollIntoView({ block: "nearest" });
    });
    if (this.shown[index]) this.input.setAttribute("aria-activedescendant", `offer-${index}`);
    else this.input.removeAttribute("aria-activedescendant");
  }

  key(event) {
    const count = this.shown.length;
    if (event.isComposing) return;
    if (event.key === "ArrowDown" && count) this.activate((this.active + 1) % count);
    else if (event.key === "ArrowUp" && count) this.activate((this.active + count - 1) % count);
    else if (event.key === "Enter") this.use(this.active, event.shiftKey);
    else if (event.key === "Escape" || event.key === "Tab") this.close();
    else return;
    event.preventDefault();
  }

  // A code is put on the words. Staying keeps them chosen, for another.
  use(index, stay) {
    const offer = this.shown[index];
    if (!offer) return;
    if (this.about) return void this.useFor(offer.code);
    if (offer.covers) return void this.useCover(offer.covers);
    if (offer.code) this.desk.apply(offer.code, { stay });
    else this.desk.applyNew(offer.name, { stay });
    if (!stay) return void this.close();
    this.input.value = "";
    this.offer();
  }

  useFor(code) {
    const { deed, coding } = this.about;
    this.pick.clear();
    this.close();
    this.desk[deed](coding, code);
  }

  useCover(coding) {
    this.desk.cover(coding);
    this.close();
  }

  // In the margin and level with the words, where there is room; else below them, or above.
  place() {
    if (!this.isOpen || !this.pick.span) return;
    const parts = this.text.parts(this.pick.span.start, this.pick.span.end);
    const boxes = parts.map((part) => part[0].range(part[1], part[2]).getBoundingClientRect());
    const top = boxes[0].top, bottom = boxes.at(-1).bottom;
    const own = this.popover.getBoundingClientRect();
    const column = parts[0][0].said.getBoundingClientRect();
    const height = visualViewport?.height ?? innerHeight;
    const beside = column.right + own.width + 2 * GAP < innerWidth;
    const below = bottom + GAP + own.height < height;
    const y = beside ? top : below ? bottom + GAP : top - own.height - GAP;
    const x = beside ? column.right + GAP : boxes[0].left;
    const within = (value, most) => `${Math.max(8, Math.min(value, most))}px`;
    this.popover.style.setProperty("top", within(y, height - own.height - 8));
    this.popover.style.setProperty("left", within(x, innerWidth - own.width - 8));
  }
}
