// The frame's own behaviour. Every page works without it.
"use strict";

const root = document.documentElement;
const press = (button, on) => button.setAttribute("aria-pressed", String(on));
const keep = (name, value) => {
  document.cookie = `${name}=${value}; path=/; samesite=lax; max-age=${value ? 365 * 24 * 60 * 60 : 0}`;
};

// Light, dark or as the device, without leaving the page.
document.addEventListener("click", (event) => {
  const button = event.target.closest("button[name=scheme]");
  if (!button) return;
  event.preventDefault();
  if (button.value) root.dataset.theme = button.value;
  else delete root.dataset.theme;
  keep("scheme", button.value);
  for (const each of document.querySelectorAll("button[name=scheme]")) press(each, each.value === button.value);
});

// A row of tabs wider than the screen starts where the open one is in sight.
for (const here of document.querySelectorAll(".tabs > [aria-current]")) {
  const tabs = here.parentElement;
  const over = here.getBoundingClientRect().right - tabs.getBoundingClientRect().right;
  if (over > 0) tabs.scrollLeft += over + 32;
}

// Learners' pages: words read aloud, and bigger.
for (const aids of document.querySelectorAll("[data-aids]")) aids.hidden = false;
for (const button of document.querySelectorAll("button[data-bigger]")) {
  button.addEventListener("click", () => {
    const on = root.toggleAttribute("data-bigger");
    keep("bigger", on ? "yes" : "");
    press(button, on);
  });
}
for (const button of document.querySelectorAll("button[data-speak]")) {
  if (!("speechSynthesis" in window)) {
    button.hidden = true;
    continue;
  }
  button.addEventListener("click", () => {
    const on = button.getAttribute("aria-pressed") !== "true";
    speechSynthesis.cancel();
    if (on) {
      const words = new SpeechSynthesisUtterance(document.querySelector(button.dataset.speak).innerText);
      words.lang = root.lang;
      words.rate = 0.9;
      words.onend = () => press(button, false);
      speechSynthesis.speak(words);
    }
    press(button, on);
  });
}

// Dialogs opened by `command` where the browser does not know it yet.
if (!("commandForElement" in HTMLButtonElement.prototype)) {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[commandfor]");
    const target = button && document.getElementById(button.getAttribute("commandfor"));
    if (!target) return;
    const command = button.getAttribute("command");
    if (command === "show-modal") target.showModal();
    else if (command === "close") target.close();
    else if (command === "toggle-popover") target.togglePopover();
  });
}

// After a refused form, the list of what to look at is where the reader should be.
const showSummary = (place) => {
  const summary = place.querySelector("#error-summary");
  if (summary && !summary.closest("[data-example]")) summary.focus();
};
showSummary(document);

// A refused form (422) is an answer to show, as a page or a part of one.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.xhr.status === 422) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  }
});
document.addEventListener("htmx:afterSwap", (event) => showSummary(event.target));

// A part that could not be fetched says so instead of waiting for ever.
for (const failure of ["htmx:responseError", "htmx:sendError"]) {
  document.addEventListener(failure, (event) => {
    const waiting = event.target.querySelector(".skeleton");
    if (waiting) waiting.replaceWith(document.body.dataset.failed);
  });
}
