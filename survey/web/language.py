"""Which language a page is in, the switch, and how dates and numbers are written."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal
from babel.support import Translations
from flask import Flask, g, has_request_context, request
from flask_babel import Babel, force_locale, get_translations, refresh

from survey.wording import LANGUAGES

NAMES = {"en": "English", "es": "Español"}

# Families in the United States read 12,345.6 and 50% in either language; plain "es" would print 12.345,6.
LOCALES = {"en": "en_US", "es": "es_US"}


def register(app: Flask) -> None:
    """Have gettext, dates and numbers follow ``current``; templates get the functions below by these names."""
    Babel(app, locale_selector=lambda: LOCALES[current()])
    # The library looks its catalogue up anew for every text, which took a third of the time of a page.
    catalogues: dict[str, Translations] = {}

    def catalogue() -> Translations:
        language = current()
        if language not in catalogues:
            catalogues[language] = get_translations()
        return catalogues[language]

    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext=lambda text: catalogue().ugettext(text),
        ngettext=lambda one, many, n: catalogue().ungettext(one, many, n),
        newstyle=True,
        pgettext=lambda context, text: catalogue().upgettext(context, text),
        npgettext=lambda context, one, many, n: catalogue().unpgettext(context, one, many, n),
    )
    app.jinja_env.globals.update(
        current_language=current,
        other_language=other,
        language_names=NAMES,
        date_in_words=date_in_words,
        month_in_words=month_in_words,
        number=number,
    )


def current() -> str:
    """The language of this page, always one of ``LANGUAGES``; English where nothing tells."""
    return told() or LANGUAGES[0]


def told() -> str | None:
    """What ``use`` was given, else ``?l=`` of the address, else what the browser asks for; None if none tells."""
    if not has_request_context():
        return None
    if "language" not in g:
        asked = request.args.get("l", "")
        g.language = asked if asked in LANGUAGES else request.accept_languages.best_match(LANGUAGES)
    language: str | None = g.language
    return language


def use(language: str | None) -> None:
    """Answer this request in ``language`` from here on; anything but one of ``LANGUAGES`` is ignored."""
    if language in LANGUAGES:
        g.language = language
        refresh()


def other() -> str:
    """The language this page is not in."""
    return next(language for language in LANGUAGES if language != current())


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak ``language`` inside the block only, for a page that says the same thing in both."""
    before = told()
    g.language = language
    try:
        with force_locale(LOCALES[language]):
            yield
    finally:
        g.language = before


def date_in_words(day: date, language: str | None = None) -> str:
    """A date nobody can misread: "November 12, 2026", "12 de noviembre de 2026"."""
    return format_date(day, "long", locale=LOCALES[language or current()])


def month_in_words(day: date, language: str | None = None) -> str:
    """The month of a date: "February 2027", "febrero de 2027"."""
    return format_skeleton("yMMMM", day, locale=LOCALES[language or current()])


def number(value: float, language: str | None = None) -> str:
    """A number as families in the United States read it, in either language: 1,234.5."""
    return format_decimal(value, locale=LOCALES[language or current()])
