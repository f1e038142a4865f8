// Sealed surveys: each is kept, and sent as the same bytes, until a receipt or a refusal comes that names it.

import { eraseDraftsOf } from "./drafts.js";
import { erase, names, read, settled, write } from "./storage.js";

const SEALED = "puente.sealed.";
const ARRIVED = "puente.arrived.";
const RECEIPT = "application/vnd.puente.receipt+json";
const REFUSAL = "application/vnd.puente.refusal+json";
const FINAL = ["conflict", "too_late", "not_yet", "faults", "unknown", "code_unknown", "code_spent"];

// Long enough for a page's worth of bytes on the slowest net there is.
const PATIENCE = 60000;
const SOONEST = 4000;
const LATEST = 300000;

// Surveys that this phone has no room for, or may not keep: they live as long as this page.
const held = new Map();
const onSettled = [];
let draining = null;
let pause = SOONEST;
let alarm = 0;
let stopAttempt = null;

/** Begin to send what waits, now and whenever there may be a signal again. */
export function startOutbox() {
  addEventListener("online", () => {
    // What hangs in a net that is gone would be waited for in vain.
    if (stopAttempt) stopAttempt.abort();
    sendNow();
  });
  addEventListener("pageshow", (event) => event.persisted && sendNow());
  document.addEventListener("visibilitychange", () => document.hidden || sendNow());
  // A phone that died between the two had both.
  for (const survey of sealedSurveys()) if (!survey.refused) eraseDraftsOf(survey.key);
  drain();
}

/**
 * Keep {key, url, body, window, site, title, language} to be sent as it is from now on.
 * False where it is kept in this page alone, because the phone has no room, or `stays` is false.
 */
export async function seal(survey, stays = true) {
  const name = SEALED + survey.key;
  const before = unpacked(read(name));
  const kept = { ...survey, at: Date.now() };
  held.set(survey.key, kept);
  // What another page has sealed under this key stays: perhaps it has arrived.
  if (before && !before.refused) {
    if (before.body !== survey.body) return false;
  } else if (!(stays && write(name, JSON.stringify(kept)) && (await settled()))) {
    erase(name);
    return false;
  }
  held.delete(survey.key);
  eraseDraftsOf(survey.key);
  return true;
}

/** Every survey that is sealed and not received, the last one first; `refused` tells the outcome of one that was. */
export function sealedSurveys() {
  const found = new Map(held);
  for (const name of names(SEALED)) {
    const survey = unpacked(read(name));
    if (survey && !found.has(survey.key)) found.set(survey.key, survey);
  }
  return [...found.values()].sort((one, other) => other.at - one.at);
}

/** The sealed survey that a storage event is about: {key, was, is}; null for any other event. */
export function sealedElsewhere(event) {
  if (!event.key || !event.key.startsWith(SEALED)) return null;
  return { key: event.key.slice(SEALED.length), was: unpacked(event.oldValue), is: unpacked(event.newValue) };
}

/** Keep this survey no longer; its draft, if there is one, stays. */
export function unseal(key) {
  held.delete(key);
  erase(SEALED + key);
}

/** Keep this survey no longer, nor its draft. */
export function forgetSealed(key) {
  unseal(key);
  eraseDraftsOf(key);
}

/** The surveys whose receipt came while nobody may have seen it, as {key, title}: their page was being left. */
export function arrivedUnseen() {
  return names(ARRIVED).map((name) => ({ key: name.slice(ARRIVED.length), title: read(name) }));
}

/** Somebody has seen that this survey arrived. */
export function forgetArrived(key) {
  erase(ARRIVED + key);
}

/** Have this called with each survey and what became of it, {outcome, page, reached}; it tells whether it showed it. */
export function whenSettled(listener) {
  onSettled.push(listener);
}

/** Send what waits, and be patient anew. */
export function sendNow() {
  pause = SOONEST;
  return drain();
}

/** Send what waits, one after the other, here or in whichever page of this site does so already. */
function drain() {
  if (!draining) {
    draining = alone(sendAll).then(() => {
      draining = null;
      clearTimeout(alarm);
      if (!sealedSurveys().some((survey) => !survey.refused)) return;
      // Phones that lost the net together do not come back together.
      alarm = setTimeout(drain, pause * (0.75 + Math.random() / 2));
      pause = Math.min(pause * 2, LATEST);
    });
  }
  return draining;
}

