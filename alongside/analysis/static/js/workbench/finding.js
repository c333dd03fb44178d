// Words as they are looked for: in any case, with or without accents, with straight or curly quotes.

const ALIKE = { "‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\n": " ", "\u00a0": " " };

const folded = (character) => (ALIKE[character] ?? character).normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

// The text as it is compared, and for each of its units the unit of the text that it came from.
export function fold(text) {
  const parts = [], from = [];
  let unit = 0;
  for (const character of text) {
    const plain = folded(character);
    parts.push(plain);
    for (let n = 0; n < plain.length; n += 1) from.push(unit);
    unit += character.length;
  }
  from.push(text.length);
  return { plain: parts.join(""), from };
}

// Where in a turn the words are said, in code points of the whole text.
export function* said(turn, words) {
  const wanted = fold(words.trim().replace(/\s+/g, " ")).plain;
  if (!wanted) return;
  turn.cuts.folded ??= fold(turn.text);
  const { plain, from } = turn.cuts.folded;
  for (let at = plain.indexOf(wanted); at >= 0; at = plain.indexOf(wanted, at + wanted.length)) {
    yield { turn, start: turn.point(from[at]), end: turn.point(from[at + wanted.length]) };
  }
}
