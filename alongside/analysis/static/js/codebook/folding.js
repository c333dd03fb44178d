// Which codes are folded, kept by this browser for each study.

export const book = () => document.getElementById("book");
export const items = (root = book()) => [...root.querySelectorAll(".codes li")];
export const lineOf = (item) => item.querySelector(":scope > .line");
export const linkOf = (item) => lineOf(item).querySelector(".code-chip");
export const above = (item) => item.parentElement.closest(".codes li");

export class Folding {
  constructor() {
    this.key = `codebook-folded:${location.pathname}`;
    this.folded = new Set(this.kept());
    this.draw();
    document.addEventListener("click", (event) => {
      const button = event.target.closest(".fold, [data-fold], [data-unfold]");
      if (!button) return;
      if (button.matches(".fold")) this.toggle(button.closest("li"));
      else this.all(button.matches("[data-fold]"));
    });
  }

  kept() {
    try {
      return JSON.parse(localStorage.getItem(this.key)) ?? [];
    } catch {
      return [];
    }
  }

  keep() {
    try {
      localStorage.setItem(this.key, JSON.stringify([...this.folded]));
    } catch {
      // Without storage the page opens unfolded.
    }
  }

  draw() {
    for (const item of items()) {
      const button = lineOf(item).querySelector(".fold");
      const leaf = button.hasAttribute("data-leaf");
      button.hidden = false;
      button.disabled = leaf;
      this.show(item, !leaf && this.folded.has(item.dataset.id));
    }
  }

  show(item, folded) {
    item.classList.toggle("folded", folded);
    lineOf(item).querySelector(".fold").setAttribute("aria-expanded", String(!folded));
  }

  toggle(item, folded = !item.classList.contains("folded")) {
    if (lineOf(item).querySelector(".fold").hasAttribute("data-leaf")) return;
    this.show(item, folded);
    if (folded) this.folded.add(item.dataset.id);
    else this.folded.delete(item.dataset.id);
    this.keep();
  }

  all(folded) {
    for (const item of items()) this.toggle(item, folded);
  }

  // So that a code is in sight.
  unfoldTo(item) {
    for (let here = above(item); here; here = above(here)) this.toggle(here, false);
  }
}
