// A device of the school: it forgets a family when it goes on to the next, and when nobody touches it, after a warning.

import { begin } from "./begin.js";
import { fetchedPage, takeOver } from "./language.js";
import { stopListening } from "./listen.js";
import { make, press } from "./make.js";
import { blankPage } from "./offline.js";
import { isOnlyHere, leaveScreen } from "./sent.js";
import { survey } from "./survey.js";
import { tellWaitingLine } from "./waiting.js";
import { word } from "./words.js";

// Seconds without a touch until it warns, and until it forgets; a warning stands for 20 seconds at least.
const WARNS_AFTER = 40;
const FORGETS_AFTER = 60;
// Nobody may have stayed to listen.
const LISTENS_FOR = 180;
// Where the network hangs, the next family does not wait for it.
const NETWORK_PATIENCE = 5000;
const TOUCHES = ["pointerdown", "keydown", "click", "input", "wheel", "touchmove", "focusin"];

let address = "";
let touchedAt = 0;
let lastTouch = 0;
let warning = null;

/** Watch over this page, if it is on a device of the school. */
export function startKiosk() {
  address = document.body.dataset.kiosk;
  if (!address) return;
  for (const touch of TOUCHES) document.addEventListener(touch, touched, true);
  document.addEventListener("click", wentOn);
  addEventListener("pagehide", wipe);
  addEventListener("pageshow", (event) => event.persisted && location.replace(address));
  document.addEventListener("visibilitychange", () => document.hidden || look(true));
  setInterval(() => look(), 1000);
}

function look(isBack = false) {
  const mayListen = Date.now() - lastTouch < LISTENS_FOR * 1000;
  if (mayListen && window.speechSynthesis && speechSynthesis.speaking) touchedAt &&= Date.now();
  // Nobody has begun anything yet; or what was begun would be lost.
  if (!touchedAt || isOnlyHere()) return;
  const idle = (Date.now() - touchedAt) / 1000;
  if (idle >= FORGETS_AFTER) return forget();
  if (idle < WARNS_AFTER) return;
  // Whoever wakes the device has the whole warning before them.
  if (isBack && !warning) touchedAt = Date.now() - WARNS_AFTER * 1000;
  warn(Math.ceil(FORGETS_AFTER - (Date.now() - touchedAt) / 1000));
}

function warn(seconds) {
  if (!warning) {
    const attributes = { role: "alertdialog", "aria-labelledby": "idle", "aria-describedby": "idle-text" };
    const [title, text] = [make("h2", { id: "idle" }, word("idle")), make("p", { id: "idle-text" })];
    warning = make("dialog", attributes, title, text, press(word("idle_go"), goOnHere, { class: "go" }));
    warning.style.maxWidth = "20rem";
    warning.addEventListener("cancel", goOnHere);
    document.body.append(warning);
  }
  document.getElementById("idle-text").textContent = word("idle_text", { n: seconds });
  if (!warning.open) warning.showModal();
}

function goOnHere() {
  if (warning) warning.remove();
  warning = null;
}

function touched(event) {
  // The warning takes the focus by itself.
  if (event.type === "focusin" && warning) return;
  touchedAt = lastTouch = Date.now();
  if (!warning) return;
  // What ends the warning answers nothing: a key goes no further, a touch ends it once the finger has left.
  if (event.type === "keydown") {
    event.preventDefault();
    event.stopPropagation();
    goOnHere();
  } else if (event.type === "click") {
    goOnHere();
  } else {
    setTimeout(goOnHere, 400);
  }
}

function wentOn(event) {
  const link = event.target.closest("a[href]");
  if (!link || link.hash || link.hreflang || link.pathname !== location.pathname || !link.search.includes("k=")) return;
  event.preventDefault();
  forget();
}

/** Nothing of this family is left on the page, in its memory, or behind it; the next one can begin. */
async function forget() {
  goOnHere();
  touchedAt = 0;
  wipe();
  document.querySelector("main").append(make("p", { role: "status" }, word("idle_over")));
  const late = new Promise((resolve) => setTimeout(resolve, NETWORK_PATIENCE));
  const page = await Promise.race([fetchedPage(address), late]);
  // Without a signal, the next family begins with the page as it came, if it held nothing then.
  if (!blankPage.html || (page && page.body.dataset.kiosk)) return location.replace(address);
  takeOver(new DOMParser().parseFromString(blankPage.html, "text/html"));
  tellWaitingLine();
  const form = document.getElementById("f");
  if (form) begin(form);
  scrollTo(0, 0);
}

function wipe() {
  Object.assign(survey, { form: null, draft: null, isOver: true });
  leaveScreen();
  stopListening();
  document.querySelector("main").replaceChildren();
}
