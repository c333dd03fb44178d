// The line to the server, under whoever was signed in when the page opened. A refusal is an answer; no answer,
// or none that can be read, is not.

const LONGEST = 30000;
const TOKENS = "[name=csrfmiddlewaretoken]";

// Where to ask who is signed in, and who that was when the page opened.
export const line = { who: "", me: "" };

// What was not taken, and why: in `message` the phrase that tells it, if there is one.
export class Unsaid extends Error {}

export function ask(url, { headers = {}, ...options } = {}) {
  const signal = AbortSignal.timeout(LONGEST);
  const given = { "X-Workbench": "1", Accept: "application/json", ...headers };
  return fetch(url, { redirect: "manual", signal, headers: given, ...options }).catch(() => null);
}

export function send(url, fields, options = {}) {
  const token = document.querySelector(TOKENS).value;
  return ask(url, { method: "POST", headers: { "X-CSRFToken": token }, body: new URLSearchParams(fields), ...options });
}

export const isShut = (answer) => answer.type === "opaqueredirect" || answer.status === 403;

// How one stands with the server by now: "" as before, and then with what forms must carry since signing in anew.
export async function standing() {
  if (!line.who) return "";
  const answer = await ask(line.who);
  if (answer && isShut(answer)) return "signedOut";
  const told = answer?.ok ? await answer.json().catch(() => null) : null;
  if (!told) return "waiting";
  if (told.me !== line.me) return "otherHere";
  for (const field of document.querySelectorAll(TOKENS)) field.value = told.token;
  return "";
}

async function mustStand() {
  const state = await standing();
  if (state) throw new Unsaid(state);
}

// Posts a form and reads the answer.
export async function post(url, fields, say, options) {
  let answer = await send(url, fields, options);
  if (answer && isShut(answer)) {
    await mustStand();
    answer = await send(url, fields, options);
  }
  if (!answer || isShut(answer)) throw new Unsaid(answer ? "signedOut" : "");
  if (answer.status === 404) {
    await mustStand();
    return { error: say.with("gone") };
  }
  if (answer.status === 400 || answer.status === 413) return { error: say.with("failed") };
  if (answer.status !== 422 && answer.status !== 409 && !answer.ok) throw new Unsaid("");
  return answer.json().catch(() => {
    throw new Unsaid("");
  });
}
