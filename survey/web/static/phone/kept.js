// What becomes of the answers on this phone until they are sent, in words, and the choice to keep nothing.

import { make, press } from "./make.js";
import { canStore } from "./storage.js";
import { forgetDraft, isNeverKept, keep, survey } from "./survey.js";
import { word } from "./words.js";

/** The words and the choice, as they stand now. */
export function keptBox() {
  const box = make("div", { class: "kept" });
  if (isNeverKept(survey.form)) return box;
  box.append(make("p", { role: "status", class: "note" }));
  say(box);
  return box;
}

/** Say it anew where it has changed. */
export function retellKept() {
  for (const box of document.querySelectorAll(".kept")) if (box.firstChild) say(box);
}

function say(box) {
  const refused = !survey.isPrivate && (survey.isRefused || !canStore());
  const words = word(refused ? "cannot_keep" : survey.isPrivate ? "keeps_nothing" : "keeps");
  if (box.firstChild.textContent === words) return;
  box.firstChild.textContent = words;
  // What is said of sending later holds only where something is kept.
  survey.form.querySelector("#send .live").hidden = refused || survey.isPrivate;
  while (box.lastChild !== box.firstChild) box.lastChild.remove();
  if (!refused) box.append(press(word(survey.isPrivate ? "keep_again" : "keep_nothing"), choose, { class: "quiet" }));
}

function choose() {
  survey.isPrivate = !survey.isPrivate;
  if (survey.isPrivate) {
    forgetDraft();
    // Nor shall the phone tell later which survey was opened on it.
    if (self.caches) caches.delete("puente").catch(() => null);
  } else keep();
  retellKept();
  document.querySelector(".kept button").focus();
}
