// What the phone keeps: texts under names. Where it may not keep anything, nothing here fails.
//
// In IndexedDB, not in localStorage: Chromium writes that to the disk once a minute (measured: a dead battery takes
// up to 55 seconds of answers along, and what was erased is back), and this at once. Everything is read when the page
// begins, so that nothing afterwards waits for the disk; pages of this site tell each other what they change.

const OURS = "puente.";
const SHELF = "kept";
// A browser that does not answer, or may not keep anything, must not keep a family waiting.
const SLOWEST = 3000;

const texts = new Map();
const others = "BroadcastChannel" in self ? new BroadcastChannel("puente") : null;
let shelf = null;
let hasRoom = true;
let isLate = false;
let transaction = null;
let written = Promise.resolve(true);

/** Resolves, always, when what the phone keeps can be read. */
export function ready() {
  const limit = new Promise((done) => setTimeout(done, SLOWEST)).then(() => (isLate = true));
  return Promise.race([openedShelf().then(takeUp).catch(() => null), limit]);
}

/** The text under this name; null where there is none, or where nothing can be kept. */
export function read(name) {
  return shelf ? texts.get(name) ?? null : inLocal((local) => local.getItem(name), null);
}

/** Keep the text; false where the phone does not let us, or had no room when last asked. */
export function write(name, text) {
  if (!shelf) return inLocal((local) => (local.setItem(name, text), true), false);
  putAway((store) => store.put(text, name), { name, text });
  return hasRoom;
}

/** Keep nothing under this name. */
export function erase(name) {
  if (!shelf) inLocal((local) => local.removeItem(name));
  else if (texts.has(name)) putAway((store) => store.delete(name), { name, text: null });
}

/** The names that begin so, of everything this site keeps. */
export function names(start = OURS) {
  const all = shelf ? [...texts.keys()] : inLocal((local) => Object.keys(local), []);
  return all.filter((name) => name.startsWith(start));
}

/** Whether anything can be kept at all. */
export function canStore() {
  if (shelf) return hasRoom;
  const name = OURS + "try";
  const could = write(name, "1");
  erase(name);
  return could;
}

/** Resolves when everything is on the disk that was to be kept or erased: true, or false where the last had no room. */
export function settled() {
  return written;
}

function openedShelf() {
  return new Promise((done, failed) => {
    const opening = indexedDB.open("puente", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(SHELF);
    opening.onsuccess = () => done(opening.result);
    opening.onerror = opening.onblocked = failed;
  });
}

async function takeUp(database) {
  await takeUpAgain(database);
  // What was begun elsewhere stays where it is.
  if (isLate) return;
  shelf = database;
  // Somebody has cleared what this site keeps: it is gone, and what comes is kept elsewhere.
  database.onclose = () => (shelf = null);
  if (others) others.onmessage = ({ data }) => noteChange(data);
  bringHome();
  // A page that comes back from the browser's memory has heard nothing in the meantime.
  addEventListener("pageshow", (event) => event.persisted && shelf && takeUpAgain(shelf).catch(() => null));
}

/** What a page had to keep elsewhere, since this was slow to open, is kept here from now on. */
async function bringHome() {
  const away = inLocal((local) => Object.keys(local).filter((name) => name.startsWith(OURS)), []);
  for (const name of away) if (!texts.has(name)) write(name, inLocal((local) => local.getItem(name), ""));
  if (away.length && (await settled())) for (const name of away) inLocal((local) => local.removeItem(name));
}

async function takeUpAgain(database) {
  const store = database.transaction(SHELF).objectStore(SHELF);
  const [found, all] = await Promise.all([resultOf(store.getAllKeys()), resultOf(store.getAll())]);
  const now = new Map(found.map((name, at) => [name, all[at]]));
  for (const name of new Set([...texts.keys(), ...now.keys()])) noteChange({ name, text: now.get(name) ?? null });
}

function resultOf(request) {
  return new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = failed;
  });
}

/** Take over what another page has changed, and say so as the browser does for localStorage. */
function noteChange({ name, text }) {
  const before = texts.get(name) ?? null;
  if (before === text) return;
  if (text === null) texts.delete(name);
  else texts.set(name, text);
  if (shelf) dispatchEvent(new StorageEvent("storage", { key: name, oldValue: before, newValue: text }));
}

function putAway(ask, changed) {
  if (changed.text === null) texts.delete(changed.name);
  else texts.set(changed.name, changed.text);
  try {
    ask(openTransaction().objectStore(SHELF));
  } catch {
    hasRoom = false;
  }
  if (others) others.postMessage(changed);
}

/** One transaction for everything that is changed in one go: all of it is kept, or none. */
function openTransaction() {
  if (transaction) return transaction;
  const mine = (transaction = shelf.transaction(SHELF, "readwrite"));
  written = new Promise((done) => {
    mine.oncomplete = () => done((hasRoom = true));
    mine.onabort = () => done((hasRoom = false));
  });
  queueMicrotask(() => {
    transaction = null;
    // A page that is killed a moment later has said everything.
    if (mine.commit) mine.commit();
  });
  return mine;
}

function inLocal(task, otherwise) {
  try {
    return task(localStorage);
  } catch {
    return otherwise;
  }
}
