// Surveys that were begun on this phone and not sent: kept from the first answer, for fourteen days at most.

import { erase, names, read, write } from "./storage.js";

const DRAFTS = "puente.draft.";
const LONGEST = 14 * 24 * 3600 * 1000;

/** A key that nobody can guess and that tells no time: a UUID of version 4. */
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/** Keep the draft; false where the phone can not. */
export function keepDraft(draft) {
  return write(nameOfDraft(draft), JSON.stringify(draft));
}

/** Whether it is still kept. */
export function isKept(draft) {
  return read(nameOfDraft(draft)) !== null;
}

/** Keep it no longer; every other draft stays. */
export function eraseDraft(draft) {
  erase(nameOfDraft(draft));
}

/** Keep no draft under this key, of whatever survey it is. */
export function eraseDraftsOf(key) {
  for (const name of names(DRAFTS)) if (name.endsWith("." + key)) erase(name);
}

/** The drafts of this survey at this school, the oldest first. */
export function draftsOf(window, site) {
  return allDrafts()
    .map(([, draft]) => draft)
    .filter((draft) => draft && draft.window === window && draft.site === site)
    .sort((one, other) => one.at - other.at);
}

/** Erase what was begun too long ago, of every survey; and what nobody can read. */
export function eraseOldDrafts() {
  for (const [name, draft] of allDrafts()) if (!draft || !(Date.now() - draft.at < LONGEST)) erase(name);
}

/** Under which name the phone keeps it. */
export function nameOfDraft({ window, site, key }) {
  return `${DRAFTS}${window}.${site}.${key}`;
}

function allDrafts() {
  return names(DRAFTS).map((name) => [name, parsed(read(name))]);
}

function parsed(text) {
  try {
    const draft = JSON.parse(text);
    return Array.isArray(draft.fields) ? draft : null;
  } catch {
    return null;
  }
}
