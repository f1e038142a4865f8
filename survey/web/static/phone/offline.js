// Opening without a signal: the blank page and its module are handed to the worker, once something is answered.

/** {language, html} of the page before anything on it is changed; nothing where it holds answers. */
export const blankPage = blankHtml();
let isHanded = false;

/** Have the worker keep this survey in both languages; to be called whenever an answer is given, does it once. */
export function keepForOffline() {
  if (isHanded || !isKeepable()) return;
  isHanded = true;
  // Where the worker did not come, it is asked for again with the next answer.
  handOver().catch(() => (isHanded = false));
}

function isKeepable() {
  const isSurvey = /^\/s\/[^/]+\/[^/]+$/.test(location.pathname) && document.querySelector("#f[data-window]");
  return isSurvey && "serviceWorker" in navigator && !new URLSearchParams(location.search).has("k");
}

async function handOver() {
  const { serviceWorker } = navigator;
  await serviceWorker.register("/worker.js", { scope: "/s/" });
  const { active } = await serviceWorker.ready;
  const module = document.querySelector("script[type=module]").src;
  active.postMessage({ path: location.pathname, module, ...blankPage });
}

/** The page as it came, if nobody had answered anything on it: what is kept must hold no answer. */
function blankHtml() {
  const form = document.getElementById("f");
  const marked = "[checked], [autofocus], [name=another]";
  if (!form || form.querySelector(marked)) return {};
  if ([...form.querySelectorAll("textarea")].some((box) => box.defaultValue)) return {};
  const html = "<!doctype html>\n" + document.documentElement.outerHTML;
  return { language: document.documentElement.lang, html };
}
