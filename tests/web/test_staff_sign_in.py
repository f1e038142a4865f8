"""Signing in: links, passwords, locks, and what an attacker would try first."""

import re
import time

import builders_staff
import pytest
from builders_staff import DISTRICT, ROBLES, is_signed_in, nobody, signed_in, store_of
from flask_security import verify_password

from survey.administration import staff
from survey.administration.staff import ATTEMPTS
from survey.web.staff import passwords
from survey.web.staff.access import is_safe_to_return_to

PASSWORD = "cuatro palabras sin relación"


@pytest.fixture
def settings(sqlite_database):
    from survey.settings import Settings

    return Settings(database_url=sqlite_database, secret_key="a secret for tests, and for nothing else")


@pytest.fixture
def app(settings):
    with builders_staff.serving(settings) as app:
        yield app


def with_password(app, email=DISTRICT):
    browser = signed_in(app, email)
    answer = browser.post("/staff/account", {"password": PASSWORD})
    assert answer.status_code == 302, answer.text
    return browser


def try_password(app, email, password, browser=None, **more):
    return (browser or nobody(app)).post("/staff/sign-in", {"email": email, "password": password, **more})


def test_a_link_signs_in_when_its_button_is_pressed_not_when_it_is_opened(app):
    token = staff.new_link(store_of(app), ROBLES, staff.utc_now())
    browser = nobody(app)

    opened = browser.get(f"/staff/link/{token}")
    assert opened.status_code == 200
    assert not is_signed_in(browser)

    browser.post(f"/staff/link/{token}")
    assert is_signed_in(browser)


def test_a_used_link_says_so_on_a_page_of_its_own(app):
    token = staff.new_link(store_of(app), ROBLES, staff.utc_now())
    nobody(app).post(f"/staff/link/{token}")

    again = nobody(app)
    assert again.get(f"/staff/link/{token}").status_code == 410
    answer = again.post(f"/staff/link/{token}")

    assert answer.status_code == 410
    assert "does not work any more" in answer.text
    assert not is_signed_in(again)


def test_a_link_can_not_be_pressed_from_another_site(app):
    token = staff.new_link(store_of(app), ROBLES, staff.utc_now())

    answer = nobody(app).client.post(f"/staff/link/{token}")

    assert answer.status_code == 400
    assert staff.link_works(store_of(app), token, staff.utc_now())


def test_the_first_link_leads_to_setting_a_password_and_later_ones_home(app):
    token = staff.new_link(store_of(app), ROBLES, staff.utc_now())
    assert nobody(app).post(f"/staff/link/{token}").location == "/staff/account"

    with_password(app, ROBLES)
    token = staff.new_link(store_of(app), ROBLES, staff.utc_now())
    assert nobody(app).post(f"/staff/link/{token}").location == "/staff/"


def test_a_password_signs_in_afterwards(app):
    with_password(app)
    browser = nobody(app)

    answer = try_password(app, f" {DISTRICT.upper()}", PASSWORD, browser)

    assert answer.location == "/staff/"
    assert is_signed_in(browser)


def test_a_password_is_stored_as_argon2_and_nowhere_in_the_cookie(app):
    browser = with_password(app)
    kept = staff.everyone(store_of(app))[0].password

    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert kept not in str(browser.client._cookies)


@pytest.mark.parametrize(
    "password", ["", "fourteen chars", "x" * 201, "abababababababab", f"{DISTRICT}", f"1{DISTRICT}!"]
)
def test_a_short_or_guessable_password_is_refused_and_the_old_one_stays(app, password):
    browser = signed_in(app, DISTRICT)

    answer = browser.post("/staff/account", {"password": password})

    assert answer.status_code == 422
    assert staff.everyone(store_of(app))[0].password is None


def test_changing_a_password_asks_for_the_present_one(app):
    with_password(app)
    browser = nobody(app)
    try_password(app, DISTRICT, PASSWORD, browser)
    before = staff.everyone(store_of(app))[0].password

    refused = browser.post("/staff/account", {"password": PASSWORD + " nueva", "present": "a guess of mine"})
    assert refused.status_code == 422
    assert staff.everyone(store_of(app))[0].password == before

    browser.post("/staff/account", {"password": PASSWORD + " nueva", "present": PASSWORD})
    assert staff.everyone(store_of(app))[0].password != before


def test_a_new_password_ends_every_other_session_but_not_this_one(app):
    other = signed_in(app, DISTRICT)

    browser = with_password(app)

    assert is_signed_in(browser)
    assert not is_signed_in(other)


def answers_alike(one, other):
    def without_tokens(page):
        return re.sub(r'value="[^"]*"', "", page.text)

    return one.status_code == other.status_code and without_tokens(one) == without_tokens(other)


