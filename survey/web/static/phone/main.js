// What the module does on each page. Whatever fails here, the page goes on working without it.

import { begin } from "./begin.js";
import { startCarrying } from "./carry.js";
import { fillCode, startCodes } from "./codes.js";
import { eraseOldDrafts } from "./drafts.js";
import { finish } from "./finish.js";
import { clearAnswer, hideUnasked, keepApart, markFault } from "./form.js";
import { retellKept } from "./kept.js";
import { startKiosk } from "./kiosk.js";
import { speak } from "./language.js";
import { prepareListening } from "./listen.js";
import { leading, make, notice, press, tell } from "./make.js";
import { keepForOffline } from "./offline.js";
import { send, startSending } from "./sent.js";
import { goTo, show } from "./steps.js";
import { ready, settled } from "./storage.js";
import { isGone, isOurDraft, keep, keepSoon, survey } from "./survey.js";
import { startWaiting } from "./waiting.js";
import { word } from "./words.js";

const form = document.getElementById("f");

ready().then(start);

function start() {
  document.documentElement.classList.add("js");
  prepareListening();
  listenToThePage();
  eraseOldDrafts();
  const code = startCodes();
  if (!startSending() && form) begin(form);
  fillCode(code);
  startCarrying();
  startWaiting();
  startKiosk();
}

/** Everything that happens is heard at the document, so that a page in the other language needs nothing anew. */
function listenToThePage() {
  document.addEventListener("click", pressed);
  document.addEventListener("change", answered);
  document.addEventListener("input", answered);
  document.addEventListener("keydown", typed);
  document.addEventListener("submit", submitted);
  addEventListener("popstate", travelled);
  addEventListener("pagehide", keep);
  document.addEventListener("visibilitychange", () => document.hidden && keep());
  addEventListener("pageshow", (event) => event.persisted && isGone() && location.reload());
  addEventListener("storage", (event) => event.newValue === null && isOurDraft(event.key) && isGone() && leaveGone());
}

function pressed(event) {
  const pressable = event.target.closest("a, button");
  if (!pressable || !survey.form) return;
  const target = pressable.getAttribute("href") || "";
  if (pressable.name === "lang") {
    event.preventDefault();
    speak(pressable.value);
  } else if (pressable.name === "clear") {
    event.preventDefault();
    clear(pressable.closest("fieldset, .q"));
  } else if (target === "#p1") {
    event.preventDefault();
    show(1);
  } else if (target === "#send") {
    event.preventDefault();
    const send = survey.form.querySelector("#send .go");
    send.scrollIntoView({ block: "center" });
    send.focus({ preventScroll: true });
  } else if (/^#q\d+$/.test(target)) {
    event.preventDefault();
    goTo(survey.form.querySelector(target));
  }
}

function clear(question) {
  clearAnswer(question);
  markFault(question);
  hideUnasked(survey.form);
  keep();
  question.querySelector("input, textarea").focus({ preventScroll: true });
  tell(word("cleared"));
}

function answered(event) {
  const question = survey.form && event.target.closest("fieldset, .q");
  if (!question) return;
  if (event.type === "change" && !survey.isPrivate) keepForOffline();
  const isText = event.target.type === "textarea";
  if (event.type === "input") return isText && keepSoon();
  keepApart(event.target);
  markFault(question);
  hideUnasked(survey.form);
  keep();
  settled().then(retellKept);
}

/** Enter in a group of answers would press the form's first button. */
function typed(event) {
  if (event.key === "Enter" && survey.form && event.target.matches("#f input")) event.preventDefault();
}

function submitted(event) {
  if (event.target !== survey.form) return;
  const { submitter } = event;
  if (submitter && submitter.name && submitter.name !== "open") {
    return submitter.name === "stay" ? event.preventDefault() : undefined;
  }
  event.preventDefault();
  finish(() => send(submitter));
}

function travelled(event) {
  // Behind another school's survey lies the page before it, which is not in this document any more.
  if (survey.path && survey.path !== location.pathname) return location.reload();
  if (survey.isOver || survey.isOffering || !survey.form) return;
  if (event.state && "puente" in event.state) show(event.state.puente, { isNew: false });
}

/** The survey was sent or deleted elsewhere: nothing of it stays here. */
function leaveGone() {
  const start = press(word("start_new"), () => location.reload(), { class: "go" });
  survey.isOver = true;
  survey.form = null;
  const box = notice(word("gone"), [], [start]);
  leading(box.firstChild);
  document.querySelector("main").replaceChildren(make("div", { class: "first" }, box));
  box.focus();
}
