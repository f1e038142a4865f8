"""The link under which a survey can be seen before it opens: the real page, which stores nothing."""

import hmac

from flask import abort, request, url_for
from itsdangerous import Signer

from survey.storage.sites import Site
from survey.storage.windows import Window
from survey.web.family.places import Place
from survey.web.services import services


def preview_url(window: Window, site: Site, language: str) -> str:
    """The link to give: whoever has it sees the survey of this window at this site, before and after it opens."""
    return url_for(
        "family.preview_page",
        site=site.slug,
        survey=window.survey,
        w=window.id,
        p=_token(window, site),
        l=language,
    )


def previewed(place: Place, survey: str) -> Window:
    """The window that this request's link was made for; 404 for any other link."""
    window = place.served(survey, request.args.get("w", 0, int))
    given = request.args.get("p", "")
    if window is None or not hmac.compare_digest(_token(window, place.site).encode(), given.encode()):
        abort(404)
    return window


def _token(window: Window, site: Site) -> str:
    signer = Signer(services().settings.secret, salt="preview")
    return signer.get_signature(f"{window.id}/{site.slug}").decode()
