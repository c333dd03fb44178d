// The link to turns like the one that the reader is at: it names that turn as soon as somebody turns to it.

const link = document.getElementById("alike");

function here() {
  const turn = document.querySelector(".turn.current");
  if (!turn) return;
  const address = new URL(link.href);
  address.search = new URLSearchParams({ turn: turn.id.replace("turn-", "") });
  link.href = address;
}

for (const kind of ["pointerenter", "pointerdown", "focus"]) link.addEventListener(kind, here);
