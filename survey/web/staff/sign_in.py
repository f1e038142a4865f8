"""Signing in by a link or a password, setting a password, signing out, and the language of one's pages."""

import time
from typing import cast

from flask import flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user, login_user, logout_user

from survey.administration import staff as administration
from survey.storage.accounts import Account
from survey.web.services import services
from survey.web.staff import passwords
from survey.web.staff.access import (
    SIGNED_IN_AT,
    Access,
    Person,
    begin_session,
    is_safe_to_return_to,
    me,
    my_sites,
    page,
)
from survey.web.staff.forms import PasswordForm, SignInForm
from survey.web.staff.spoken import _
from survey.wording import LANGUAGES


@page("/sign-in", Access.ANYONE, methods=("GET", "POST"))
def sign_in() -> ResponseReturnValue:
    """Ask for an address and a password. Whatever is wrong with them, the answer is the same."""
    if current_user.is_authenticated:
        return redirect(url_for("staff.home"))
    form = SignInForm()
    if request.method == "GET":
        form.next.data = request.args.get("next", "")
        return render_template("staff/sign_in.html", form=form)
    try:
        account = _account_of(form.email.data or "", form.password.data or "")
    except passwords.TooBusy:
        return render_template("staff/sign_in.html", form=form, problem="busy"), 429
    if account is None:
        return render_template("staff/sign_in.html", form=form, problem="wrong"), 403
    _sign_in(account)
    onward = form.next.data or ""
    return redirect(onward if is_safe_to_return_to(onward) else url_for("staff.home"))


@page("/link/<token>", Access.ANYONE, methods=("GET", "POST"))
def sign_in_by_link(token: str) -> ResponseReturnValue:
    """Sign in whoever holds a link and presses the button; looking at the page uses nothing up.

    Mail scanners and previews fetch every address they meet: a GET must not spend the link.
    """
    now = administration.utc_now()
    if request.method == "POST":
        account = administration.use_link(services().store, token, now)
        if account is not None:
            _sign_in(account)
            session[_BY_LINK] = time.time()
            return redirect(url_for("staff.account") if account.password is None else url_for("staff.home"))
    elif administration.link_works(services().store, token, now):
        return render_template("staff/link.html")
    return render_template("staff/link_used.html"), 410


@page("/account", Access.SIGNED_IN, methods=("GET", "POST"))
def account() -> ResponseReturnValue:
    """One's own account: set or change the password."""
    person = me()
    form = PasswordForm()
    asks_present = person.account.password is not None and not _came_by_link()
    problem = ""
    if request.method == "POST":
        problem = _problem_of_new_password(person, form, asks_present=asks_present)
        if not problem:
            kept = passwords.hashed(cast("str", form.password.data))
            _sign_in(administration.set_password(services().store, person.account, kept))
            flash(_("Your password is set. Every other place where you were signed in is signed out."))
            return redirect(url_for("staff.home"))
    status = 422 if problem else 200
    shown = render_template(
        "staff/account.html", form=form, asks_present=asks_present, problem=problem, sites=my_sites()
    )
    return shown, status


@page("/sign-out", Access.SIGNED_IN, methods=("POST",))
def sign_out() -> ResponseReturnValue:
    """End all of one's sessions: a copy of this one's cookie could not be told from it."""
    administration.end_sessions(services().store, me().account)
    logout_user()
    begin_session()
    flash(_("You are signed out."))
    return redirect(url_for("staff.sign_in"))


@page("/language", Access.ANYONE, methods=("POST",))
def language() -> ResponseReturnValue:
    """Go on in the other language, on the same page."""
    chosen = request.form.get("l", "")
    if chosen in LANGUAGES:
        session["language"] = chosen
    back = request.form.get("next", "")
    return redirect(back if is_safe_to_return_to(back) else url_for("staff.home"))


# When the session began with a link: for a while the password may be set without the present one.
_BY_LINK = "by_link"
_BY_LINK_SECONDS = 3600


def _came_by_link() -> bool:
    return time.time() - float(session.get(_BY_LINK, 0)) < _BY_LINK_SECONDS


def _account_of(email: str, password: str) -> Account | None:
    store = services().store
    found = passwords.judged(
        password, lambda: administration.begin_attempt(store, email, administration.utc_now())
    )
    if found is not None:
        administration.attempt_succeeded(store, found)
    return found


def _sign_in(account: Account) -> None:
    begin_session()
    session[SIGNED_IN_AT] = time.time()
    login_user(Person(account), remember=False)


def _problem_of_new_password(person: Person, form: PasswordForm, *, asks_present: bool) -> str:
    password = form.password.data or ""
    if not passwords.is_right_length(password):
        return "length"
    if passwords.is_guessable(password, person.email):
        return "guessable"
    try:
        if asks_present and _account_of(person.email, form.present.data or "") is None:
            return "present"
    except passwords.TooBusy:
        return "busy"
    return ""
