// The words of the module: the page brings them along, in its language.

let said = null;

/** Read the words of this page, or of one that is about to take its place. */
export function learnWords(page = document) {
  said = JSON.parse(page.getElementById("words").textContent);
}

/** The words under this name, with each {place} filled in. */
export function word(name, values = {}) {
  if (!said) learnWords();
  return (said[name] || "").replace(/\{(\w+)\}/g, (all, place) => (place in values ? values[place] : all));
}
