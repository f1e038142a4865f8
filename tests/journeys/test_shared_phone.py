"""A phone that a family lends: after the receipt nothing of the survey is left on it, in two kinds of browser."""

import json
import shutil
import subprocess
from contextlib import contextmanager, suppress

import builders_family as built
import pytest
import webkit
from playwright.sync_api import Error

from survey.web import create_app

pytestmark = pytest.mark.browser

CANARY = "zanahorias-7361"
CHOSEN = {"eng.01": "3", "eng.08": "0", "eng.20": "event", "demo.home_language": "en_es"}

# A browser, how pages come to it, and whether their scripts run. WebKit keeps our pages behind only where they come
# in the clear, Chromium only without the module: the others are tried because families have them.
KEEPING = [("chromium", "https", False), ("webkit", "http", True)]
OTHERS = [("chromium", "https", True), ("webkit", "https", True), ("webkit", "https", False)]

# Everything a page can reach: itself, what stands in its fields, and every store a browser has.
EVERYTHING = """
if (!location.protocol.startsWith("http")) return {page: document.documentElement.outerHTML, address: location.href};
const found = {page: document.documentElement.outerHTML, address: location.href, state: history.state,
  fields: [...document.querySelectorAll("textarea, :checked")].map(field => field.value).filter(Boolean),
  cookies: document.cookie, local: {...localStorage}, session: {...sessionStorage}, caches: {}, databases: {}};
return (async () => {
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys())
      found.caches[request.url] = await (await cache.match(request)).text();
  }
  for (const {name} of await indexedDB.databases()) {
    found.databases[name] = await new Promise((done, failed) => {
      const opening = indexedDB.open(name);
      opening.onerror = failed;
      opening.onsuccess = async () => {
        const all = [];
        for (const store of opening.result.objectStoreNames)
          all.push(await new Promise(got => {
            opening.result.transaction(store).objectStore(store).getAll().onsuccess = e => got(e.target.result);
          }));
        done(all);
      };
    });
  }
  return found;
})();
"""


class Chromium:
    """A page of Chromium, driven as the one of WebKit is."""

    def __init__(self, page):
        self._page = page

    def open(self, address):
        self._page.goto(address)

    def back(self):
        with suppress(Error):  # what answered a post is not shown again unasked
            self._page.go_back(wait_until="commit")
        self._page.locator("body").wait_for(state="attached")

    def reload(self):
        self._page.reload()

    def script(self, text):
        return self._page.evaluate(f"() => {{{text}}}")

    def press(self, css):
        self._page.locator(css).locator("visible=true").first.click()

    def until(self, claim):
        self._page.wait_for_function(f"() => {claim}")


@pytest.fixture
def app(sqlite_database):
    app = create_app(built.settings_of(sqlite_database))
    store = app.extensions["puente"].store
    built.a_school(store)
    built.both_surveys(store)
    yield app
    store.close()


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate of our own: browsers treat pages that came in the clear differently."""
    if shutil.which("openssl") is None:
        pytest.skip("no openssl to make a certificate with")
    folder = tmp_path_factory.mktemp("certificate")
    made = (folder / "certificate.pem", folder / "key.pem")
    command = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
    ]
    names = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-days", "2"]
    subprocess.run([*command, *names, "-out", made[0], "-keyout", made[1]], check=True, capture_output=True)
    return made


@pytest.fixture
def scripts(request):
    return request.node.callspec.params["phone"][2]


@pytest.fixture
def school(request, app, certificate):
    scheme = request.node.callspec.params["phone"][1]
    with built.serving(app, certificate if scheme == "https" else None) as port:
        yield f"{scheme}://127.0.0.1:{port}/s/los-robles"


@pytest.fixture
def phone(request, scripts):
    """A phone's browser that keeps pages behind as families' do."""
    if request.param[0] == "webkit":
        missing = webkit.missing()
        if missing:
            pytest.skip(missing)
        with webkit.opened(scripts=scripts) as page:
            yield page
    else:
        with chromium(request, scripts=scripts) as page:
            yield page


@contextmanager
def chromium(request, *, scripts):
    browser_type = request.getfixturevalue("browser_type")
    arguments = request.getfixturevalue("browser_type_launch_args")
    # The tests' browser never keeps a page behind; families' browsers do.
    arguments = arguments | {"args": [*arguments["args"], "--ignore-certificate-errors"]}
    browser = browser_type.launch(**arguments, ignore_default_args=["--disable-back-forward-cache"])
    context = browser.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=scripts)
    yield Chromium(context.new_page())
    browser.close()


@pytest.mark.parametrize("phone", KEEPING + OTHERS, indirect=True, ids=str)
def test_after_the_receipt_nothing_of_a_survey_is_left_and_another_draft_is(phone, school, scripts):
    began_another(phone, school)
    phone.open(f"{school}/engagement?l=en")
    choose(phone, CHOSEN)
    phone.script(f"""const box = document.querySelector("[name='eng.30']"); box.value = "{CANARY}";
      for (const type of ["input", "change"]) box.dispatchEvent(new Event(type, {{bubbles: true}}));""")
    phone.press("[name=lang]")
    phone.until("document.documentElement.lang === 'es'")
    assert CANARY in phone.script(EVERYTHING)["fields"]
    phone.script("document.querySelector('#send .go').click()")
    phone.until("document.querySelector('main .got h1')")

    left = [phone.script(EVERYTHING)]
    phone.reload()
    left.append(phone.script(EVERYTHING))
    for _ in range(15):
        phone.back()
        if phone.script("return location.href") == "about:blank":
            break
        left.append(phone.script(EVERYTHING))
    phone.open(f"{school}/engagement?l=en")
    left.append(phone.script(EVERYTHING))

    assert phone.script("return location.href").endswith("/engagement?l=en")
    assert len({found["address"] for found in left}) > 2
    for found in left:
        assert CANARY not in json.dumps(found, ensure_ascii=False), found["address"]
        if "fields" not in found:
            continue
        kept = json.dumps([found[store] for store in ("local", "session", "databases", "state", "cookies")])
        assert "eng." not in kept
        assert not [url for url, text in found["caches"].items() if " checked" in text]
        if "/engagement" in found["address"]:
            assert found["fields"] == []
    if scripts:
        phone.open(f"{school}/climate?l=en")
        phone.until("document.querySelector('#drafts')")
        phone.press("#drafts .draft .go")
        assert phone.script(EVERYTHING)["fields"] == ["1"]


@pytest.mark.parametrize("phone", KEEPING, indirect=True, ids=str)
def test_the_browser_of_these_tests_keeps_pages_behind(phone, school):
    phone.open(f"{school}/climate?l=en")
    phone.script("window.here = 'still'")

    phone.open(f"{school}?l=en")
    phone.back()

    assert phone.script("return window.here") == "still"


def began_another(phone, school):
    """Somebody else answers one question of the other survey, and leaves it."""
    phone.open(f"{school}/climate?l=en")
    choose(phone, {"clim.el": "1"})


def choose(phone, answers):
    phone.until("document.querySelector('#f .foot') || !document.querySelector('.js')")
    for item, code in answers.items():
        phone.script(f"""document.querySelector("[name='{item}'][value='{code}']").click()""")
