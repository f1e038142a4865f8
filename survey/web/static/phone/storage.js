// What the phone keeps: texts under names. Where it may not keep anything, nothing here fails.

const OURS = "puente.";

/** The text under this name; null where there is none, or where nothing can be kept. */
export function read(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

/** Keep the text; false where the phone has no room or does not let us. */
export function write(name, text) {
  try {
    localStorage.setItem(name, text);
    return true;
  } catch {
    return false;
  }
}

/** Keep nothing under this name. */
export function erase(name) {
  try {
    localStorage.removeItem(name);
  } catch {
    // What can not be kept is not there.
  }
}

/** The names that begin so, of everything this site keeps. */
export function names(start = OURS) {
  try {
    return Object.keys(localStorage).filter((name) => name.startsWith(start));
  } catch {
    return [];
  }
}

/** Whether anything can be kept at all. */
export function canStore() {
  const name = OURS + "try";
  const could = write(name, "1");
  erase(name);
  return could;
}
