"""Every route and method with who may use it: a route without a line here fails, and each line is tried."""

from datetime import date

import builders_releases
import builders_staff
import pytest
from builders_staff import DISTRICT, ROBLES, VISTA, nobody, signed_in, store_of
from builders_storage import a_window

from survey.administration import staff
from survey.collection.paper import Desk
from survey.settings import Settings
from survey.storage import sites
from survey.storage.accounts import StaffRole
from survey.web.staff.access import Access, access_of

# Who may use a route. SITE: the district, and the staff of the school in the address.
ANYONE, SIGNED_IN, SITE, ONLY_DISTRICT = "anyone", "signed in", "site", "district"

RELEASE = "/staff/windows/<int:window_id>/releases/<int:number>"
PAPER = "/staff/windows/<int:window_id>/sites/<slug>/paper"
TABLE = {
    ("GET", "/static/<path:filename>"): ANYONE,
    ("GET", "/favicon.ico"): ANYONE,
    ("GET", "/phone.js"): ANYONE,
    ("GET", "/worker.js"): ANYONE,
    # Families
    ("GET", "/"): ANYONE,
    ("GET", "/s"): ANYONE,
    ("GET", "/s/<site>"): ANYONE,
    ("GET", "/s/<site>/privacy"): ANYONE,
    ("GET", "/s/<site>/<survey>"): ANYONE,
    ("POST", "/s/<site>/<survey>"): ANYONE,
    ("GET", "/s/<site>/<survey>/preview"): ANYONE,
    ("POST", "/s/<site>/<survey>/preview"): ANYONE,
    # Signing in
    ("GET", "/staff/sign-in"): ANYONE,
    ("POST", "/staff/sign-in"): ANYONE,
    ("GET", "/staff/link/<token>"): ANYONE,
    ("POST", "/staff/link/<token>"): ANYONE,
    ("POST", "/staff/language"): ANYONE,
    ("GET", "/staff/account"): SIGNED_IN,
    ("POST", "/staff/account"): SIGNED_IN,
    ("POST", "/staff/sign-out"): SIGNED_IN,
    # Windows
    ("GET", "/staff/"): SIGNED_IN,
    ("GET", "/staff/windows"): SIGNED_IN,
    ("GET", "/staff/windows/<int:window_id>"): SIGNED_IN,
    ("GET", "/staff/windows/new"): ONLY_DISTRICT,
    ("POST", "/staff/windows/new"): ONLY_DISTRICT,
    ("POST", "/staff/windows/<int:window_id>/extend"): ONLY_DISTRICT,
    ("GET", "/staff/windows/<int:window_id>/close"): ONLY_DISTRICT,
    ("POST", "/staff/windows/<int:window_id>/close"): ONLY_DISTRICT,
    ("GET", "/staff/windows/<int:window_id>/participation"): SIGNED_IN,
    ("GET", "/staff/windows/<int:window_id>/codes"): ONLY_DISTRICT,
    ("POST", "/staff/windows/<int:window_id>/codes/make"): ONLY_DISTRICT,
    ("POST", "/staff/windows/<int:window_id>/codes/void"): ONLY_DISTRICT,
    # With families
    ("GET", "/staff/help"): SIGNED_IN,
    ("GET", "/staff/windows/<int:window_id>/sites/<slug>/help"): SITE,
    ("POST", "/staff/windows/<int:window_id>/sites/<slug>/hand-over"): SITE,
    ("GET", PAPER): SITE,
    ("POST", PAPER): SITE,
    ("GET", f"{PAPER}/<int:stack_id>"): SITE,
    ("POST", f"{PAPER}/<int:stack_id>"): SITE,
    ("GET", f"{PAPER}/<int:stack_id>/keying"): SITE,
    ("POST", f"{PAPER}/<int:stack_id>/keying"): SITE,
    # Releases and results
    ("GET", "/staff/results"): SIGNED_IN,
    ("GET", "/staff/windows/<int:window_id>/results"): SIGNED_IN,
    ("GET", "/staff/windows/<int:window_id>/release"): ONLY_DISTRICT,
    ("POST", "/staff/windows/<int:window_id>/release"): ONLY_DISTRICT,
    ("GET", RELEASE): SIGNED_IN,
    ("GET", f"{RELEASE}/withheld"): ONLY_DISTRICT,
    ("GET", f"{RELEASE}/district"): ONLY_DISTRICT,
    ("GET", f"{RELEASE}/district/frameworks"): ONLY_DISTRICT,
    ("GET", f"{RELEASE}/district/frameworks/<framework>"): ONLY_DISTRICT,
    ("GET", f"{RELEASE}/results.<any(csv, xlsx):kind>"): ONLY_DISTRICT,
    ("GET", f"{RELEASE}/sites/<slug>"): SITE,
    ("GET", f"{RELEASE}/sites/<slug>/frameworks"): SITE,
    ("GET", f"{RELEASE}/sites/<slug>/frameworks/<framework>"): SITE,
    ("GET", f"{RELEASE}/sites/<slug>/results.<any(csv, xlsx):kind>"): SITE,
    # Flyers and paper
    ("GET", "/staff/windows/<int:window_id>/sites/<slug>/print"): SITE,
    ("GET", "/staff/windows/<int:window_id>/sites/<slug>/print/<name>.pdf"): SITE,
    # What families wrote
    ("GET", "/staff/windows/<int:window_id>/comments"): SIGNED_IN,
    ("GET", "/staff/windows/<int:window_id>/sites/<slug>/comments"): SITE,
    ("POST", "/staff/windows/<int:window_id>/sites/<slug>/comments/mark"): ONLY_DISTRICT,
    # Setting up
    ("GET", "/staff/schools"): ONLY_DISTRICT,
    ("POST", "/staff/schools/import"): ONLY_DISTRICT,
    ("GET", "/staff/enrollment"): ONLY_DISTRICT,
    ("POST", "/staff/enrollment/import"): ONLY_DISTRICT,
    ("GET", "/staff/people"): ONLY_DISTRICT,
    ("POST", "/staff/people/add"): ONLY_DISTRICT,
    ("POST", "/staff/people/link"): ONLY_DISTRICT,
    ("GET", "/staff/people/remove"): ONLY_DISTRICT,
    ("POST", "/staff/people/remove"): ONLY_DISTRICT,
}
WHO = ("nobody", "staff of this site", "staff of another site", "district")
MAY = {
    ANYONE: WHO,
    SIGNED_IN: WHO[1:],
    SITE: ("staff of this site", "district"),
    ONLY_DISTRICT: ("district",),
}
EMAIL = {"staff of this site": ROBLES, "staff of another site": VISTA, "district": DISTRICT}
NOT_FOUND_FOR_OTHERS = {SITE}
STAFF_PAGES = [line for line in TABLE if line[1].startswith("/staff")]


