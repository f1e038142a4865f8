"""Who may sign in: the district's list of staff, with what each may see."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from survey.administration import staff as administration
from survey.administration.staff import StaffRefused
from survey.storage.accounts import StaffRole
from survey.web.services import services
from survey.web.staff.access import Access, me, my_sites, page
from survey.web.staff.links import sign_in_link
from survey.web.staff.spoken import _
from survey.web.staff.words import staff_refusal


@page("/people", Access.DISTRICT)
def people() -> ResponseReturnValue:
    """Everyone who may sign in."""
    return _people()


@page("/people/add", Access.DISTRICT, methods=("POST",))
def add_person() -> ResponseReturnValue:
    """Add someone, and show the link they first sign in with, once."""
    email = request.form.get("email", "")
    role = StaffRole.DISTRICT if request.form.get("role") == "district" else StaffRole.SITE
    slugs = request.form.getlist("site") if role is StaffRole.SITE else []
    try:
        account = administration.add(services().store, email, role, slugs)
    except StaffRefused as refused:
        return _people(problem=staff_refusal(refused), email=email, role=role.value, chosen=slugs), 422
    return _link(account.email)


@page("/people/link", Access.DISTRICT, methods=("POST",))
def link_person() -> ResponseReturnValue:
    """Show a new sign-in link for someone, once."""
    return _link(request.form.get("email", ""))


@page("/people/remove", Access.DISTRICT, methods=("GET", "POST"))
def remove_person() -> ResponseReturnValue:
    """Ask before removing someone, then remove them; nobody removes themselves or the last of the district."""
    email = request.values.get("email", "").strip().lower()
    if email == me().email:
        return _people(problem=_("You cannot remove yourself: ask another of the district's staff.")), 422
    if request.method == "GET":
        return render_template("staff/remove_person.html", email=email)
    try:
        administration.remove(services().store, email, keep_one=True)
    except StaffRefused as refused:
        return _people(problem=staff_refusal(refused)), 422
    flash(_("%(email)s is removed and signed out everywhere.", email=email))
    return redirect(url_for("staff.people"))


def _link(email: str) -> ResponseReturnValue:
    try:
        token = administration.new_link(services().store, email, administration.utc_now())
    except StaffRefused as refused:
        return _people(problem=staff_refusal(refused)), 422
    address = sign_in_link(services().settings, token)
    return _people(link=address, link_of=email.strip().lower())


def _people(**more: object) -> str:
    names = {site.slug: site.name for site in my_sites()}
    return render_template(
        "staff/people.html",
        everyone=administration.everyone(services().store),
        schools=my_sites(),
        names=names,
        **more,
    )
