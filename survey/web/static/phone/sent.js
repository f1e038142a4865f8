// After Send: sending, not sent yet, received or refused, each in the place of the survey; no answer stays on the page.

import { begin } from "./begin.js";
import { isKept } from "./drafts.js";
import { sealed } from "./finish.js";
import { answersIn } from "./form.js";
import { fetchedPage, takeOver } from "./language.js";
import { make, press, tell } from "./make.js";
import { attempt, forgetSealed, receiptIn, seal, sealedElsewhere, sealedSurveys, sendNow, unseal, whenSettled } from "./outbox.js";
import { keep, survey } from "./survey.js";
import { word } from "./words.js";

// What the screen is about: the sealed survey and whether the phone keeps it, or the receipt that is shown.
let onScreen = null;

/** Take care of what is shown after Send. True where this page begins with that, and not with a survey. */
export function startSending() {
  whenSettled((one, result) => {
    const isShown = isOnScreen(one.key);
    if (isShown) showResult(onScreen, result);
    return isShown;
  });
  addEventListener("storage", sentElsewhere);
  document.addEventListener("click", switchedLanguage);
  // What was typed since then must not go.
  addEventListener("popstate", ({ state }) => {
    if (state && state.received && !(survey.form && answersIn(survey.form).length)) showReceived(state.received);
  });
  const { received } = history.state || {};
  const [came] = performance.getEntriesByType("navigation");
  // Whoever asks for this address anew wants to begin; a reload or Back must not leave a doubt.
  if (received && came && came.type !== "navigate") {
    showReceived(received);
    return true;
  }
  const looked = /^#s=(.+)/.exec(location.hash);
  const one = looked && sealedSurveys().find((any) => any.key === looked[1] && !any.kiosk);
  if (!one) return false;
  history.replaceState(null, "", location.pathname + location.search);
  showSending();
  lookAt(one);
  return true;
}

/** Whether the screen is about the survey with this key, so that nothing else needs to speak of it. */
export function isOnScreen(key) {
  return onScreen !== null && onScreen.key === key;
}

/** Have the screen be about no survey any more; what waits goes on waiting. */
export function leaveScreen() {
  onScreen = null;
}

/** Whether the screen holds a survey that is not sent and that is kept nowhere else. */
export function isOnlyHere() {
  return onScreen !== null && "body" in onScreen && !onScreen.isKept;
}

/** Seal the survey of this page and send it, without its code where that button was pressed: these bytes from now on. */
export async function send(pressed) {
  const { form } = survey;
  // A preview stores nothing, so no receipt of it can be checked.
  if ("preview" in form.dataset) return form.submit();
  const stays = "kiosk" in form.dataset || !survey.isPrivate;
  keep();
  const one = sealed();
  if (pressed && pressed.name === "open") one.body = "open=1&" + one.body;
  onScreen = one;
  showSending();
  await sealAndSend(one, stays);
  // What the server had refused is replaced by this.
  if (survey.replaces && survey.replaces !== one.key) unseal(survey.replaces);
}

async function sealAndSend(one, stays) {
  one.isKept = await seal(one, stays);
  if (!one.isKept && onScreen === one) addEventListener("beforeunload", warnOfLoss);
  sendNow();
}

/** Somebody else's guesses hold this code back: the server has stored nothing, and takes it without. */
function sendOpen() {
  const one = onScreen;
  one.body = "open=1&" + one.body;
  unseal(one.key);
  showSending();
  sealAndSend(one, one.isKept);
}

/** Ask again why it was refused: the answer holds everything that was typed. */
function lookAt(one) {
  onScreen = { ...one, isKept: true };
  attempt(one).then((result) => {
    if (result.outcome === "received") forgetSealed(one.key);
    showResult(onScreen, result);
  });
}

function showResult(one, result) {
  if (result.outcome === "waiting") return showWaiting(one, result);
  removeEventListener("beforeunload", warnOfLoss);
  if (result.outcome !== "received") return showRefused(one, result);
  const w = new URLSearchParams(one.body).get("w");
  const received = { key: one.key, w, url: one.url, language: one.language, page: result.page };
  if (!document.body.dataset.kiosk && !survey.isPrivate) history.replaceState({ received }, "");
  showReceived(received);
  document.dispatchEvent(new CustomEvent("received"));
}

function showReceived(received) {
  onScreen = received;
  leaveSurvey();
  const main = document.querySelector("main");
  main.innerHTML = received.page;
  // It comes in the language of the survey, whatever the page has been switched to meanwhile.
  main.lang = received.language;
  bringHeading();
}

