// Sends what was moved, puts the new tree in its place, and says what happened.

import { book } from "./folding.js";

export class Moving {
  constructor({ onNew, onMoved }) {
    this.form = document.getElementById("moves");
    this.mayMove = Boolean(this.form);
    Object.assign(this, { onNew, onMoved });
    this.waiting = Promise.resolve();
    if (!this.form) return;
    this.form.addEventListener("submit", (event) => {
      const button = event.submitter;
      if (!button?.hasAttribute("formaction")) return;
      event.preventDefault();
      const item = button.closest("li");
      this.send(button.getAttribute("formaction"), button.name ? { [button.name]: button.value } : {}, item?.dataset.id);
    });
    document.addEventListener("keydown", (event) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.key.toLowerCase() !== "z") return;
      if (event.target.matches("input, textarea, select")) return;
      event.preventDefault();
      this.turn(event.shiftKey ? "redo" : "undo");
    });
  }

  // What can be turned back or moved is seen when it is its turn: the tree may be another by then.
  turn(way) {
    const id = document.activeElement.closest?.(".codes li")?.dataset.id;
    this.next(() => {
      const button = book().querySelector(`[data-turn="${way}"]`);
      return button && !button.disabled && this.sendNow(button.getAttribute("formaction"), {}, id, way);
    });
  }

  address(id) {
    return book().querySelector(`.codes li[data-id="${id}"] [name="step"]`)?.getAttribute("formaction");
  }

  step({ dataset: { id } }, step) {
    this.next(() => {
      const button = book().querySelector(`.codes li[data-id="${id}"] > .line [value="${step}"]`);
      return button && !button.disabled && this.sendNow(button.getAttribute("formaction"), { step }, id);
    });
  }

  put(item, parent, before) {
    this.send(this.address(item.dataset.id), { parent, before }, item.dataset.id);
  }

  // One after the other: each sees the tree that the one before it left.
  next(does) {
    this.waiting = this.waiting.then(does);
    return this.waiting;
  }

  send(address, given, id, way) {
    return this.next(() => this.sendNow(address, given, id, way));
  }

  async sendNow(address, given, id, way) {
    const body = new FormData(this.form);
    for (const [name, value] of Object.entries(given)) body.set(name, value);
    book().setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(address, { method: "POST", body, headers: { "X-Codebook": "tree" }, redirect: "error" });
      if (!answer.ok && answer.status !== 422) throw new Error(answer.status);
      this.replace(await answer.text(), id, way);
    } catch {
      book().removeAttribute("aria-busy");
      document.getElementById("where-it-went").textContent = document.body.dataset.failed;
    }
  }

  replace(html, id, way) {
    const fresh = new DOMParser().parseFromString(html, "text/html").getElementById("book");
    book().replaceWith(document.adoptNode(fresh));
    this.onNew();
    const item = id && book().querySelector(`.codes li[data-id="${id}"]`);
    if (item) {
      this.onMoved(item);
      item.querySelector(".code-chip").focus();
    }
    if (!item && way) book().querySelector(`[data-turn="${way}"]:not([disabled])`)?.focus();
    const refused = book().querySelector("[role=alert]");
    document.getElementById("where-it-went").textContent = refused ? "" : this.where(item);
  }

  where(item) {
    if (!item) return "";
    const names = [item.dataset.name];
    for (let here = item.parentElement.closest("li"); here; here = here.parentElement.closest("li")) names.unshift(here.dataset.name);
    return names.join(" > ");
  }
}
