// Listen: the phone's own voice reads a question with its answers. Where it has none for the language, nothing is offered.

import { make, press } from "./make.js";
import { word } from "./words.js";
import { questionsIn, textOf } from "./form.js";

/** Offer it at each question of the part, if it can be done by the time the part is shown. */
export function offerListening(part) {
  if (!voice()) return;
  for (const question of questionsIn(part)) {
    if (question.querySelector(".listen")) continue;
    const name = `${word("listen")}: ${parseInt(textOf(question), 10)}`;
    const button = press(word("listen"), () => toggle(question, button), { class: "listen", "aria-label": name });
    question.querySelector("legend, label").after(button);
  }
}

/** Let the phone read each part's voices early, since some tell them late. */
export function prepareListening() {
  voice();
}

/** Be quiet. */
export function stopListening() {
  if (!speaking) return;
  const { button } = speaking;
  speaking = null;
  speechSynthesis.cancel();
  button.textContent = word("listen");
}

let speaking = null;

function toggle(question, button) {
  const wasThis = speaking && speaking.button === button;
  stopListening();
  if (wasThis) return;
  speaking = { button };
  button.textContent = word("stop");
  const said = textsOf(question).map((text) => {
    const utterance = new SpeechSynthesisUtterance(text);
    utterance.voice = voice();
    utterance.lang = utterance.voice.lang;
    return utterance;
  });
  const mine = speaking;
  said[said.length - 1].onend = () => mine === speaking && stopListening();
  for (const utterance of said) speechSynthesis.speak(utterance);
}

/** The question, what is said beside it, and each answer. */
function textsOf(question) {
  const texts = [...question.querySelectorAll("legend, label, p")].filter((one) => one.getClientRects().length);
  return texts.map((one) => one.textContent.trim()).filter(Boolean);
}

/** A voice for the language of the page: one from here, else one from next door, else any. */
function voice() {
  if (!window.speechSynthesis) return null;
  const language = document.documentElement.lang;
  // A voice of the phone's own works without a signal, and tells nobody what is read.
  const rank = (one) => PREFERRED.indexOf(one.lang.replace("_", "-")) + (one.localService ? 9 : 0);
  const able = speechSynthesis.getVoices().filter((one) => one.lang.slice(0, 2).toLowerCase() === language);
  return able.sort((one, other) => rank(other) - rank(one))[0] || null;
}

// The later, the better.
const PREFERRED = ["es-MX", "es-US", "en-US"];
