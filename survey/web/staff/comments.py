"""What families wrote: read and marked by the district after sealing, and seen by a school where it may be."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from survey.releases import comments as store_of_words
from survey.releases.comments import Comment
from survey.storage import windows
from survey.storage.windows import Window
from survey.web.language import current
from survey.web.services import services
from survey.web.staff.access import Access, me, page, site_here, window_here
from survey.web.staff.spoken import ngettext
from survey.web.staff.windows import shown


@page("/windows/<int:window_id>/comments", Access.SIGNED_IN)
def comments(window_id: int) -> ResponseReturnValue:
    """The schools of a sealed window whose comments one may read."""
    window = window_here(window_id)
    found = services()
    readable = store_of_words.readable_sites(found.store, window.name, found.settings.minimum_group)
    seen = [site for site in readable if me().may_see(site.slug)]
    return render_template(
        "staff/comments.html", shown=shown(window), schools=seen, minimum=found.settings.minimum_group
    )


@page("/windows/<int:window_id>/sites/<slug>/comments", Access.SIGNED_IN)
def site_comments(window_id: int, slug: str) -> ResponseReturnValue:
    """A school's comments: all of them for the district, those marked as shown for the school."""
    window = window_here(window_id)
    site = site_here(window, slug)
    found = services()
    read = store_of_words.of_site if me().is_district else store_of_words.shown_to_site
    words = read(found.store, window.name, site.slug, found.settings.minimum_group)
    return render_template(
        "staff/site_comments.html",
        shown=shown(window),
        site=site,
        questions=_by_question(window, words or ()),
        is_readable=words is not None,
        total=len(words or ()),
        undecided=sum(comment.shown is None for comment in words or ()),
        minimum=found.settings.minimum_group,
    )


@page("/windows/<int:window_id>/sites/<slug>/comments/mark", Access.DISTRICT, methods=("POST",))
def mark_comments(window_id: int, slug: str) -> ResponseReturnValue:
    """Decide for each comment on the page whether the school may see it; those left open stay undecided."""
    window = window_here(window_id)
    site = site_here(window, slug)
    found = services()
    decisions = {
        key: decision == "show"
        for name, decision in request.form.items()
        if decision in ("show", "keep") and (key := _key(name)) is not None
    }
    marked = store_of_words.mark_all(
        found.store, window.name, site.slug, decisions, found.settings.minimum_group
    )
    flash(ngettext("%(num)s decision is stored.", "%(num)s decisions are stored.", marked))
    return redirect(url_for("staff.site_comments", window_id=window.id, slug=site.slug), 303)


def _by_question(window: Window, words: tuple[Comment, ...]) -> list[tuple[str, list[Comment]]]:
    """Comments under the question they answer, in the order of the survey; within one, as they were shuffled."""
    with services().store.reading() as db:
        instrument = windows.instrument(db, window)
    texts = {item.id: item.text[current()] for item in instrument.items()}
    order = {item_id: place for place, item_id in enumerate(texts)}
    items = sorted({comment.item for comment in words}, key=lambda item: order.get(item, len(order)))
    return [(texts.get(item, item), [c for c in words if c.item == item]) for item in items]


def _key(name: str) -> UUID | None:
    try:
        return UUID(name)
    except ValueError:
        return None
