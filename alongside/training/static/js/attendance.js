// Marks of who is here are kept on this device until the server has them. The page works without this.
"use strict";

const form = document.querySelector("form[data-kept]");
const keeping = form && form.querySelector(".keeping");
if (keeping) keepMarks(form, keeping);

function keepMarks(form, keeping) {
  const all = "alongside-mark:";
  const here = `${form.dataset.session}:`;
  const mine = `${all}${form.dataset.user}:${here}`;
  const told = keeping.querySelector("[aria-live]");
  const list = keeping.querySelector("ul");
  const refused = [];
  let sending = null;
  let trouble = "";
  let again = 0;
  // Nothing was marked here yet, and nothing kept: then there is nothing to say.
  let touched = false;

  // Each mark has a place of its own, so that two open pages never write over one another.
  const keys = () => Object.keys(localStorage).filter((key) => key.startsWith(mine));
  const others = () => Object.keys(localStorage).some(
    (key) => key.startsWith(all) && !key.startsWith(mine) && key.includes(`:${here}`));
  const kept = () => keys().map((key) => JSON.parse(localStorage.getItem(key)))
    .sort((one, other) => (one.at < other.at ? -1 : 1));
  const line = (person) => form.querySelector(`[data-person="${person}"]`);
  const chosen = (person) => form.elements[`status-${person}`];
  const uuid = () => {
    if (crypto.randomUUID) return crypto.randomUUID();
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  };

  const say = () => {
    const count = keys().length;
    const { one, many, sent, sending: busy, others: another } = keeping.dataset;
    const standing = count === 0 ? sent : count === 1 ? one : many.replace("%s", count);
    const words = [sending && !trouble ? busy : standing];
    if (count && trouble) words.push(keeping.dataset[trouble]);
    if (others()) words.push(another);
    const text = words.join(" ");
    if (told.textContent !== text) told.textContent = text;
    keeping.classList.toggle("waiting", count > 0);
    touched ||= count > 0;
    keeping.hidden = !touched && !others();
    list.replaceChildren(...refused.map((why) => {
      const item = document.createElement("li");
      item.textContent = `${keeping.dataset.refused} ${why}`;
      return item;
    }));
    for (const each of form.querySelectorAll("[data-person]")) {
      each.toggleAttribute("data-waiting", kept().some((mark) => mark.person === each.dataset.person));
    }
  };

  // What the server has is what the page was opened with: the form need not send it once more.
  const settle = (mark, why) => {
    localStorage.removeItem(mine + mark.id);
    if (why) {
      const name = line(mark.person) && line(mark.person).querySelector("legend").firstChild.textContent.trim();
      refused.push(name ? `${name}: ${why}` : why);
    } else if (form.elements[`was-${mark.person}`]) {
      form.elements[`was-${mark.person}`].value = mark.status;
    }
  };

  const post = async (marks) => {
    const answer = await fetch(form.dataset.kept, {
      method: "POST",
      redirect: "manual",
      headers: { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
      body: new URLSearchParams({ marks: JSON.stringify(marks) }),
    });
    if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 404) return "signedOut";
    if (!answer.ok) return answer.status < 500 ? "tooOld" : "offline";
    const { refused: why } = await answer.json();
    for (const mark of marks) settle(mark, why[mark.id]);
    return "";
  };

  const send = () => {
    if (sending) return sending;
    const marks = kept().slice(0, 200);
    if (!marks.length) {
      say();
      return Promise.resolve();
    }
    clearTimeout(again);
    sending = post(marks).catch(() => "offline").then((result) => {
      trouble = result;
      sending = null;
      say();
      if (!trouble && keys().length) return send();
      if (trouble === "offline") again = setTimeout(send, 15000);
      return undefined;
    });
    say();
    return sending;
  };

  const show = () => {
    for (const mark of kept()) {
      if (line(mark.person) && chosen(mark.person)) chosen(mark.person).value = mark.status;
    }
  };

  form.addEventListener("change", (event) => {
    const person = event.target.closest("[data-person]")?.dataset.person;
    if (!person) return;
    const mark = { id: uuid(), person, status: event.target.value, at: new Date().toISOString() };
    try {
      localStorage.setItem(mine + mark.id, JSON.stringify(mark));
    } catch {
      told.textContent = keeping.dataset.full;
      keeping.hidden = false;
      return;
    }
    send();
  });

  // What is kept is sent first; the form then says nothing new, and is saved as without a script.
  form.addEventListener("submit", async (event) => {
    if (!keys().length && !sending) return;
    event.preventDefault();
    await send();
    if (!keys().length && !refused.length) form.submit();
  });

  for (const moment of ["online", "pageshow", "focus"]) addEventListener(moment, () => send());
  show();
  send();
}
