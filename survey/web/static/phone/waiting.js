// The line above every page: surveys on this phone that were not sent, and what became of them since.

import { make, press } from "./make.js";
import { arrivedUnseen, forgetArrived, forgetSealed, sealedSurveys, sendNow, startOutbox, whenSettled } from "./outbox.js";
import { isOnScreen } from "./sent.js";
import { word } from "./words.js";

// Whoever loads the page again just when the receipt comes must still learn of it, from the next page.
const SEEN_AFTER = 3000;

const line = make("div", { class: "wait", role: "status" });
const arrived = [];
let progress = "";

/** Show what waits, and begin to send it. No answer is shown. */
export function startWaiting() {
  document.querySelector("main").before(line);
  arrivedUnseen().forEach(tellArrived);
  whenSettled((survey, { outcome }) => {
    if (outcome === "received") tellArrived(survey);
    progress = outcome === "waiting" && progress ? word("still_not") : "";
    tellWaitingLine();
  });
  addEventListener("storage", tellWaitingLine);
  // The page has taken over the other language.
  new MutationObserver(tellWaitingLine).observe(document.documentElement, { attributeFilter: ["lang"] });
  tellWaitingLine();
  startOutbox();
}

/** Say it anew, as it stands now. */
export function tellWaitingLine() {
  const all = sealedSurveys().filter((survey) => !isOnScreen(survey.key));
  const waiting = all.filter((survey) => !survey.refused);
  // What other families of the school's device sent is nobody's to read there.
  const isKiosk = document.body.dataset.kiosk;
  const pieces = (isKiosk ? [] : arrived).map((title) => make("p", {}, make("b", {}, word("arrived", { title }))));
  if (waiting.length) {
    const count = waiting.length === 1 ? word("waits") : word("wait_many", { n: waiting.length });
    pieces.push(make("p", {}, count), word("fixed") && make("p", {}, word("fixed")), progress && make("p", {}, progress), press(word("send_now"), sendAllNow));
  }
  for (const survey of isKiosk ? [] : all) if (survey.refused && !survey.kiosk) pieces.push(...refusedLine(survey));
  const box = make("div", { class: "say" }, ...pieces);
  if (line.textContent === box.textContent) return;
  const hadFocus = line.contains(document.activeElement);
  line.replaceChildren(...(pieces.length ? [box] : []));
  if (hadFocus) (line.querySelector("button, a") || document.querySelector("main a, main button")).focus();
}

function tellArrived({ key, title }) {
  if (!isOnScreen(key)) arrived.push(title);
  setTimeout(() => document.hidden || forgetArrived(key), SEEN_AFTER);
}

function refusedLine({ key, url, title, language, refused }) {
  const told = make("p", {}, word(refused === "too_late" ? "late" : "refused", { title }));
  const look = make("a", { class: "b", href: `${url.split("?")[0]}?l=${language}#s=${key}` }, word("look"));
  const remove = press(word("delete_it"), () => {
    // One tap too many must not cost a survey.
    if (remove.textContent === word("delete_it")) return (remove.textContent = word("sure"));
    forgetSealed(key);
    return tellWaitingLine();
  });
  return [told, make("div", { class: "two" }, look, remove)];
}

function sendAllNow() {
  progress = word("sending");
  tellWaitingLine();
  sendNow();
}
