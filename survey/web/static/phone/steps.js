// One part of the survey at a time: on, back, to the review, and what is said on the way.

import { answersTo, faultOf, isAsked, questionsIn } from "./form.js";
import { keptBox } from "./kept.js";
import { offerListening, stopListening } from "./listen.js";
import { leading, make, notice, press } from "./make.js";
import { reviewOf } from "./review.js";
import { keep, survey } from "./survey.js";
import { word } from "./words.js";

/** Everything that is shown one at a time: what stands before the questions, each part, and Send. */
export function partsOf(form) {
  return [...form.querySelectorAll("#p0, section, #end")];
}

/** Show one of them, with its heading in focus, or the question that is named. */
export function show(step, { isNew = true, question = null, hasFocus = true } = {}) {
  const { form } = survey;
  const parts = partsOf(form);
  const last = parts.length - 1;
  const from = survey.place;
  survey.place = Math.max(0, Math.min(step, last));
  if (survey.place === last) survey.isReviewing = false;
  survey.askAgain = null;
  stopListening();
  for (const added of form.querySelectorAll(".foot, #review, .ask-again")) added.remove();
  form.hidden = false;
  parts.forEach((part, number) => (part.hidden = number !== survey.place));
  const part = parts[survey.place];
  // What the server had to say stands before the questions, and beside Send.
  for (const told of form.querySelectorAll(":scope > .err, :scope > .say")) told.hidden = survey.place % last > 0;
  if (survey.place === last) part.prepend(reviewOf(form, goTo));
  else offerListening(part);
  part.append(footOf(survey.place, last));
  if (survey.carried.length && part.querySelector("[data-carry]") && !part.querySelector(".carried")) {
    part.firstElementChild.after(make("div", { class: "say carried" }, make("p", {}, word("carried"))));
  }
  entitle(part);
  if (isNew) history.pushState({ puente: survey.place, from }, "");
  const heading = headingOf(part);
  if (question) return bringUp(question);
  if (hasFocus) heading.focus({ preventScroll: true });
  if (hasFocus) scrollTo(0, 0);
}

/** Be at a part from the start, with the parts before it behind it in the phone's history. */
export function startAt(step, how) {
  history.replaceState({ puente: 0 }, "");
  for (let part = 1; part <= step; part++) history.pushState({ puente: part, from: part - 1 }, "");
  show(step, { ...how, isNew: false });
}

/** Show a question wherever it is, with its first answer in focus. */
export function goTo(question) {
  survey.isReviewing = survey.place === partsOf(survey.form).length - 1;
  show(partsOf(survey.form).indexOf(question.closest("section")), { question });
}

/** Put a notice where the family is looking; `again` makes it anew in another language. */
export function ask(box, before, again = null) {
  survey.askAgain = again;
  for (const earlier of survey.form.querySelectorAll(".ask-again")) earlier.remove();
  box.classList.add("ask-again");
  before.before(box);
  box.focus();
  if (box.scrollIntoView) box.scrollIntoView({ block: "nearest" });
}

/** Go on to the next part; where questions were first left blank, say so: once, since then it is known. */
export function goOn() {
  const part = partsOf(survey.form)[survey.place];
  const asked = questionsIn(part).filter((question) => isAsked(question, survey.form));
  const wrong = asked.find(faultOf);
  const blank = asked.filter((question) => question.matches("fieldset") && !answersTo(question).length);
  if (wrong) return bringUp(wrong);
  // What is asked about families says itself that it may be left blank.
  const isSaid = survey.asked.has("blank") || part.querySelector("[data-carry]");
  if (!blank.length || survey.isReviewing || isSaid) return leave();
  survey.asked.add("blank");
  const words = blank.length === 1 ? word("blank_one") : word("blank", { n: blank.length });
  const showMe = press(word("show_me"), () => bringUp(blank[0]));
  const box = notice(words, [], [showMe, press(word("go_on"), leave, { class: "go" })]);
  ask(box, part.querySelector(".foot"), () => survey.asked.delete("blank") && goOn());
}

/** To the part before: by the phone's own history where that leads there, so that the two never disagree. */
function goBack() {
  keep();
  const { from } = history.state || {};
  if (from === survey.place - 1) history.back();
  else show(survey.place - 1);
}

/** The question in view, and its first answer in focus. */
export function bringUp(question) {
  question.scrollIntoView({ block: "start" });
  (question.querySelector(":checked") || question.querySelector("input, textarea")).focus({ preventScroll: true });
}

function leave() {
  keep();
  show(survey.isReviewing ? partsOf(survey.form).length - 1 : survey.place + 1);
}

function headingOf(part) {
  return leading(part.querySelector("h1, h2"));
}

function entitle(part) {
  const heading = headingOf(part);
  const [place, title] = [heading.querySelector("small"), heading.lastChild.textContent.trim()];
  document.title = place ? `${place.textContent}: ${title}` : title;
}

/** What stands under each part: the way back and on, and what becomes of the answers. */
function footOf(step, last) {
  const foot = make("div", { class: "foot" });
  if (step) {
    const way = make("div", { class: "two" }, press(word("back"), goBack));
    const on = word(survey.isReviewing ? "to_review" : step === last - 1 ? "review" : "next");
    if (step < last) way.append(press(on, goOn, { class: "go" }));
    foot.append(way);
  }
  foot.append(keptBox());
  return foot;
}
