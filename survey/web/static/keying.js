// Keying in sheets of paper: one key an answer. A sheet stays on the page until the server has it.

const told = JSON.parse(document.getElementById("keying").textContent);
const desk = document.getElementById("desk");
const KEYS = "123456789abcdefghijklmnopqrstuvwxyz";
const LANGUAGE = { id: "", type: "single", options: Object.keys(told.languages).map((code) => ({ code })) };

let sheet = null;
let place = 0;
let language = Object.keys(told.languages)[0];
let isSaving = false;
let early = [];

desk.addEventListener("keydown", keyed);
desk.addEventListener("change", ticked);
desk.addEventListener("input", (event) => event.target.matches("textarea") && set(steps()[place], [event.target.value]));
addEventListener("beforeunload", (event) => sheet && Object.keys(sheet.answers).length && event.preventDefault());
begin(told.sheet);

/** The next sheet of the stack, or back to the stack where none is left. */
function begin(again = null) {
  const [number] = told.left;
  sheet = null;
  if (!number) return location.assign(told.stack);
  // The second keying asks for no language: it reads as the first found the paper.
  sheet = { number, key: newKey(), language: told.spoken[number] || language, answers: {}, ...again };
  // A sheet that is there already is looked over first.
  place = again ? Infinity : 0;
  show();
}

/** What is asked of this sheet: its language, then every item that somebody with these answers is asked. */
function steps() {
  const asked = new Set();
  for (const item of told.items) {
    const rule = item.if;
    if (!rule || (asked.has(rule.item) && chosen(rule.item).includes(rule.code))) asked.add(item.id);
  }
  return [...(told.second ? [] : [LANGUAGE]), ...told.items.filter((item) => asked.has(item.id))];
}

function chosen(id) {
  return id ? sheet.answers[id] || [] : [sheet.language];
}

function set(item, codes) {
  if (item === LANGUAGE) language = sheet.language = codes[0] || sheet.language;
  else if (codes.length && codes[0].trim()) sheet.answers[item.id] = codes;
  else delete sheet.answers[item.id];
}

function keyed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.key === "Tab") return;
  // Whoever is quicker than the network keys the next sheet all the same.
  if (isSaving) return early.push(event.key) && event.preventDefault();
  const all = steps();
  const item = all[place];
  // A key held down answers nothing more; on a button, Enter and Space are the button's own.
  if (event.repeat) return event.target.matches("textarea") || event.preventDefault();
  if (event.target.matches("button")) return;
  if (!item) return reviewed(event);
  if (item.type === "text") return typed(event);
  if (event.target.matches("input") && (event.key === " " || event.key.startsWith("Arrow"))) return;
  const at = KEYS.indexOf(event.key.toLowerCase());
  if (event.key === "Enter") go(1);
  else if (event.key === " ") {
    set(item, []);
    go(1);
  } else if (event.key === "Backspace") go(-1);
  else if (event.key.length > 1) return;
  else if (at < 0 || at >= item.options.length) say(word("no_key", { key: event.key }), true);
  else if (item.type === "single") {
    set(item, [item.options[at].code]);
    go(1);
  } else toggle(item, item.options[at]);
  event.preventDefault();
}

function toggle(item, option) {
  const before = chosen(item.id);
  const isOff = before.includes(option.code);
  const alone = new Set(item.options.filter((each) => each.alone).map((each) => each.code));
  let after = before.filter((code) => code !== option.code);
  if (!isOff) after = option.alone ? [option.code] : [...after.filter((code) => !alone.has(code)), option.code];
  if (item.most && after.length > item.most) return say(word("most", { most: item.most }), true);
  set(item, after);
  show();
}

function typed(event) {
  const box = event.target;
  if (event.key === "Enter" && !event.shiftKey) go(1);
  else if (event.key === "Backspace" && box.value === "") go(-1);
  else return;
  event.preventDefault();
}

function reviewed(event) {
  if (event.key === "Enter") save();
  else if (event.key === "Backspace") go(-1);
  else return;
  event.preventDefault();
}

/** With a mouse, or the arrows of a group. */
function ticked(event) {
  const item = steps()[place];
  if (!event.target.matches("input")) return;
  const option = item.options.find((each) => each.code === event.target.value);
  if (item.type === "single") set(item, [option.code]);
  else toggle(item, option);
  if (item.type === "single") tellSoFar();
}

function go(by) {
  place = Math.max(0, Math.min(place + by, steps().length));
  say("");
  show();
}

async function save() {
  isSaving = true;
  early = [];
  say(word("saving"));
  const { status, answer } = await sent();
  isSaving = false;
  // Whoever is signed out is led to the page for signing in, which is no answer to a sheet.
  if (answer && status === 200) {
    const { number } = sheet;
    told.left = told.sheet ? [] : answer.left;
    begin();
    if (sheet) say(word("saved", { number }));
    for (const key of early) {
      if (sheet) document.getElementById("now").dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
    }
    return;
  }
  if (!answer) return say(word(status ? "signed_out" : "lost"), true);
  if (answer.isTaken && answer.left.length) {
    [sheet.number] = told.left = answer.left;
    show();
    return say(`${answer.problem} ${word("taken", { number: sheet.number })}`, true);
  }
  const wrong = steps().findIndex((item) => item.id && item.id === answer.item);
  if (wrong >= 0) {
    place = wrong;
    show();
  }
  return say(answer.problem, true);
}

