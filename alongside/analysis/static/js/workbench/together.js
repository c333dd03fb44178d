// Who else is here, and what the page says of its line to the others.

export function together(feed, say, turns) {
  const line = document.getElementById("here");
  let marked = [];
  feed.addEventListener("here", ({ detail: { here } }) => {
    const words = here.map(([name, , turn]) => say.with("hereAt", { name, turn })).join(" ");
    if (line.textContent !== words) line.textContent = words;
    line.hidden = !here.length;
    for (const mark of marked) mark.remove();
    marked = here.map(([, initials, number]) => mark(turns.find((turn) => turn.number === number), initials)).filter(Boolean);
  });
  feed.addEventListener("away", ({ detail: { why } }) => say.aloud(say.with(`away${why}`), { stays: true }));
  feed.addEventListener("back", () => say.aloud(say.with("backAgain")));
  feed.addEventListener("end", ({ detail: { why } }) => {
    const act = () => location.reload();
    say.aloud(say.with(`end-${why}`), { stays: true, label: say.with("openAgain"), act });
  });
}

function mark(turn, initials) {
  if (!turn) return null;
  const made = document.createElement("span");
  made.className = "reader";
  made.ariaHidden = "true";
  made.textContent = initials;
  turn.element.querySelector(".speaker").append(made);
  return made;
}
