"""The addresses of the family's pages. None of them has a session, and all but one sets no cookie."""

import re

from flask import Blueprint, Response, g, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.exceptions import InternalServerError
from werkzeug.wrappers import Response as AnyResponse

from survey.storage.windows import WindowState
from survey.web import errors, language, plain
from survey.web.family import blank, kiosk, pages, places, preview, reading, sending
from survey.web.services import services

blueprint = Blueprint("family", __name__, template_folder="templates")


@blueprint.get("/")
def front() -> AnyResponse:
    """Lead on to the schools."""
    return redirect(url_for("family.schools", l=request.args.get("l")))


@blueprint.get("/s", strict_slashes=False)
def schools() -> Response:
    """The schools where a survey can be answered today; those of ``?survey=`` lead straight to it."""
    return pages.html("schools.html", places.district(request.args.get("survey")))


@blueprint.get("/s/<site>", strict_slashes=False)
def start(site: str) -> Response:
    """A school's front door: the language, and the surveys that can be answered there today."""
    with language.speaking(language.other()):
        in_other_language = _("Choose your language")
    return pages.html("start.html", places.find(site), in_other_language=in_other_language)


@blueprint.get("/s/<site>/privacy")
def privacy(site: str) -> Response:
    """What becomes known about a family that answers, and what does not."""
    return pages.html("privacy.html", places.find(site))


@blueprint.get("/s/<site>/<survey>", strict_slashes=False)
def survey(site: str, survey: str) -> Response:
    """The whole survey, or why it can not be answered today."""
    place = places.find(site)
    window = place.window(survey)
    if kiosk.is_asked_for():
        place, window = kiosk.entered(place, survey)
    if window is None:
        return errors.page(404)
    if place.state(window) is not WindowState.OPEN:
        return pages.not_open(place, window)
    return blank.survey(place, window)


@blueprint.post("/s/<site>/<survey>")
def send(site: str, survey: str) -> Response:
    """A survey that a family sends, or wants to see again in the other language."""
    posted = _posted()
    return sending.answer(places.find(site), survey, posted)


@blueprint.get("/s/<site>/<survey>/preview")
def preview_page(site: str, survey: str) -> Response:
    """The page as families will see it, for whoever was given the link."""
    place = places.find(site)
    return pages.survey(place, preview.previewed(place, survey), preview=True)


@blueprint.post("/s/<site>/<survey>/preview")
def send_preview(site: str, survey: str) -> Response:
    """A survey that was only tried: nothing is stored."""
    posted = _posted()
    place = places.find(site)
    return sending.answer_preview(place, preview.previewed(place, survey), posted)


@blueprint.errorhandler(InternalServerError)
def failed(_fault: InternalServerError) -> Response:
    """After a failure of ours: everything that was posted, to be sent again; nothing else may be at hand."""
    if "posted" not in g:
        return errors.page(500)
    district = services().settings.district_name
    fields = [(reading.readable(name), reading.readable(value)) for name, value in g.posted]
    return plain.page("family/failed.html", 503, district=district, fields=fields)


@blueprint.app_template_filter()
def dialled(phone: str) -> str:
    """The number as a phone dials it."""
    return re.sub(r"[^0-9+]", "", phone)


def _posted() -> reading.Posted:
    reading.refuse_foreign(request)
    posted = reading.read(request)
    language.use(posted.language)
    language.use(posted.switch_to)
    return posted
