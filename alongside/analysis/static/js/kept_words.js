// Long words in a form: what was typed stays in this browser until the server has taken it, and is put back into
// the boxes after a reload, or when one had to sign in again. The forms work without this.

import { Kept } from "./workbench/kept.js";

// Sent by another tab a moment ago: its answer is still to come.
const ON_ITS_WAY = 60_000;
const UNKEPT = ["hidden", "submit", "button", "file", "password"];
const taken = new Set((document.body.dataset.taken ?? "").split(" ").filter(Boolean));

const newKey = () => `${Date.now().toString(36)}${Math.random().toString(36).slice(2)}`;
const isTicked = ({ type }) => type === "checkbox" || type === "radio";

function said(field) {
  if (isTicked(field)) return field.checked;
  return field.type === "select-multiple" ? [...field.selectedOptions].map(({ value }) => value) : field.value;
}

function say(field, value) {
  if (isTicked(field)) field.checked = value;
  else if (field.type !== "select-multiple") field.value = value;
  else for (const option of field.options) option.selected = value.includes(option.value);
}

// What has arrived is kept no longer, whichever form it came from.
function forget(store) {
  for (const name of Object.keys(store).filter((each) => each.startsWith("words:"))) {
    if (taken.has(JSON.parse(store.getItem(name))?.key)) store.removeItem(name);
  }
}

class Words {
  constructor(form) {
    this.form = form;
    this.kept = new Kept(`words:${form.dataset.keeps}:${location.pathname}`);
    this.fields = [...form.elements].filter(({ name, type }) => name && !UNKEPT.includes(type));
    this.key = newKey();
    this.seal = form.elements.seen?.value;
    this.first = this.now();
    // A form that was sent back holds what was sent already.
    if ("answered" in form.dataset) this.keep();
    else this.put(this.kept.left());
    this.kept.takeOver((left) => Date.now() - (left.sent ?? 0) > ON_ITS_WAY && (this.put(left), true));
    form.addEventListener("input", () => this.change());
    form.addEventListener("submit", () => this.carry());
  }

  now() {
    return this.fields.map(said);
  }

  get isBegun() {
    return JSON.stringify(this.now()) !== JSON.stringify(this.first);
  }

  // What is written after the form was sent is not what the server takes.
  change() {
    if (this.isSent) this.key = newKey();
    this.isSent = false;
    this.keep();
  }

  keep(more = {}) {
    const { seen } = this.form.elements;
    if (!this.isBegun && !("answered" in this.form.dataset)) this.kept.drop();
    else this.kept.put({ key: this.key, now: this.now(), seen: seen?.value, ...more });
  }

  // The server says under which name it has taken them.
  carry() {
    let name = this.form.elements.kept;
    if (!name) {
      name = document.createElement("input");
      Object.assign(name, { type: "hidden", name: "kept" });
      this.form.append(name);
    }
    name.value = this.key;
    this.isSent = true;
    this.keep({ sent: Date.now() });
  }

  // With the seal that they were begun under, so that what somebody else saved since isn't written over. What a
  // closed tab left comes after what is being written here.
  put(left) {
    if (left?.now?.length !== this.fields.length || taken.has(left.key)) return;
    if (JSON.stringify(left.now) === JSON.stringify(this.now())) return;
    const { seen } = this.form.elements;
    if (this.isBegun) this.append(left.now);
    else {
      this.key = left.key;
      this.fields.forEach((field, index) => say(field, left.now[index]));
      if (seen && left.seen) seen.value = left.seen;
    }
    this.keep();
    this.tell();
  }

  append(words) {
    this.fields.forEach((field, index) => {
      const more = words[index];
      if (field.type !== "textarea" || !more.trim() || field.value.includes(more)) return;
      field.value = `${field.value}\n\n${more}`.trim();
    });
  }

  // What happened, and the way back to what the page came with.
  tell() {
    const { back, leave } = this.form.dataset;
    const line = document.createElement("div");
    const words = document.createElement("p");
    const button = document.createElement("button");
    line.className = "notice put-back row apart";
    words.setAttribute("role", "status");
    Object.assign(button, { type: "button", className: "button quiet small", textContent: leave });
    button.addEventListener("click", () => {
      this.fields.forEach((field, index) => say(field, this.first[index]));
      if (this.seal !== undefined) this.form.elements.seen.value = this.seal;
      this.keep();
      line.remove();
      this.fields[0]?.focus();
    });
    line.append(words, button);
    document.querySelector(".put-back")?.remove();
    this.form.prepend(line);
    words.textContent = back;
  }
}

// A browser that keeps nothing leaves the forms as they are.
try {
  forget(sessionStorage);
  forget(localStorage);
} catch {
  taken.clear();
}
for (const form of document.querySelectorAll("form[data-keeps]")) new Words(form);
