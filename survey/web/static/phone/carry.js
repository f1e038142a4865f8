// Another school right after a receipt, in place: what a family said about itself goes along in memory, and nowhere else.

import { begin } from "./begin.js";
import { nameOf } from "./form.js";
import { fetchedPage, takeOver } from "./language.js";
import { isNeverKept, survey } from "./survey.js";

// Somebody else may hold the phone by then.
const MINUTES = 2;

let family = null;

/** Before a survey is sent: remember what its family says about itself; nothing of it where nothing may be kept. */
export function rememberFamily(form) {
  if (isNeverKept(form)) return;
  const names = [...form.querySelectorAll("[data-carry]")].map(nameOf);
  const answers = [...new FormData(form)].filter(([name]) => names.includes(name) && !survey.isPrivate);
  family = { path: survey.path, answers };
}

/** From the receipt on, lead to the schools and to the same survey of another one without leaving the page. */
export function startCarrying() {
  document.addEventListener("click", (event) => {
    const door = event.target.closest("a.door");
    if (!door || !family || !survey.isOver || !leadsOn(new URL(door.href))) return;
    event.preventDefault();
    follow(door.href);
  });
  document.addEventListener("received", () => setTimeout(forgetFamily, MINUTES * 60000));
  addEventListener("pagehide", forgetFamily);
}

function forgetFamily() {
  family = null;
}

/** Another person at the same school begins on a page that knows nothing. */
function leadsOn({ pathname }) {
  const isSameSurvey = pathname.split("/").pop() === family.path.split("/").pop();
  return pathname === "/s" || (isSameSurvey && pathname !== family.path);
}

async function follow(address) {
  const page = await fetchedPage(address);
  const hasOurStyle = page && page.querySelector("style").textContent === document.querySelector("style").textContent;
  const form = page && page.getElementById("f");
  // The policy of this page allows its own style alone.
  if (!page || (form && !hasOurStyle)) return location.assign(address);
  const answers = family ? family.answers : [];
  takeOver(page);
  history.pushState(null, "", address);
  survey.path = location.pathname;
  if (form) return begin(document.getElementById("f"), answers);
  const heading = document.querySelector("h1");
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
  scrollTo(0, 0);
}
