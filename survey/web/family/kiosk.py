"""Surveys on a device of the school: the address that begins one, for a liaison's phone or a tablet at the office."""

import hmac
from dataclasses import replace

from flask import abort, request, url_for
from itsdangerous import Signer

from survey.storage.sites import Site
from survey.storage.windows import Window
from survey.web.family.places import Place
from survey.web.services import services


def address(window: Window, site: Site, language: str) -> str:
    """The page that begins a survey of this window at this site, anew each time it is opened.

    Nobody has to be signed in to open it; it takes surveys for as long as the window is open.
    """
    return url_for(
        "family.survey", site=site.slug, survey=window.survey, k=signature(window, site), l=language
    )


def signature(window: Window, site: Site) -> str:
    """What the address of a kiosk carries, which only this installation can have made: ``?k=``."""
    signer = Signer(services().settings.secret, salt="kiosk")
    return f"{window.id}.{signer.get_signature(f'{window.id}/{site.slug}').decode()}"


def is_asked_for() -> bool:
    """Whether this request is for the page of a kiosk."""
    return "k" in request.args


def entered(place: Place, survey: str) -> tuple[Place, Window]:
    """The place and the window that this request's address was made for; 404 for any other address."""
    given = request.args["k"]
    number = given.partition(".")[0]
    window = next((w for w in place.windows if str(w.id) == number and w.survey == survey), None)
    if window is None or not _is_signed(window, place.site, given):
        abort(404)
    return on_kiosk(place), window


def still(place: Place, window: Window) -> Place:
    """The place as this request's address has it: on a device of the school, if it was signed for one."""
    return on_kiosk(place) if _is_signed(window, place.site, request.args.get("k", "")) else place


def on_kiosk(place: Place) -> Place:
    """The same place, as it is met on a device of the school."""
    return replace(place, on_kiosk=True)


def _is_signed(window: Window, site: Site, given: str) -> bool:
    return hmac.compare_digest(signature(window, site).encode(), given.encode())
