// The questions on the page and what is answered to them: read, put back, cleared, and looked over.

import { word } from "./words.js";

/** The questions inside, in their order. */
export function questionsIn(root) {
  return [...root.querySelectorAll("section fieldset, section .q")];
}

/** The name under which the question is answered. */
export function nameOf(question) {
  return fieldsOf(question)[0].name;
}

/** The question as it reads, with its number. */
export function textOf(question) {
  return question.querySelector("legend, label").textContent;
}

/** What is answered, in words; nothing where it is blank. */
export function answersTo(question) {
  return fieldsOf(question)
    .filter((field) => (field.type === "textarea" ? field.value.trim() : field.checked))
    .map((field) => (field.type === "textarea" ? field.value.trim() : field.parentElement.textContent.trim()));
}

/** Whether somebody who answers as it stands is asked this question. */
export function isAsked(question, form) {
  const rule = question.dataset;
  if (!rule.if) return true;
  const earlier = questionsIn(form).find((other) => nameOf(other) === rule.if);
  const isChosen = fieldsOf(earlier).some((field) => field.checked && field.value === rule.is);
  return isChosen && isAsked(earlier, form);
}

/** Hide and show questions as the page's style does, in a browser whose style can not. */
export function hideUnasked(form) {
  if (CSS.supports("selector(:has(*))")) return;
  for (const question of form.querySelectorAll("[data-if]")) question.hidden = !isAsked(question, form);
}

/** What keeps the answer from being taken, in words; nothing where it is well. */
export function faultOf(question) {
  const { most, longest } = question.dataset;
  if (most && answersTo(question).length > most) return word("most", { n: most });
  if (longest && fieldsOf(question)[0].value.trim().length > longest) return word("longest", { n: longest });
  return "";
}

/** Tell at the question what is wrong with it, or no longer. */
export function markFault(question) {
  const fault = faultOf(question);
  let line = question.querySelector(".bad");
  if (line && line.textContent === fault) return;
  if (line) line.remove();
  if (!fault) return;
  line = Object.assign(document.createElement("p"), { className: "bad", textContent: fault });
  line.setAttribute("role", "alert");
  // Below the answers, so that none of them moves away from under the finger.
  question.append(line);
}

/** An answer that stands alone takes the others' place, and they its. */
export function keepApart(field) {
  if (field.type !== "checkbox" || !field.checked) return;
  for (const other of fieldsOf(field.closest("fieldset"))) {
    if (other !== field && ("alone" in field.dataset || "alone" in other.dataset)) other.checked = false;
  }
}

/** Leave the question blank. */
export function clearAnswer(question) {
  for (const field of fieldsOf(question)) {
    if (field.type === "textarea") field.value = "";
    else field.checked = false;
  }
}

/** Every answer as name and value. */
export function answersIn(form) {
  return [...new FormData(form)].filter(([name, value]) => value && !OWN.has(name));
}

/** Put answers back; how many found no place. */
export function putBack(form, answers) {
  const lost = answers.filter(([name, value]) => {
    const fields = [...form.elements].filter((field) => field.name === name);
    const field = fields.find((one) => !isMarked(one) || one.value === value);
    if (field && isMarked(field)) field.checked = true;
    else if (field) field.value = value;
    return !field;
  });
  hideUnasked(form);
  return lost.length;
}

/** The fields of the page that are no answers. */
const OWN = new Set(["key", "w", "l", "lang", "clear", "stay", "another", "end", "open"]);

function fieldsOf(question) {
  return [...question.querySelectorAll("input, textarea")];
}

function isMarked(field) {
  return field.type === "radio" || field.type === "checkbox";
}