def test_an_unknown_account_and_a_wrong_password_are_answered_alike(app):
    with_password(app)

    wrong = try_password(app, DISTRICT, "not the password at all")
    unknown = try_password(app, "nobody@costaclara.example", "not the password at all")
    passwordless = try_password(app, ROBLES, "not the password at all")

    assert wrong.status_code == 403
    assert answers_alike(wrong, unknown)
    assert answers_alike(wrong, passwordless)


def test_an_unknown_account_costs_as_much_work_as_a_wrong_password(app):
    with_password(app)

    def work(email):
        begun = time.process_time()
        try_password(app, email, "not the password at all")
        return time.process_time() - begun

    known, unknown = min(work(DISTRICT) for _ in range(3)), min(work("x@y.example") for _ in range(3))

    assert unknown > known / 2


def test_the_hash_compared_for_nobody_costs_what_every_hash_costs(app):
    with app.app_context():
        context = app.extensions["security"].pwd_context

        assert not context.needs_update(passwords._NOBODYS)
        assert not verify_password("", passwords._NOBODYS)


def test_after_ten_wrong_passwords_the_right_one_is_refused_too_and_in_the_same_words(app):
    with_password(app)
    for _ in range(ATTEMPTS):
        wrong = staff.begin_attempt(store_of(app), DISTRICT, staff.utc_now())
    assert wrong is not None

    locked = try_password(app, DISTRICT, PASSWORD)

    assert answers_alike(locked, try_password(app, "nobody@costaclara.example", PASSWORD))
    assert is_signed_in(signed_in(app, DISTRICT))


def test_too_many_wrong_passwords_from_anywhere_are_put_off(app):
    pace = app.extensions["puente.pace"]
    for _ in range(passwords.FAILURES_A_MINUTE):
        pace._failures.hit(passwords._ALLOWED, "everybody")

    answer = try_password(app, DISTRICT, PASSWORD)

    assert answer.status_code == 429
    assert is_signed_in(signed_in(app, DISTRICT))


def test_whoever_is_put_off_has_counted_nothing_and_found_nothing_out(app):
    with_password(app)
    pace = app.extensions["puente.pace"]
    for _ in range(6):
        pace._waiting.acquire()

    answers = [try_password(app, DISTRICT, "not the password at all") for _ in range(ATTEMPTS + 1)]
    unknown = try_password(app, "nobody@costaclara.example", "not the password at all")
    for _ in range(6):
        pace._waiting.release()

    assert {answer.status_code for answer in answers} == {429}
    assert answers_alike(answers[0], unknown)
    account = next(one for one in staff.everyone(store_of(app)) if one.email == DISTRICT)
    assert (account.failures, account.locked_until) == (0, None)
    assert try_password(app, DISTRICT, PASSWORD).status_code == 302


def test_the_time_that_is_rounded_up_holds_the_look_into_the_database(app, monkeypatch):
    clock, slept = [1000.0], []
    monkeypatch.setattr(time, "monotonic", lambda: clock[0])
    monkeypatch.setattr(time, "sleep", slept.append)

    def look():
        clock[0] += 0.1

    with app.app_context():
        assert passwords.judged("not the password at all", look) is None

    assert slept == [pytest.approx(0.15)]


def test_signing_in_starts_a_session_anew(app):
    browser = nobody(app)
    before = browser.token()
    link = staff.new_link(store_of(app), ROBLES, staff.utc_now())
    browser.client.post(f"/staff/link/{link}", data={"csrf_token": before})

    assert is_signed_in(browser)
    assert browser.client.post("/staff/sign-out", data={"csrf_token": before}).status_code == 400


def test_signing_out_ends_every_session_of_the_account_and_of_nobody_else(app):
    one, two, other = signed_in(app, ROBLES), signed_in(app, ROBLES), signed_in(app, DISTRICT)

    one.post("/staff/sign-out")

    assert (is_signed_in(one), is_signed_in(two), is_signed_in(other)) == (False, False, True)


def test_a_copied_cookie_is_worth_nothing_after_signing_out(app):
    browser, thief = signed_in(app, ROBLES), nobody(app)
    copied = browser.client.get_cookie("puente").value
    thief.client.set_cookie("puente", copied)
    assert is_signed_in(thief)

    browser.post("/staff/sign-out")

    thief.client.set_cookie("puente", copied)
    assert not is_signed_in(thief)


def test_a_session_is_worth_nothing_after_half_a_day(app, monkeypatch):
    browser = signed_in(app, ROBLES)
    later = time.time() + 12 * 3600 + 1
    monkeypatch.setattr(time, "time", lambda: later)

    assert not is_signed_in(browser)


