// The other language, in place: nothing is sent, no answer leaves the page, and it works where nothing can be kept.

import { closeOffer, offerDrafts } from "./begin.js";
import { answersIn, putBack, questionsIn } from "./form.js";
import { notice } from "./make.js";
import { ask, partsOf, show } from "./steps.js";
import { keep, survey } from "./survey.js";
import { learnWords, word } from "./words.js";

/** Show the survey in this language; say so where it can not be had. */
export async function speak(language) {
  const { form } = survey;
  const address = new URL(location.href);
  address.searchParams.set("l", language);
  address.hash = "";
  const page = await fetchedPage(address);
  // The family may have gone on meanwhile: what counts is how the page is now.
  if (form !== survey.form || survey.isOver) return;
  // Pressed twice, it has changed already.
  if (document.documentElement.lang === language) return;
  if (!page || !isSameSurvey(page, form)) return refuse();
  const answers = answersIn(form);
  const focused = whereIs(document.activeElement);
  const { key } = form.elements;
  const [scrolled, wasOffering, askAgain] = [scrollY, survey.isOffering, survey.askAgain];
  if (wasOffering) closeOffer();
  takeOver(page);
  survey.form = document.getElementById("f");
  survey.form.elements.key.value = key.value;
  putBack(survey.form, answers);
  history.replaceState(history.state, "", address);
  if (wasOffering) return offerDrafts();
  show(survey.place, { isNew: false, hasFocus: false });
  keep();
  if (askAgain) askAgain();
  const again = focused && survey.form.ownerDocument.querySelector(focused);
  if (again) again.focus({ preventScroll: true });
  scrollTo(0, scrolled);
}

/** The page at this address, if one came and it is a page of ours. */
export async function fetchedPage(address) {
  try {
    const answer = await fetch(address, { headers: { Accept: "text/html" } });
    if (!answer.ok) return null;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return page.getElementById("words") && page.querySelector("main") ? page : null;
  } catch {
    return null;
  }
}

/** Put a page in the place of this one: its words, title and all that is read. */
export function takeOver(page) {
  learnWords(page);
  document.documentElement.lang = page.documentElement.lang;
  document.title = page.title;
  for (const tag of ["header", "main", "footer"]) {
    const [here, there] = [document.querySelector(tag), page.querySelector(tag)];
    if (here && there) here.replaceWith(document.adoptNode(there));
    else if (here) here.remove();
    else if (there) document.querySelector("main").after(document.adoptNode(there));
  }
}

function isSameSurvey(page, form) {
  const other = page.getElementById("f");
  if (!other || page.documentElement.lang === document.documentElement.lang) return false;
  const { window, site } = other.dataset;
  return window === form.dataset.window && site === form.dataset.site
    && partsOf(other).length === partsOf(form).length
    && questionsIn(other).length === questionsIn(form).length;
}

function refuse() {
  const part = survey.isOffering ? document.getElementById("drafts") : partsOf(survey.form)[survey.place];
  ask(notice(word("not_switched"), [word("still_here")], [], true), part.firstElementChild);
}

/** How to find what has the focus on the other page. */
function whereIs(element) {
  if (!element || element === document.body) return "";
  if (element.id) return "#" + element.id;
  const name = element.getAttribute("name");
  const value = element.getAttribute("value");
  if (name === "lang") return "header [name=lang]";
  if (name && name !== "clear") return `[name="${CSS.escape(name)}"][value="${CSS.escape(value)}"]`;
  const around = element.closest("[id]");
  const kind = element.tagName + (element.classList.length ? "." + element.classList[0] : "");
  return around ? `#${around.id} ${kind}` : "";
}
