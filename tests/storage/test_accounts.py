"""Accounts on both databases: attempts are counted by whoever asks, links work once."""

from datetime import datetime, timedelta

import pytest

from survey.administration import staff
from survey.administration.staff import ATTEMPTS, LINK_LASTS, LOCK_LASTS, StaffProblem, StaffRefused
from survey.storage import accounts, sites
from survey.storage.accounts import StaffRole
from survey.storage.sites import Site
from survey.storage.tables import SignInLinkRow

NOW = datetime(2026, 11, 12, 17, 30)  # noqa: DTZ001 - stored without a zone
EMAIL = "ana@north.example"


@pytest.fixture
def account(store):
    with store.writing() as db:
        sites.put(db, (Site(0, "north", "North"), Site(0, "south", "South")))
    return staff.add(store, EMAIL, StaffRole.SITE, ["north"])


def fail(store, times, at=NOW):
    return [staff.begin_attempt(store, EMAIL, at) for _ in range(times)]


def test_an_account_is_kept_with_its_role_and_sites(store, account):
    assert staff.everyone(store) == (account,)
    assert (account.role, account.sites, account.password) == (StaffRole.SITE, ("north",), None)


def test_an_address_is_one_account_however_it_is_written(store, account):
    with pytest.raises(StaffRefused) as refused:
        staff.add(store, f"  {EMAIL.upper()} ", StaffRole.DISTRICT)

    assert refused.value.problem is StaffProblem.ALREADY_THERE


@pytest.mark.parametrize(
    ("wanted", "problem"),
    [
        (("no address", StaffRole.DISTRICT, []), StaffProblem.NO_ADDRESS),
        (("a@b", StaffRole.DISTRICT, []), StaffProblem.NO_ADDRESS),
        (("a\x00b@c.example\n", StaffRole.SITE, []), StaffProblem.NO_SITE),
        (("<b>@c.example", StaffRole.DISTRICT, []), StaffProblem.NO_ADDRESS),
        (("a" * 250 + "@c.example", StaffRole.DISTRICT, []), StaffProblem.NO_ADDRESS),
        (("b@c.example", StaffRole.SITE, []), StaffProblem.NO_SITE),
        (("b@c.example", StaffRole.SITE, ["north", "nowhere"]), StaffProblem.UNKNOWN_SITE),
        (("b@c.example", StaffRole.DISTRICT, ["north"]), StaffProblem.DISTRICT_HAS_NO_SITES),
    ],
)
def test_what_can_not_be_an_account_is_refused_and_nothing_is_stored(store, account, wanted, problem):
    with pytest.raises(StaffRefused) as refused:
        staff.add(store, *wanted)

    assert refused.value.problem is problem
    assert staff.everyone(store) == (account,)


def test_a_link_works_once(store, account):
    token = staff.new_link(store, EMAIL, NOW)

    assert staff.use_link(store, token, NOW).email == EMAIL
    assert staff.use_link(store, token, NOW) is None


def test_looking_at_a_link_uses_nothing_up(store, account):
    token = staff.new_link(store, EMAIL, NOW)

    assert staff.link_works(store, token, NOW)
    assert staff.link_works(store, token, NOW)


def test_a_link_ends_after_two_days_and_can_not_be_used_later(store, account):
    token = staff.new_link(store, EMAIL, NOW)
    late = NOW + LINK_LASTS

    assert not staff.link_works(store, token, late)
    assert staff.use_link(store, token, late) is None


def test_a_new_link_ends_the_one_before(store, account):
    first = staff.new_link(store, EMAIL, NOW)
    staff.new_link(store, EMAIL, NOW)

    assert staff.use_link(store, first, NOW) is None


def test_the_database_does_not_hold_the_link(store, account):
    token = staff.new_link(store, EMAIL, NOW)

    with store.reading() as db:
        kept = db.execute(SignInLinkRow.__table__.select()).all()

    assert token not in str(kept)


@pytest.mark.parametrize("token", ["", "x", "\udcff", "\x00", "a" * 5000])
def test_what_is_no_link_signs_nobody_in(store, account, token):
    assert not staff.link_works(store, token, NOW)
    assert staff.use_link(store, token, NOW) is None


def test_ten_attempts_may_be_tried_and_no_more(store, account):
    tried = fail(store, ATTEMPTS + 2)

    assert [one is not None for one in tried] == [True] * ATTEMPTS + [False, False]


def test_a_lock_ends_and_ten_more_may_be_tried(store, account):
    fail(store, ATTEMPTS)

    tried = fail(store, ATTEMPTS + 1, NOW + LOCK_LASTS)

    assert [one is not None for one in tried] == [True] * ATTEMPTS + [False]


def test_attempts_while_locked_do_not_make_the_lock_longer(store, account):
    fail(store, ATTEMPTS)
    fail(store, 5, NOW + LOCK_LASTS - timedelta(seconds=1))

    assert fail(store, 1, NOW + LOCK_LASTS) != [None]


def test_a_success_forgets_the_failures(store, account):
    fail(store, ATTEMPTS - 1)

    staff.attempt_succeeded(store, account)

    assert None not in fail(store, ATTEMPTS)


def test_a_link_opens_a_locked_account(store, account):
    fail(store, ATTEMPTS)

    staff.use_link(store, staff.new_link(store, EMAIL, NOW), NOW)

    assert fail(store, 1) != [None]


def test_nobody_is_tried_under_an_unknown_address(store, account):
    assert staff.begin_attempt(store, "nobody@north.example", NOW) is None
    assert staff.begin_attempt(store, "\x00", NOW) is None


def test_a_new_password_ends_sessions_links_and_failures(store, account):
    token = staff.new_link(store, EMAIL, NOW)

    changed = staff.set_password(store, account, "hash")

    assert staff.by_session_key(store, account.session_key) is None
    assert staff.by_session_key(store, changed.session_key).password == "hash"
    assert not staff.link_works(store, token, NOW)


def test_signing_out_everywhere_ends_every_session(store, account):
    staff.end_sessions(store, account)

    assert staff.by_session_key(store, account.session_key) is None


def test_removing_someone_removes_links_and_sites_with_them(store, account):
    token = staff.new_link(store, EMAIL, NOW)

    staff.remove(store, EMAIL)

    assert staff.everyone(store) == ()
    assert staff.use_link(store, token, NOW) is None
    assert staff.by_session_key(store, account.session_key) is None


def test_the_only_district_staff_is_kept_where_that_is_asked(store, account):
    staff.add(store, "d@c.example", StaffRole.DISTRICT)

    with pytest.raises(StaffRefused) as refused:
        staff.remove(store, "d@c.example", keep_one=True)
    staff.remove(store, EMAIL, keep_one=True)

    assert refused.value.problem is StaffProblem.LAST_OF_DISTRICT
    assert [one.email for one in staff.everyone(store)] == ["d@c.example"]


def test_someone_unknown_can_be_neither_removed_nor_given_a_link(store, account):
    with pytest.raises(StaffRefused):
        staff.remove(store, "nobody@north.example")
    with pytest.raises(StaffRefused):
        staff.new_link(store, "nobody@north.example", NOW)


def test_staff_of_several_sites_is_kept_with_all_of_them(store, account):
    staff.add(store, "both@c.example", StaffRole.SITE, ["south", "north", "south"])

    with store.reading() as db:
        assert accounts.find(db, "both@c.example").sites == ("north", "south")