/** Send the sheet; with a new token where the session was begun anew meanwhile. */
async function sent(isAgain = false) {
  const body = JSON.stringify({ ...sheet, second: told.second });
  const headers = { "Content-Type": "application/json", "X-CSRFToken": told.token };
  try {
    const response = await fetch(told.save, { method: "POST", headers, body });
    const isOurs = (response.headers.get("Content-Type") || "").startsWith("application/json");
    if (isOurs && !response.redirected) return { status: response.status, answer: await response.json() };
    if (!isAgain && (await newToken())) return await sent(true);
    return { status: response.status };
  } catch {
    return { status: 0 };
  }
}

async function newToken() {
  const page = await (await fetch(location.href)).text();
  const island = new DOMParser().parseFromString(page, "text/html").getElementById("keying");
  if (island) told.token = JSON.parse(island.textContent).token;
  return Boolean(island);
}

function show() {
  const all = steps();
  place = Math.min(place, all.length);
  const item = all[place];
  const name = told.second ? "second" : "sheet";
  document.getElementById("sheet").textContent = word(name, { number: sheet.number, total: told.declared });
  desk.classList.toggle("whole", !item);
  desk.replaceChildren(...(item ? [asking(item), soFar(all)] : [review(all)]));
  (desk.querySelector("textarea") || document.getElementById("now")).focus();
}

function asking(item) {
  const title = item === LANGUAGE ? word("language") : `${item.number}. ${item.text[sheet.language]}`;
  const spoken = item === LANGUAGE ? {} : { lang: sheet.language };
  const part = item.part && make("p", { class: "part", lang: sheet.language }, item.part[sheet.language]);
  if (item.type === "text") {
    const box = make("textarea", { id: "words", maxlength: item.longest, ...spoken, "aria-describedby": "keys" });
    box.value = chosen(item.id)[0] || "";
    return make("div", { id: "now", tabindex: -1 }, part, make("label", { for: "words", ...spoken }, title), box, help("text"));
  }
  const kind = item.type === "single" ? "radio" : "checkbox";
  const answers = item.options.map((option, at) => {
    const input = make("input", { type: kind, name: "now", value: option.code });
    input.checked = chosen(item.id).includes(option.code);
    const text = item === LANGUAGE ? told.languages[option.code] : option.text[sheet.language];
    const words = item === LANGUAGE ? { lang: option.code } : spoken;
    return make("label", { class: "answer" }, input, make("kbd", {}, KEYS[at].toUpperCase()), make("span", words, text));
  });
  const about = { id: "now", tabindex: -1, "aria-describedby": "keys" };
  return make("fieldset", about, make("legend", spoken, title), part, ...answers, help(kind === "radio" ? "one" : "many"));
}

function help(which) {
  return make("p", { class: "keys", id: "keys" }, word(which));
}

/** Every question of the sheet with the keys that were pressed, at a glance. */
function soFar(all) {
  const asked = new Set(all);
  const entries = told.items.map((item) => {
    const entry = make("li", asked.has(item) ? {} : { class: "away" }, make("span", {}, item.number), make("b", {}, short(item)));
    if (item === all[place]) entry.setAttribute("aria-current", "step");
    return entry;
  });
  return make("section", { id: "far", "aria-labelledby": "far-title" }, make("h2", { id: "far-title" }, word("so_far")), make("ol", {}, ...entries));
}

function tellSoFar() {
  document.getElementById("far").replaceWith(soFar(steps()));
}

function short(item) {
  const codes = chosen(item.id);
  if (item.type === "text") return codes.length ? "✎" : "–";
  return item.options.map((option, at) => (codes.includes(option.code) ? KEYS[at].toUpperCase() : "")).join("") || "–";
}

function review(all) {
  let part = "";
  const lines = all.flatMap((item, at) => {
    const isNew = item.part && item.part[sheet.language] !== part;
    if (isNew) part = item.part[sheet.language];
    const codes = chosen(item.id);
    const name = item === LANGUAGE ? word("language") : `${item.number}. ${item.text[sheet.language]}`;
    const texts = item === LANGUAGE ? [told.languages[sheet.language]] : item.type === "text" ? codes
      : item.options.filter((option) => codes.includes(option.code)).map((option) => option.text[sheet.language]);
    const said = texts.length ? make("b", {}, texts.join("; ")) : make("b", { class: "none" }, word("blank"));
    const change = make("button", { type: "button", class: "quiet", "aria-label": `${word("change")}: ${name}` }, word("change"));
    change.addEventListener("click", () => go(at - place));
    const line = make("li", {}, make("div", { class: "said", lang: sheet.language }, name, said), change);
    return [isNew && make("h3", { lang: sheet.language }, part), line].filter(Boolean);
  });
  const title = make("h2", { id: "now-title" }, word("review"));
  return make("section", { id: "now", tabindex: -1, "aria-labelledby": "now-title", "aria-describedby": "keys" }, title, help("review_keys"), ...grouped(lines));
}

/** Headings, each followed by the list of its lines. */
function grouped(lines) {
  const pieces = [];
  for (const line of lines) {
    if (line.tagName === "H3") pieces.push(line);
    else if (pieces.length && pieces[pieces.length - 1].tagName === "UL") pieces[pieces.length - 1].append(line);
    else pieces.push(make("ul", { class: "review" }, line));
  }
  return pieces;
}

function make(tag, attributes, ...inside) {
  const element = document.createElement(tag);
  for (const name in attributes) element.setAttribute(name, attributes[name]);
  element.append(...inside.filter((piece) => piece !== undefined && piece !== null && piece !== ""));
  return element;
}

function say(text, isBad = false) {
  const line = document.getElementById("told");
  line.classList.toggle("bad", isBad);
  line.textContent = text;
}

function word(name, values = {}) {
  return told.words[name].replace(/\{(\w+)\}/g, (all, place) => values[place] ?? all);
}

function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
