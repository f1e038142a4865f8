// The review: every question with what is answered, and a way back to change it.

import { answersTo, faultOf, isAsked, questionsIn, textOf } from "./form.js";
import { make, press } from "./make.js";
import { word } from "./words.js";

/** Everything that is answered, above Send; `goTo` leads to a question. */
export function reviewOf(form, goTo) {
  const asked = questionsIn(form).filter((question) => isAsked(question, form));
  const answered = asked.filter((question) => answersTo(question).length);
  const review = make("div", { id: "review" });
  review.append(
    make("h2", { class: "part" }, word("review")),
    make("p", {}, word("answered", { n: answered.length, total: asked.length })),
    make("p", {}, make("a", { href: "#send", class: "link" }, word("to_send"))),
  );
  for (const section of form.querySelectorAll("section")) {
    const list = make("dl", {});
    for (const question of questionsIn(section)) if (asked.includes(question)) list.append(lineOf(question, goTo));
    if (list.firstChild) review.append(make("h2", {}, section.querySelector("h2").lastChild.textContent.trim()), list);
  }
  return review;
}

function lineOf(question, goTo) {
  const number = parseInt(textOf(question), 10);
  const answers = answersTo(question);
  const fault = faultOf(question);
  return make(
    "div",
    {},
    make("dt", {}, textOf(question)),
    ...answers.map((answer) => make("dd", {}, answer)),
    !answers.length && make("dd", { class: "note" }, word("not_answered")),
    fault && make("dd", { class: "bad" }, fault),
    make("dd", {}, press(word("change"), () => goTo(question), { "aria-label": word("change_of", { n: number }) })),
  );
}
