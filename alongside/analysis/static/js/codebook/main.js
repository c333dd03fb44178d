// The codebook's page: folding, finding, moving by keys and by dragging. Every part works without it, by forms.

import { Finding } from "./finding.js";
import { Folding } from "./folding.js";
import { Moving } from "./moving.js";
import { Dragging } from "./dragging.js";
import { Keys } from "./keys.js";

const folding = new Folding();
const moving = new Moving({ onNew: () => folding.draw(), onMoved: (item) => folding.unfoldTo(item) });
new Finding({ folding });
new Keys({ folding, moving });
if (moving.mayMove) new Dragging({ moving, folding });
for (const hint of document.querySelectorAll(".keys, .folding")) hint.hidden = false;

// One menu is open at a time, and goes when something else is pressed.
const shut = (but) => {
  for (const menu of document.querySelectorAll(".deeds[open]")) if (menu !== but) menu.open = false;
};
document.addEventListener("click", (event) => shut(event.target.closest(".deeds")));
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && document.querySelector(".deeds[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
