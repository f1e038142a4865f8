// How a survey begins on this page: anew, with one of the drafts that the phone has kept, or as the server showed it.

import { eraseDraft } from "./drafts.js";
import { answersTo, hideUnasked, putBack, questionsIn } from "./form.js";
import { leading, make, notice, press } from "./make.js";
import { ask, bringUp, partsOf, startAt } from "./steps.js";
import { beginOn, draftsHere, keep, resume, survey } from "./survey.js";
import { word } from "./words.js";

/**
 * Begin on this form; where drafts are kept, ask first, before any answer is shown.
 * What is `carried` along from another school is filled in where somebody begins anew.
 */
export function begin(form, carried = []) {
  const shown = form.elements.key.value;
  beginOn(form);
  survey.carried = carried;
  hideUnasked(form);
  const told = form.querySelector(":scope > .err, :scope > .say");
  const answered = questionsIn(form).filter((question) => answersTo(question).length);
  if (told || answered.length) {
    // The server shows it again with everything that was posted, or somebody was faster than the module.
    form.elements.key.value = survey.draft.key = shown;
    keep();
    const named = /^#[pq]\d+$/.test(location.hash) && form.querySelector(location.hash);
    const place = named || (!told && answered.pop());
    startAt(place ? partsOf(form).indexOf(place.closest("#p0, section")) : 0, { hasFocus: !told });
    if (place && !place.matches("#p0, section")) bringUp(place);
    else if (told) told.focus();
  } else if (draftsHere().length) {
    offerDrafts();
  } else {
    startNew({ hasFocus: carried.length > 0 });
  }
}

/** Ask what shall become of the surveys that were begun; nothing of them is on the page yet. */
export function offerDrafts() {
  const { form } = survey;
  const drafts = draftsHere();
  form.hidden = true;
  closeOffer();
  if (!drafts.length) return startNew();
  const title = drafts.length === 1 ? word("draft") : word("drafts", { n: drafts.length });
  const box = notice(title, [word("draft_ask")]);
  const heading = leading(box.firstChild);
  box.append(
    ...drafts.map((draft) =>
      make(
        "div",
        { class: "draft" },
        make("p", {}, make("b", {}, word("begun", { when: inWords(draft.at) }))),
        make(
          "div",
          { class: "two" },
          press(word("delete"), () => (eraseDraft(draft), offerDrafts())),
          press(word("continue"), () => goOnWith(draft), { class: "go" }),
        ),
      ),
    ),
  );
  const first = make("div", { id: "drafts", class: "first" }, box, press(word("start_new"), () => startNew()));
  form.before(first);
  heading.focus({ preventScroll: true });
  // After a reload the browser would go back to where the survey was left, and cut the question off.
  history.scrollRestoration = "manual";
  scrollTo(0, 0);
  survey.isOffering = true;
}

/** Take the question about drafts away. */
export function closeOffer() {
  survey.isOffering = false;
  const offer = document.getElementById("drafts");
  if (offer) offer.remove();
}

function startNew(how) {
  closeOffer();
  putBack(survey.form, survey.carried);
  startAt(0, how);
}

function goOnWith(draft) {
  closeOffer();
  survey.carried = [];
  resume(draft);
  const lost = putBack(survey.form, draft.fields);
  const parts = partsOf(survey.form);
  startAt(Math.min(draft.place, parts.length - 1));
  keep();
  if (lost) ask(notice(word("changed"), [word("lost")]), parts[survey.place].firstElementChild);
}

function inWords(time) {
  const how = { month: "long", day: "numeric", hour: "numeric", minute: "2-digit" };
  return new Date(time).toLocaleString(document.documentElement.lang + "-US", how);
}
