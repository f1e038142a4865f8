// A household code: filled in from the link that was scanned, and looked over while it is typed.

import { make } from "./make.js";
import { keep, keepSoon, survey } from "./survey.js";

const CHARACTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
const LENGTH = 10;
const GROUP = 5;

/** Listen to the field wherever it is; the code behind the # of the address, which leaves the address at once. */
export function startCodes() {
  document.addEventListener("input", typedCode);
  document.addEventListener("change", typedCode);
  addEventListener("hashchange", anotherLink);
  return codeInAddress();
}

/** Put a code into the field of the page, if it has one. */
export function fillCode(code) {
  const field = document.getElementById("code");
  if (!field || !code) return;
  field.value = code;
  settle(field);
}

/** What is wrong with a code as it is typed, as the name of the words for it; nothing where it may be right. */
export function slipIn(typed) {
  const code = plainCode(typed);
  if (unusedIn(code)) return "unused";
  if (code.length !== LENGTH) return code && "count";
  const values = [...code].map((character) => CHARACTERS.indexOf(character));
  const sum = values.slice(0, -1).reduce((total, value, at) => total + (at + 1) * value, 0);
  return sum % CHARACTERS.length === values[LENGTH - 1] ? "" : "check";
}

/** Another link was opened in this tab: over a receipt, or over a survey with another code, somebody begins anew. */
function anotherLink() {
  const field = document.getElementById("code");
  if (location.hash.startsWith("#c=") && (!survey.form || (field && field.value))) location.reload();
  else fillCode(codeInAddress());
}

function codeInAddress() {
  const found = /^#c=([\w-]+)$/.exec(location.hash);
  if (!found) return "";
  // The address shown and shared is without the code. The browser may still keep the one that was opened in its history.
  history.replaceState(history.state, "", location.pathname + location.search);
  return found[1];
}

function typedCode(event) {
  const field = event.target;
  if (field.id !== "code") return;
  if (event.type === "change") {
    settle(field);
    return keep();
  }
  // While somebody types, a code that is not whole yet is no slip.
  const slip = slipIn(field.value);
  tellSlip(field, slip === "count" ? "" : slip);
  return keepSoon();
}

function settle(field) {
  const slip = slipIn(field.value);
  const code = plainCode(field.value);
  if (!slip && code) field.value = code.slice(0, GROUP) + "-" + code.slice(GROUP);
  tellSlip(field, slip);
}

/** Tell it beside the field, and hold Send back until it is mended or the field is empty. */
function tellSlip(field, slip) {
  const words = slip && field.dataset[slip].replace("{characters}", unusedIn(plainCode(field.value)));
  field.setCustomValidity(words);
  let line = document.getElementById("code-fault");
  if (!line && words) {
    line = make("p", { class: "bad", id: "code-fault", role: "alert" });
    field.parentElement.after(line);
    field.setAttribute("aria-describedby", "code-hint code-fault");
  }
  if (line && line.textContent !== words) line.textContent = words;
  if (words) field.setAttribute("aria-invalid", "true");
  else field.removeAttribute("aria-invalid");
}

function plainCode(typed) {
  return typed.normalize("NFKC").toUpperCase().replace(/[\s_\p{Pd}\p{C}]/gu, "");
}

function unusedIn(code) {
  return [...new Set(code)].filter((character) => !CHARACTERS.includes(character)).join(" ");
}
