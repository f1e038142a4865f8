// Send: what is asked before it, and what is shown after it.

import { rememberFamily } from "./carry.js";
import { answersTo, faultOf, isAsked, questionsIn } from "./form.js";
import { notice, press } from "./make.js";
import { ask, goTo, partsOf, show } from "./steps.js";
import { survey } from "./survey.js";
import { word } from "./words.js";

/** Send, unless something has to be looked at again, or nothing was answered and nobody has been asked. */
export function finish(send) {
  const { form } = survey;
  const parts = partsOf(form);
  const end = parts[parts.length - 1];
  const wrong = questionsIn(form).find((question) => isAsked(question, form) && faultOf(question));
  if (survey.place < parts.length - 1) show(parts.length - 1);
  const before = end.querySelector(".say");
  if (wrong) {
    const look = press(word("show_me"), () => goTo(wrong), { class: "go" });
    return ask(notice(word("look_again"), [faultOf(wrong)], [look], true), before, () => finish(send));
  }
  const isBlank = !questionsIn(form).some((question) => answersTo(question).length);
  if (isBlank && !survey.asked.has("empty")) {
    survey.asked.add("empty");
    const first = press(word("to_questions"), () => show(1));
    const box = notice(word("empty"), [], [first, press(word("send_empty"), send, { class: "go" })]);
    return ask(box, before, () => survey.asked.delete("empty") && finish(send));
  }
  rememberFamily(form);
  return send();
}

/** The survey as it is sent: these bytes, until there is an answer to them. */
export function sealed() {
  const { form, draft } = survey;
  const address = new URL(form.action);
  const body = new URLSearchParams(new FormData(form)).toString();
  const title = form.querySelector("h1").textContent.trim();
  const url = address.pathname + address.search;
  return { ...draft, kiosk: "kiosk" in form.dataset, url, body, title, language: document.documentElement.lang };
}
