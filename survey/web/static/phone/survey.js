// The survey that is being answered on this page: which it is, where the family is in it, and what is kept of it.

import { draftsOf, eraseDraft, isKept, keepDraft, nameOfDraft, newKey } from "./drafts.js";
import { answersIn } from "./form.js";

/** What is known of it. `isPrivate`: nothing is kept; `isRefused`: the phone can not keep; `isOver`: sent. */
export const survey = { form: null, place: 0, draft: null, isPrivate: false, isRefused: false, isOver: false };

/** Take the form of the page as a survey that somebody begins now. */
export function beginOn(form) {
  const { window, site } = form.dataset;
  const draft = { key: newKey(), window, site, at: Date.now() };
  Object.assign(survey, { form, draft, place: 0, isOver: false, isReviewing: false, asked: new Set() });
  survey.path = location.pathname;
  // Who chose that nothing is kept means the next school's survey too.
  survey.isPrivate = survey.isPrivate || isNeverKept(form);
  form.elements.key.value = draft.key;
}

/** Go on with a draft instead. */
export function resume(draft) {
  survey.draft = { key: draft.key, window: draft.window, site: draft.site, at: draft.at };
  survey.form.elements.key.value = draft.key;
}

/** The drafts of this survey that the phone has. */
export function draftsHere() {
  const { window, site } = survey.form.dataset;
  return isNeverKept(survey.form) ? [] : draftsOf(window, site);
}

/** Whether the page is one that nothing may be kept of: the school's own tablet, or a preview. */
export function isNeverKept(form) {
  return "kiosk" in form.dataset || "preview" in form.dataset;
}

/** Keep everything as it is now, once something is answered. */
export function keep() {
  clearTimeout(soon);
  if (survey.isOver || survey.isPrivate || !survey.form) return;
  const fields = answersIn(survey.form);
  // A code that came with the link is no answer.
  if (!fields.some(([name]) => name !== "code") && !isKept(survey.draft)) return;
  const { place } = survey;
  survey.isRefused = !keepDraft({ ...survey.draft, place, fields, language: document.documentElement.lang });
  survey.wasKept = !survey.isRefused;
}

/** Keep it when the hand rests: not at each letter. */
export function keepSoon() {
  clearTimeout(soon);
  soon = setTimeout(keep, 250);
}

/** Keep nothing of it any more. */
export function forgetDraft() {
  clearTimeout(soon);
  survey.wasKept = false;
  eraseDraft(survey.draft);
}

/** Whether another page of this phone has sent or deleted what this one kept. */
export function isGone() {
  return survey.wasKept && !survey.isOver && !isKept(survey.draft);
}

/** Whether what changed in the phone's storage is this survey's draft. */
export function isOurDraft(name) {
  return name === null || (survey.draft && name === nameOfDraft(survey.draft));
}

let soon = 0;
