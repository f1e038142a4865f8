"""Who is signed in and what each may see: every staff page passes through here before it runs."""

import re
import time
from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar, cast

from flask import Blueprint, Flask, Request, abort, redirect, request, session, url_for
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from flask.typing import ResponseReturnValue
from flask_security import RoleMixin, Security, UserDatastore, UserMixin, current_user
from flask_wtf.csrf import CSRFProtect

from survey.administration import staff as administration
from survey.storage import sites, windows
from survey.storage.accounts import Account, StaffRole
from survey.storage.sites import Site
from survey.storage.windows import Window
from survey.web import errors, language
from survey.web.services import Services, services

PREFIX = "/staff"
HOURS_SIGNED_IN = 12
# Where a session keeps when it began.
SIGNED_IN_AT = "signed_in_at"
# A file of a thousand schools, or of ten thousand rows of enrollment, is half as large.
LARGEST_UPLOAD = 1_000_000

csrf = CSRFProtect()
pages = Blueprint("staff", __name__, url_prefix=PREFIX, template_folder="templates")


class Access(StrEnum):
    """Who may use a page. Where its address names a site, that site must also be one the person may see."""

    ANYONE = "anyone"
    SIGNED_IN = "signed_in"
    DISTRICT = "district"


class Role(RoleMixin):
    """A role as Flask-Security knows it."""

    def __init__(self, name: str) -> None:
        self.name = name


class Person(UserMixin):
    """Whoever is signed in, as Flask-Security knows them: an account, held by its session key."""

    active = True
    fs_uniquifier = ""

    def __init__(self, account: Account) -> None:
        self.account = account
        self.id = account.id
        self.email = account.email
        self.password = account.password
        self.fs_uniquifier = account.session_key
        self.roles = [Role(account.role.value)]

    @property
    def is_district(self) -> bool:
        """Whether they see everything."""
        return bool(self.has_role(StaffRole.DISTRICT.value))

    def may_see(self, slug: str) -> bool:
        """Whether they may see this site."""
        return self.is_district or slug in self.account.sites


class People(UserDatastore):
    """Finds the person of a session; accounts are changed through ``administration`` alone."""

    def __init__(self) -> None:
        super().__init__(Person, Role)

    def find_user(self, *_: Any, fs_uniquifier: str = "", **__: Any) -> Person | None:
        """The person this session key belongs to, or None once the session has ended or is too old."""
        # The cookie's own time begins anew whenever it is written.
        if time.time() - float(session.get(SIGNED_IN_AT, 0)) > HOURS_SIGNED_IN * 3600:
            return None
        account = administration.by_session_key(services().store, fs_uniquifier)
        return None if account is None else Person(account)

    def find_role(self, role: str) -> Role | None:
        """A role of that name."""
        return Role(role) if role in set(StaffRole) else None


