// What could not be saved, line by line, until the reader has seen it: so that one sentence doesn't hide another.

export function lost(desk, onSeen) {
  const box = document.getElementById("lost");
  if (!box) return;
  const list = box.querySelector("ul");
  desk.addEventListener("lost", ({ detail: { sentence } }) => {
    const item = document.createElement("li");
    item.textContent = sentence;
    list.append(item);
    box.hidden = false;
  });
  box.querySelector("button").addEventListener("click", () => {
    list.replaceChildren();
    box.hidden = true;
    onSeen();
  });
}
