"""Receipts, start tokens and the keys of imported responses: only this installation makes them, always the same."""

from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.collection import receipts

SECRET = "a secret for tests, and for nothing else"
KEY = UUID("1f0c4b7e-9d52-4a3c-8e6f-2b7a90c1d3e4")


def test_the_same_response_always_has_the_same_receipt():
    assert receipts.sign(SECRET, KEY, "fall", "pine") == receipts.sign(SECRET, KEY, "fall", "pine")


def test_a_receipt_is_signed_over_key_window_and_site():
    receipt = receipts.sign(SECRET, KEY, "fall", "pine")

    assert receipts.is_genuine(SECRET, receipt)
    assert not receipts.is_genuine("another secret", receipt)
    assert not receipts.is_genuine(SECRET, replace(receipt, window="spring"))
    assert not receipts.is_genuine(SECRET, replace(receipt, site="oak"))
    assert not receipts.is_genuine(SECRET, replace(receipt, key=UUID(int=KEY.int + 1)))
    assert not receipts.is_genuine(SECRET, replace(receipt, signature="ñ"))


def test_parts_can_not_slide_from_one_name_into_the_next():
    first, second = receipts.sign(SECRET, KEY, "fall", "pine"), receipts.sign(SECRET, KEY, "fallp", "ine")

    assert first.signature != second.signature


def test_a_start_token_is_good_for_its_window_only():
    token = receipts.start_token(SECRET, 7)

    assert receipts.has_started(SECRET, 7, token)
    assert not receipts.has_started(SECRET, 8, token)
    assert not receipts.has_started("another secret", 7, token)


@given(st.text(st.characters(codec=None)))
def test_no_string_passes_for_a_start_token_or_makes_it_raise(token):
    assert not receipts.has_started(SECRET, 7, token)


def test_a_start_token_tells_by_which_channel_the_page_came():
    by_link, by_kiosk = (receipts.served(SECRET, 7, channel) for channel in ("link", "kiosk"))

    assert receipts.channel_of(SECRET, 7, by_link.removeprefix("7.")) == "link"
    assert receipts.channel_of(SECRET, 7, by_kiosk.removeprefix("7.")) == "kiosk"
    assert by_kiosk.startswith("7.kiosk.")


@pytest.mark.parametrize(
    "forge", ["kiosk.{link}", "paper.{link}", "link.{link}", ".{link}", "{kiosk}", "kiosk..{kiosk}"]
)
def test_no_token_can_be_passed_off_as_one_of_another_channel(forge):
    tokens = {channel: receipts.start_token(SECRET, 7, channel) for channel in ("link", "kiosk")}

    assert receipts.channel_of(SECRET, 7, forge.format(**tokens)) is None


def test_an_imported_response_has_one_key_that_looks_like_any_other():
    key = receipts.import_key(SECRET, 7, "20191000012")

    assert key == receipts.import_key(SECRET, 7, "20191000012")
    assert key.version == 4
    assert key not in {receipts.import_key(SECRET, 8, "20191000012"), receipts.import_key(SECRET, 7, "2")}
