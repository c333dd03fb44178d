// How it looks: changed at once, kept on the server a moment later. Plain mode is another page, so it is loaded.

import { send } from "./line.js";

const PAUSE = 400;

export function taste(bench, { say, view, onLook }) {
  const form = document.getElementById("taste");
  if (!form) return;
  const root = document.documentElement;
  let timer = null;

  function dress() {
    const likes = new FormData(form);
    for (const name of ["face", "size", "width"]) bench.dataset[name] = likes.get(`taste-${name}`);
    bench.dataset.lines = likes.has("taste-lines") ? "on" : "off";
    const scheme = likes.get("taste-scheme") || form.dataset.otherwise;
    if (["light", "dark"].includes(scheme)) root.dataset.theme = scheme;
    else delete root.dataset.theme;
  }

  async function keep() {
    const answer = await send(form.action, new FormData(form), { keepalive: true });
    if (!answer?.ok) say.aloud(say.with("notKeptTaste"));
  }

  form.addEventListener("change", ({ target }) => {
    if (target.name === "tint") return;
    if (target.name === "taste-plain") return void form.submit();
    view.keeping(() => {
      dress();
      onLook();
    });
    clearTimeout(timer);
    timer = setTimeout(keep, PAUSE);
  });
}