@pytest.fixture(scope="module")
def app(sqlite_template, tmp_path_factory):
    import shutil

    file = tmp_path_factory.mktemp("routes") / "puente.sqlite"
    shutil.copy(sqlite_template, file)
    settings = Settings(database_url=f"sqlite:///{file}", secret_key="x" * 40, today=date(2026, 11, 12))
    with builders_staff.serving(settings) as app:
        app.released = builders_staff.released(store_of(app))
        app.open = a_window(store_of(app), builders_releases.instrument(), name="open-now")
        with store_of(app).reading() as db:
            here = sites.find(db, "los-robles")
        app.stack = Desk(store_of(app), app.open, here, date(2026, 11, 12)).begin("Monday", 3)
        yield app


@pytest.fixture(scope="module")
def browsers(app):
    return {who: signed_in(app, EMAIL[who]) if who in EMAIL else nobody(app) for who in WHO}


def address(app, rule):
    window = app.released if "releases" in rule or "results" in rule or "comments" in rule else app.open
    for part, value in {
        "<int:window_id>": window.id,
        "<int:number>": 1,
        "<int:stack_id>": app.stack.id,
        "<slug>": "los-robles",
        "<site>": "los-robles",
        "<survey>": "engagement",
        "<framework>": "fef",
        "<token>": "not-a-link",
        "<name>": "flyer-card-a4",
        "<path:filename>": "staff.css",
        "<any(csv, xlsx):kind>": "csv",
    }.items():
        rule = rule.replace(part, str(value))
    assert "<" not in rule
    return rule


def test_every_route_has_a_line_and_every_line_a_route(app):
    served = {
        (method, rule.rule)
        for rule in app.url_map.iter_rules()
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }

    assert served - TABLE.keys() == set(), "a route without a line in this table"
    assert TABLE.keys() - served == set(), "a line without a route"