def test_a_session_that_is_written_again_and_again_ends_all_the_same(app, monkeypatch):
    browser, begun = signed_in(app, ROBLES), time.time()
    for hours in (4, 8, 11.9):
        monkeypatch.setattr(time, "time", lambda hours=hours: begun + hours * 3600)
        browser.post("/staff/language", {"l": "en"})
        assert is_signed_in(browser)

    monkeypatch.setattr(time, "time", lambda: begun + 12 * 3600 + 1)

    assert not is_signed_in(browser)
    assert browser.get("/staff/sign-in").status_code == 200


def test_whoever_is_removed_is_signed_out_at_once(app):
    browser = signed_in(app, ROBLES)

    staff.remove(store_of(app), ROBLES)

    assert not is_signed_in(browser)


def test_a_page_asked_for_is_shown_after_signing_in(app):
    with_password(app)
    browser = nobody(app)
    asked = browser.get("/staff/account?x=1")
    assert asked.location == "/staff/sign-in?next=/staff/account?x%3D1"

    answer = try_password(app, DISTRICT, PASSWORD, browser, next="/staff/account?x=1")

    assert answer.location == "/staff/account?x=1"


@pytest.mark.parametrize(
    "path",
    [
        "",
        "//evil.example",
        "https://evil.example/staff/",
        "/\\evil.example",
        "/staff/\\evil.example",
        "/staff//evil.example",
        "/staff/\nSet-Cookie: a=b",
        "/staff/?next=//evil.example",
        "/staffevil.example",
        "javascript:alert(1)//staff/",
        "/s/los-robles",
        "@evil.example/staff/",
    ],
)
def test_nobody_is_sent_elsewhere_after_signing_in(path):
    assert not is_safe_to_return_to(path)


@pytest.mark.parametrize("path", ["/staff/", "/staff/windows/3/sites/los-robles?by=language", "/staff/a%20b"])
def test_a_staff_page_can_be_returned_to(path):
    assert is_safe_to_return_to(path)


def test_a_host_header_does_not_find_its_way_into_an_answer(app):
    for path in ("/staff/", "/staff/sign-in"):
        answer = app.test_client().get(path, headers={"Host": "evil.example"})

        assert "evil.example" not in answer.text + str(answer.headers)


def test_a_form_without_its_token_changes_nothing(app):
    browser = signed_in(app, ROBLES)

    answer = browser.client.post("/staff/sign-out")

    assert answer.status_code == 400
    assert is_signed_in(browser)


def test_a_token_of_another_session_is_refused(app):
    browser, attacker = signed_in(app, ROBLES), signed_in(app, DISTRICT)

    answer = browser.client.post("/staff/sign-out", data={"csrf_token": attacker.token()})

    assert answer.status_code == 400


def cookie(answer):
    return next(value for name, value in answer.headers if name == "Set-Cookie")


def test_the_cookie_can_be_read_by_no_script_and_goes_with_the_browser(app):
    set_by = cookie(app.test_client().get("/staff/sign-in"))

    assert set_by.startswith("puente=")
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(set_by.split("; "))
    assert "Expires" not in set_by
    assert "Domain" not in set_by


def test_over_https_the_cookie_is_bound_to_this_host(settings):
    bound = settings.model_copy(update={"public_url": "https://survey.example.org"})

    with builders_staff.serving(bound) as app:
        set_by = cookie(app.test_client().get("/staff/sign-in"))

    assert set_by.startswith("__Host-puente=")
    assert "Secure" in set_by
    assert "Domain" not in set_by


def test_pages_of_families_have_no_session(app):
    browser = signed_in(app, ROBLES)

    answer = browser.get("/s/los-robles")

    assert "Set-Cookie" not in answer.headers
    assert "Cookie" not in answer.headers.get("Vary", "")


def test_a_token_in_the_address_signs_nobody_in(app):
    with app.test_request_context():
        from survey.web.staff.access import Person

        person = Person(staff.everyone(store_of(app))[0])
        token = person.get_auth_token()
        answer = app.test_client().get(
            f"/staff/account?auth_token={token}", headers={"Authentication-Token": token}
        )

    assert answer.status_code == 302


def test_the_language_chosen_is_kept_in_the_session_and_through_signing_in(app):
    browser = nobody(app)
    answer = browser.post("/staff/language", {"l": "es", "next": "/staff/sign-in"})
    assert answer.location == "/staff/sign-in"

    token = staff.new_link(store_of(app), ROBLES, staff.utc_now())
    browser.post(f"/staff/link/{token}")

    assert '<html lang="es">' in browser.get("/staff/account").text


def test_an_unknown_language_or_a_foreign_page_is_ignored(app):
    browser = nobody(app)

    answer = browser.post("/staff/language", {"l": "<script>", "next": "https://evil.example"})

    assert answer.location == "/staff/"
    assert '<html lang="en">' in browser.get("/staff/sign-in").text


def test_no_staff_page_is_kept_in_a_cache(app):
    assert signed_in(app, ROBLES).get("/staff/account").headers["Cache-Control"] == "no-store"
