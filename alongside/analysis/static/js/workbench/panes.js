// What is shown: one pane of three on a narrow screen, how strong the tint is, the map of keys.

export function panes(onShow) {
  const bench = document.querySelector(".bench");
  const buttons = [...document.querySelectorAll("[data-show]")];
  const show = (pane) => {
    if (bench.dataset.pane === pane) return;
    bench.dataset.pane = pane;
    for (const button of buttons) {
      if (button.dataset.show === pane) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
    }
    onShow();
  };
  for (const button of buttons) button.addEventListener("click", () => show(button.dataset.show));
  return show;
}

export function tints(list) {
  for (const radio of document.querySelectorAll("[name=tint]")) {
    radio.addEventListener("change", () => {
      list.dataset.tint = radio.value;
      keep(radio.value);
    });
    radio.checked = radio.value === (kept() ?? "colour");
    if (radio.checked) list.dataset.tint = radio.value;
  }
}

// A browser that keeps nothing starts with colour each time.
function keep(value) {
  try {
    localStorage.setItem("tint", value);
  } catch {
    return;
  }
}

function kept() {
  try {
    return localStorage.getItem("tint");
  } catch {
    return null;
  }
}

export function keyMap() {
  const dialog = document.getElementById("keys");
  document.getElementById("show-keys").addEventListener("click", () => dialog.showModal());
  document.getElementById("hide-keys").addEventListener("click", () => dialog.close());
  return dialog;
}