def test_the_program_asks_for_what_this_table_says(app):
    needed = {ANYONE: Access.ANYONE, SIGNED_IN: Access.SIGNED_IN, SITE: Access.SIGNED_IN}
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith("/staff"):
            for method in rule.methods - {"HEAD", "OPTIONS"}:
                who = TABLE[method, rule.rule]
                assert access_of(rule.endpoint) is needed.get(who, Access.DISTRICT), rule
                assert who != SITE or "slug" in rule.arguments, rule


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize(("method", "rule"), TABLE, ids=lambda part: part)
def test_a_route_is_served_to_whom_the_table_says_and_to_nobody_else(app, browsers, method, rule, who):
    browser = leaving(app, who) if rule == "/staff/sign-out" and who in EMAIL else browsers[who]
    path = address(app, rule)

    answer = browser.get(path) if method == "GET" else browser.post(path)
    answer.close()

    asks_to_sign_in = answer.status_code == 302 and "/staff/sign-in" in answer.location
    if who in MAY[TABLE[method, rule]]:
        # Signing out leads to the page for signing in; a used link is gone; a preview needs its own link.
        assert answer.status_code not in (401, 403) or rule == "/staff/sign-in", answer.status_code
        assert answer.status_code != 404 or "preview" in rule
        assert not asks_to_sign_in or rule == "/staff/sign-out"
        assert answer.status_code < 500
    elif who == "nobody":
        assert asks_to_sign_in
    else:
        assert answer.status_code == (404 if TABLE[method, rule] in NOT_FOUND_FOR_OTHERS else 403)


@pytest.mark.parametrize("who", WHO[1:])
@pytest.mark.parametrize(
    ("method", "rule"), [line for line in STAFF_PAGES if line[0] == "POST"], ids=lambda part: part
)
def test_no_form_is_taken_without_its_token(app, browsers, method, rule, who):
    answer = browsers[who].client.post(address(app, rule))

    assert answer.status_code in ((400,) if who in MAY[TABLE[method, rule]] else (403, 404))


@pytest.mark.parametrize(
    ("method", "rule"), [line for line in STAFF_PAGES if "window_id" in line[1]], ids=lambda part: part
)
def test_a_window_at_none_of_ones_sites_is_not_there(app, browsers, method, rule):
    with store_of(app).reading() as db:
        elsewhere = sites.find(db, "mar-vista")
    window = next_window(app, elsewhere)
    path = address(app, rule).replace(f"/windows/{app.open.id}", f"/windows/{window.id}")
    path = path.replace(f"/windows/{app.released.id}", f"/windows/{window.id}")
    browser = browsers["staff of this site"]

    answer = browser.get(path) if method == "GET" else browser.post(path)

    assert answer.status_code in (403, 404)


@pytest.mark.parametrize("slug", ["nowhere", "pine", "..", "los-robles%00", "LOS-ROBLES", "canyon+pine"])
def test_a_site_is_seen_under_its_own_slug_only(app, browsers, slug):
    path = f"/staff/windows/{app.released.id}/releases/1/sites/{slug}/results.csv"

    assert browsers["staff of this site"].get(path).status_code in (403, 404)


@pytest.mark.parametrize(
    "path", ["releases/2", "releases/0", "releases/1/sites/los-robles/frameworks/nothing"]
)
def test_what_does_not_exist_is_not_found(app, browsers, path):
    assert browsers["district"].get(f"/staff/windows/{app.released.id}/{path}").status_code == 404


@pytest.mark.parametrize(
    "number",
    ["2147483648", "9223372036854775808", "9" * 5000, "-1", "\u0661"],
    ids=lambda number: number[:20],
)
@pytest.mark.parametrize("rule", [RELEASE, f"{RELEASE}/sites/<slug>/results.<any(csv, xlsx):kind>"])
def test_a_number_that_no_column_holds_is_not_found(app, browsers, rule, number):
    for part in ("<int:window_id>", "<int:number>"):
        assert browsers["district"].get(address(app, rule.replace(part, number))).status_code == 404


def test_whoever_has_no_site_sees_no_window(app):
    with store_of(app).writing() as db:
        sites.put(db, [sites.Site(0, "new", "New School")])
    staff.add(store_of(app), "new@new.example", StaffRole.SITE, ["new"])
    browser = signed_in(app, "new@new.example")

    assert browser.get(f"/staff/windows/{app.released.id}").status_code == 404
    assert "Los Robles" not in browser.get("/staff/").text
    assert "Los Robles" not in browser.get("/staff/results").text


def leaving(app, who):
    """A browser of somebody who may do as much as ``who``, and can sign out without ending others' sessions."""
    like = next(account for account in staff.everyone(store_of(app)) if account.email == EMAIL[who])
    staff.add(store_of(app), f"leaving-{like.email}", like.role, like.sites)
    return signed_in(app, f"leaving-{like.email}")


def next_window(app, site):
    """A released window at this one site."""
    if not hasattr(app, "elsewhere"):
        app.elsewhere = a_window(
            store_of(app),
            builders_releases.instrument(),
            name="elsewhere",
            opens=date(2026, 1, 1),
            closes=date(2026, 1, 31),
            sites=[site],
        )
    return app.elsewhere
