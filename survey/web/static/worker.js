// The worker: opens surveys that were begun on this phone where there is no signal. It keeps blank pages and the
// module only, answers nothing but what the network can not, and never touches what is sent.

const CACHE = "puente";
const SAID = "@said@";
const LANGUAGES = ["en", "es"];
// A page on the slowest net there is takes less; after it, the one that is kept is better than waiting.
const PATIENCE = 15000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => event.waitUntil(keepPages(event.data)));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (url.pathname === "/phone.js") event.respondWith(moduleOf(request));
  else if (url.pathname.startsWith("/s/")) event.respondWith(pageOf(request, url));
});

/** Keep a survey in both languages, with its module. Nothing is fetched where nothing has changed. */
async function keepPages({ path, module, language, html }) {
  const cache = await caches.open(CACHE);
  if (!(await cache.match(module))) {
    // Pages of another version need another module: all of them go.
    for (const kept of await cache.keys()) await cache.delete(kept);
    const answer = await fetch(module);
    if (!answer.ok || !/javascript/.test(answer.headers.get("Content-Type"))) return;
    await cache.put(module, answer);
  }
  const before = language && (await cache.match(addressOf(path, language)));
  if (before && withKey(await before.text(), "") === withKey(html, "")) return;
  const other = LANGUAGES.find((each) => each !== language);
  const theirs = await fetched(path, other);
  if (!theirs) return;
  // The two pages have one style, and so one policy; where they have not, this page is fetched as well.
  const isAlike = html && isSurvey(html, path, language) && styleOf(html) === styleOf(theirs.html);
  const ours = isAlike ? { html, headers: theirs.headers } : await fetched(path, language || "es");
  for (const [page, spoken] of [[theirs, other], [ours, language || "es"]]) {
    if (page) await cache.put(addressOf(path, spoken), new Response(page.html, { headers: page.headers }));
  }
}

/** A blank survey from our server; null for whatever else may have answered. */
async function fetched(path, language) {
  const answer = await fetch(addressOf(path, language), { headers: { Accept: "text/html" } });
  const html = await answer.text();
  if (!answer.ok || answer.redirected || !isSurvey(html, path, language)) return null;
  const headers = {};
  for (const name of ["Content-Type", "Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy"]) {
    if (!answer.headers.has(name)) return null;
    headers[name] = answer.headers.get(name);
  }
  return { html, headers: { ...headers, "Cache-Control": "no-store" } };
}

/** Whether this is the whole, blank page of the survey at this address. */
function isSurvey(html, path, language) {
  const [, , site] = path.split("/");
  return html.includes(`<html lang="${language}"`) && html.includes(`data-site="${site}"`)
    && html.includes('id="words"') && /<\/html>\s*$/.test(html) && !/<input[^>]* checked/.test(html);
}

async function moduleOf(request) {
  return (await caches.match(request, { cacheName: CACHE })) || fetch(request);
}

/** The page from the network; without one, the page that is kept, or what else there is. */
async function pageOf(request, url) {
  const kept = await keptFor(url);
  try {
    if (!kept) return await fetch(request);
    const answer = await within(PATIENCE, fetch(request));
    if (answer.status >= 500) return kept;
    await forgetClosed(url, answer.clone());
    return answer;
  } catch (failure) {
    if (kept) return kept;
    if (request.mode !== "navigate") throw failure;
    return withoutSignal(url);
  }
}

/** A survey that is over, as our own page says, can not be begun any more. */
async function forgetClosed(url, answer) {
  const html = await answer.text();
  if (!html.includes('id="words"') || html.includes('id="f"')) return;
  const cache = await caches.open(CACHE);
  for (const language of LANGUAGES) await cache.delete(addressOf(url.pathname, language));
}

/** The survey that is kept for this address, in its language or the phone's, with a key that nobody has used. */
async function keptFor(url) {
  if (!/^\/s\/[^/]+\/[^/]+\/?$/.test(url.pathname) || url.searchParams.has("k")) return null;
  const cache = await caches.open(CACHE);
  const kept = await cache.match(addressOf(url.pathname.replace(/\/$/, ""), spokenIn(url)));
  if (!kept) return null;
  const html = await kept.text();
  const key = self.crypto.randomUUID ? crypto.randomUUID() : null;
  return new Response(key ? withKey(html, key) : html, { headers: kept.headers });
}

/** What there is all the same: the survey that is kept of this school, or that there is no signal, in both languages. */
async function withoutSignal(url) {
  const cache = await caches.open(CACHE);
  const pages = (await cache.keys()).map((kept) => new URL(kept.url)).filter((kept) => kept.pathname.startsWith("/s/"));
  const spoken = spokenIn(url);
  const here = pages.find((kept) => kept.pathname.startsWith(url.pathname + "/") && spokenIn(kept) === spoken);
  if (/^\/s\/[^/]+$/.test(url.pathname) && here) return Response.redirect(here.href, 302);
  // The browser says so itself where nothing is kept.
  if (!pages.length) return Response.error();
  const like = await cache.match(pages[0].href);
  const style = styleOf(await like.text());
  let main = "";
  for (const language of [spoken, LANGUAGES.find((each) => each !== spoken)]) {
    const { title, text, again } = SAID[language];
    main += `<section lang="${language}"><h${main ? 2 : 1}>${title}</h${main ? 2 : 1}><p>${text}</p>`
      + `<p><a class="b" href="">${again}</a></p></section>`;
  }
  const head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">';
  const html = `<!doctype html><html lang="${spoken}"><head>${head}<title>${SAID[spoken].title}</title>`
    + `<style>${style}</style></head><body><main>${main}</main></body></html>`;
  return new Response(html, { headers: like.headers });
}

function within(limit, promise) {
  return Promise.race([promise, new Promise((_, fail) => setTimeout(fail, limit))]);
}

function addressOf(path, language) {
  return `${path}?l=${language}`;
}

function spokenIn(url) {
  const asked = url.searchParams.get("l");
  return LANGUAGES.includes(asked) ? asked : navigator.language.startsWith("es") ? "es" : "en";
}

function styleOf(html) {
  return (/<style>([^]*?)<\/style>/.exec(html) || ["", ""])[1];
}

function withKey(html, key) {
  return html.replace(/(name="key" value=")[^"]*/, "$1" + key);
}