class StaffSessions(SecureCookieSessionInterface):
    """Sessions exist on staff pages only: a family's page neither reads nor sets one."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """The session of a staff page; elsewhere one that is empty and can not be written."""
        if request.path == PREFIX or request.path.startswith(PREFIX + "/"):
            return super().open_session(app, request)
        return None


View = TypeVar("View", bound=Callable[..., ResponseReturnValue])


def page(rule: str, access: Access, methods: tuple[str, ...] = ("GET",)) -> Callable[[View], View]:
    """Serve a view at this address to those who may use it; there is no other way to add a staff page."""

    def add(view: View) -> View:
        _ACCESS[f"{pages.name}.{view.__name__}"] = access
        pages.add_url_rule(rule, view.__name__, view, methods=list(methods))
        return view

    return add


def me() -> Person:
    """Whoever is signed in; for pages that nobody else can reach."""
    return cast("Person", current_user._get_current_object())  # noqa: SLF001 - the documented way past the proxy


def my_sites() -> tuple[Site, ...]:
    """The sites this person may see, by name."""
    with services().store.reading() as db:
        return tuple(site for site in sites.all_sites(db) if me().may_see(site.slug))


def my_windows() -> tuple[Window, ...]:
    """The windows at the sites this person may see, the newest first."""
    with services().store.reading() as db:
        if me().is_district:
            return windows.all_windows(db)[::-1]
        mine = [sites.find(db, slug) for slug in me().account.sites]
        found = {window.id: window for site in mine if site for window in windows.at_site(db, site.id)}
    return tuple(sorted(found.values(), key=lambda window: (window.opens, window.name), reverse=True))


def window_here(window_id: int) -> Window:
    """The window of this address; 404 if there is none, or if it is at none of their sites."""
    return next((window for window in my_windows() if window.id == window_id), None) or abort(404)


def site_here(window: Window, slug: str) -> Site:
    """The site of this address; 404 if the window is not there. Whether it is theirs was checked before."""
    with services().store.reading() as db:
        found = windows.sites_of(db, window.id)
    return next((site for site in found if site.slug == slug), None) or abort(404)


def register(app: Flask) -> None:
    """Set up sign-in, sessions and the token that every form carries."""
    services_here: Services = app.extensions["puente"]
    settings = services_here.settings
    app.session_interface = StaffSessions()
    app.config.update(
        # Wherever a body is read; pages that take less say so themselves.
        MAX_CONTENT_LENGTH=LARGEST_UPLOAD,
        SESSION_COOKIE_NAME="__Host-puente" if settings.is_https else "puente",
        SESSION_COOKIE_SECURE=settings.is_https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        # The cookie goes when the browser closes; a copy of it is worth nothing after this.
        PERMANENT_SESSION_LIFETIME=HOURS_SIGNED_IN * 3600,
        # A form's token lives as long as its session: a page left open over lunch still works.
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_CHECK_DEFAULT=False,
        WTF_CSRF_SSL_STRICT=False,
        SECURITY_PASSWORD_HASH="argon2",  # noqa: S106 - the name of a scheme
        SECURITY_PASSWORD_SCHEMES=["argon2"],
        # Without a pepper: a new SECRET_KEY ends sessions, and leaves passwords as they are.
        SECURITY_PASSWORD_SINGLE_HASH=["argon2"],
        SECURITY_CLI_USERS_NAME=None,
        SECURITY_CLI_ROLES_NAME=None,
    )
    csrf.init_app(app)
    security = Security(app, People(), register_blueprint=False)
    # Neither tokens in addresses and headers nor Flask-Principal's look at every request: sessions only.
    security.login_manager.request_loader(lambda _request: None)
    security.login_manager.session_protection = None
    security.principal.identity_loaders.clear()


@pages.before_request
def check() -> ResponseReturnValue | None:
    """Refuse whoever may not use this page: nobody signed in, the wrong role, or another's site."""
    language.use(session.get("language"))
    access = _ACCESS[cast("str", request.endpoint)]
    if access is not Access.ANYONE:
        if not current_user.is_authenticated:
            return redirect(url_for("staff.sign_in", next=_path_asked_for()))
        if access is Access.DISTRICT and not me().is_district:
            raise errors.ForTheDistrict
        slug = (request.view_args or {}).get("slug")
        if slug is not None and not me().may_see(slug):
            abort(404)
    csrf.protect()
    return None


@pages.after_request
def keep_private(response: Any) -> Any:
    """Nothing of staff stays in a browser's or a proxy's cache."""
    response.headers["Cache-Control"] = "no-store"
    return response


def begin_session() -> None:
    """Start from an empty session but for the language: nothing else set before signing in lives on."""
    language = session.get("language")
    session.clear()
    if language:
        session["language"] = language


def is_safe_to_return_to(path: str) -> bool:
    """Whether a path leads to a staff page here, and can lead nowhere else."""
    return _PLAIN_PATH.fullmatch(path) is not None and "//" not in path


def access_of(endpoint: str) -> Access:
    """Who may use the page with this name."""
    return _ACCESS[endpoint]


_ACCESS: dict[str, Access] = {}
# Letters that mean nothing to a browser beyond a path and a query on this very host.
_PLAIN_PATH = re.compile(rf"{PREFIX}/[A-Za-z0-9._~/%+-]*(\?[A-Za-z0-9._~%+=&-]*)?")


def _path_asked_for() -> str | None:
    return request.full_path.rstrip("?") if request.method == "GET" else None