/** Send one survey once: {outcome, page, reached}, where any outcome but "waiting" came from our server. */
export async function attempt(survey) {
  const stop = (stopAttempt = new AbortController());
  const limit = setTimeout(() => stop.abort(), PATIENCE);
  let reached = false;
  try {
    const response = await fetch(survey.url, {
      method: "POST",
      body: survey.body,
      headers: { Accept: RECEIPT, "Content-Type": "application/x-www-form-urlencoded" },
      redirect: "error",
      cache: "no-store",
      signal: stop.signal,
    });
    reached = true;
    return { ...judged(survey, response, JSON.parse(await response.text())), reached };
  } catch {
    return { outcome: "waiting", reached };
  } finally {
    clearTimeout(limit);
  }
}

/** The inside of the receipt's page in another language. */
export async function receiptIn(language, { key, w, url }) {
  const body = new URLSearchParams({ key, w, l: language, lang: language, end: "1" });
  try {
    const response = await fetch(url, { method: "POST", body, headers: { Accept: RECEIPT } });
    const told = await response.json();
    return told.key === key && told.signature ? told.page : null;
  } catch {
    return null;
  }
}

/** What came, believed only where it is whole, ours, and about this very survey. */
function judged(survey, response, told) {
  const type = response.headers.get("Content-Type");
  if (told.key !== survey.key || typeof told.page !== "string") return { outcome: "waiting" };
  const isHere = told.window === survey.window && told.site === survey.site;
  if (response.status === 201 && type === RECEIPT && isHere) return { outcome: "received", page: told.page };
  // A Wi-Fi login page carries none of this.
  const isRefused = response.status >= 400 && response.status < 500 && type === REFUSAL;
  if (isRefused && FINAL.includes(told.outcome)) return { outcome: told.outcome, page: told.page };
  return { outcome: "waiting", isBusy: isRefused && told.outcome === "code_wait" };
}

async function sendAll() {
  const tried = new Set();
  const next = () => sealedSurveys().find((survey) => !survey.refused && !tried.has(survey.key));
  for (let survey = next(); survey; survey = next()) {
    tried.add(survey.key);
    const result = await attempt(survey);
    if (result.outcome === "received") {
      // Where nothing may be kept, this is not either; the school's device is somebody else's by then.
      if (!held.has(survey.key) && !survey.kiosk) write(ARRIVED + survey.key, survey.title);
      forgetSealed(survey.key);
    } else if (result.outcome !== "waiting") {
      survey.refused = result.outcome;
      if (held.has(survey.key)) held.set(survey.key, survey);
      else write(SEALED + survey.key, JSON.stringify(survey));
    }
    const isShown = onSettled.map((listener) => listener(survey, result)).includes(true);
    if (survey.kiosk && survey.refused) letGo(survey, isShown);
  }
}

/** Nobody may look at what a family wrote on the school's device; for its code alone it is not lost. */
function letGo(survey, isShown) {
  if (isShown || !/^code/.test(survey.refused) || /^open/.test(survey.body)) forgetSealed(survey.key);
  else seal({ ...survey, refused: "", body: "open=1&" + survey.body });
}

function unpacked(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Run the task while no other page of this site does; after a while all the same, since sending twice adds nothing. */
async function alone(task) {
  if (!navigator.locks) return leased(task);
  const stop = new AbortController();
  const limit = setTimeout(() => stop.abort(), PATIENCE + 30000);
  const guarded = () => {
    clearTimeout(limit);
    return task();
  };
  return navigator.locks.request("puente.outbox", { signal: stop.signal }, guarded).catch(guarded);
}

/** The same for browsers without locks: a note with the time until which somebody is sending. */
async function leased(task) {
  const name = "puente.lease";
  if (Number(read(name)) > Date.now()) return;
  const until = String(Date.now() + PATIENCE + Math.floor(Math.random() * 1000));
  if (write(name, until)) {
    await new Promise((done) => setTimeout(done, 50 + Math.random() * 100));
    if (read(name) !== until) return;
  }
  try {
    await task();
  } finally {
    if (read(name) === until) erase(name);
  }
}