function showSending() {
  leaveSurvey();
  fillMain(make("div", { class: "say" }, make("h1", {}, word("sending")), make("p", {}, word("wait_for"))));
  bringHeading();
}

/** Not sent yet: why, what becomes of the answers, and what to do. What is there already is not said again. */
function showWaiting(one, { reached, isBusy }) {
  const again = document.getElementById("again");
  one.why = word(isBusy ? "busy" : reached ? "not_ours" : "no_signal");
  if (again && !isBusy) {
    if (again.textContent !== word("send_now")) tell(word("still_not"));
    again.textContent = word("send_now");
    document.getElementById("why").textContent = one.why;
    return;
  }
  tellWaiting(one, isBusy);
  bringHeading();
}

function tellWaiting(one, isBusy) {
  const kept = word(one.isKept ? "safe" : "keep_open");
  const button = press(word("send_now"), tryAgain, { class: "go", id: "again" });
  const box = make(
    "div",
    { class: "err" },
    make("h1", {}, word("not_sent")),
    make("p", { id: "why" }, one.why),
    make("p", {}, make("b", {}, kept)),
    make("p", {}, word("fixed")),
    word("by") && make("p", {}, word("by")),
    isBusy && press(word("send_open"), sendOpen),
    button,
  );
  // Whoever starts anew leaves this page, which may be all that holds the answers.
  const other = one.isKept && !document.body.dataset.kiosk;
  const start = { class: "b", href: location.pathname + "?l=" + document.documentElement.lang };
  const next = one.isKept && make("a", { class: "b", href: document.body.dataset.kiosk }, word("next_family"));
  if (document.body.dataset.kiosk) return fillMain(box, next);
  fillMain(box, other && make("p", {}, word("meanwhile")), other && make("a", start, word("for_another")));
}

function tryAgain() {
  document.getElementById("again").textContent = word("sending");
  if (onScreen.refused) lookAt(onScreen);
  else sendNow();
}

/** The page with everything that was typed, to be mended; or why it is too late, until the family deletes it. */
function showRefused(one, { page }) {
  const main = document.querySelector("main");
  main.innerHTML = page;
  const form = document.getElementById("f");
  onScreen = null;
  if (form) {
    survey.replaces = one.key;
    begin(form);
    document.title = word("problem") + ": " + form.querySelector("h1").textContent.trim();
    // What can be mended is a draft again; where no draft can be kept, what was sealed stays in its place.
    if (isKept(survey.draft)) unseal(one.key);
    return;
  }
  leaveSurvey();
  // The school's device keeps nothing that was refused.
  if (one.kiosk) return bringHeading();
  onScreen = one;
  const remove = press(word("delete_it"), () => {
    forgetSealed(one.key);
    location.assign(location.pathname.split("/").slice(0, 3).join("/") + "?l=" + document.documentElement.lang);
  });
  main.append(make("div", { class: "say" }, make("p", {}, word("still_kept")), remove));
  bringHeading();
}

/** Another page of this phone got the receipt: ask for it here too, which adds nothing. */
function sentElsewhere(event) {
  const changed = sealedElsewhere(event);
  if (!changed || changed.is || !changed.was || !isOnScreen(changed.key) || !onScreen.body) return;
  if (changed.was.refused) return location.reload();
  attempt(onScreen).then((result) => showResult(onScreen, result));
}

async function switchedLanguage(event) {
  const button = onScreen && event.target.closest("header [name=lang]");
  if (!button) return;
  event.preventDefault();
  const one = onScreen;
  const address = new URL(location.href);
  address.searchParams.set("l", button.value);
  const page = await fetchedPage(address);
  const receipt = page && one.page && (await receiptIn(button.value, one));
  if (!page || (one.page && !receipt)) return tell(word("not_switched"));
  takeOver(page);
  if (receipt) Object.assign(one, { page: receipt, language: button.value });
  history.replaceState(one.page ? { received: one } : null, "", address);
  if (one.page) showReceived(one);
  else tellWaiting(one);
}

function leaveSurvey() {
  // The steps of the survey lie behind it: going back through them must not move what is read now.
  history.scrollRestoration = "manual";
  survey.isOver = true;
  survey.form = null;
}

function fillMain(...pieces) {
  document.querySelector("main").replaceChildren(make("div", { class: "first" }, ...pieces));
}

function bringHeading() {
  const heading = document.querySelector("main h1");
  document.title = heading.textContent.trim();
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
  scrollTo(0, 0);
}

function warnOfLoss(event) {
  event.preventDefault();
  event.returnValue = "";
}
