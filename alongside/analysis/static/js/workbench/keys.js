// Keys act only while a turn itself has focus, so that no letter is caught anywhere else.

export function keyed(list, text, { desk, pick, offers, tree, dialog, go, step, leave, talk }) {
  const along = (turn, by) => {
    const from = desk.chosen && pick.text.at(desk.chosen.start) === turn ? desk.chosen : turn;
    const next = desk.codings.after(from, by);
    if (next) step(next);
    else desk.say.aloud(desk.say.with("noneFurther"));
  };
  const near = (turn, by) => text.turns[turn.index + by];
  const plain = {
    j: (turn) => go(near(turn, 1)),
    k: (turn) => go(near(turn, -1)),
    ArrowRight: (turn) => pick.next(turn, "sentence", 1),
    ArrowLeft: (turn) => pick.next(turn, "sentence", -1),
    w: (turn) => pick.next(turn, "word", 1),
    t: (turn) => pick.turn(turn),
    ".": () => pick.extend("word", 1),
    ",": () => pick.extend("word", -1),
    ">": () => pick.begin("word", 1),
    "<": () => pick.begin("word", -1),
    c: (turn) => offers?.open(turn),
    Enter: (turn) => (desk.editing ? desk.saveSpan() : offers?.open(turn)),
    i: () => desk.inVivo(),
    r: () => desk.again(),
    g: (turn) => along(turn, 1),
    "]": (turn) => along(turn, 1),
    "[": (turn) => along(turn, -1),
    Delete: () => desk.remove(desk.chosen),
    Backspace: () => desk.remove(desk.chosen),
    e: () => desk.edit(desk.chosen),
    x: () => desk.weigh(desk.chosen),
    v: (turn) => offers?.openFor("recode", desk.chosen, turn),
    y: (turn) => offers?.openFor("copy", desk.chosen, turn),
    l: () => desk.link(desk.chosen),
    d: (turn) => talk(turn),
    u: () => desk.undo(),
    m: () => leave("beside", document.getElementById("memo-form")?.elements.words),
    "/": () => leave("codes", tree.find),
    "?": () => dialog.showModal(),
    Escape: () => {
      desk.stopEditing();
      pick.clear();
      desk.step(null);
    },
  };
  const shifted = {
    ArrowRight: () => pick.extend("sentence", 1),
    ArrowLeft: () => pick.extend("sentence", -1),
    w: (turn) => pick.next(turn, "word", -1),
    g: (turn) => along(turn, -1),
    u: () => desk.redo(),
  };
  const named = (event) => (event.key.length === 1 ? event.key.toLowerCase() : event.key);
  // On many keyboards brackets are typed with Option, or with AltGr, which some browsers tell as Control and Alt.
  const isTyped = ({ key, altKey }) => altKey && (key === "[" || key === "]");
  const isCommand = (event) => event.metaKey || (!isTyped(event) && (event.ctrlKey || event.altKey));
  list.addEventListener("keydown", (event) => {
    const turn = text.byElement.get(event.target);
    if (!turn || isCommand(event) || event.isComposing) return;
    const pinned = tree.pins["123456789".indexOf(event.key)];
    const act = (event.shiftKey && shifted[named(event)]) || plain[named(event)] || (pinned && (() => desk.apply(pinned)));
    if (!act) return;
    event.preventDefault();
    act(turn);
  });
}
