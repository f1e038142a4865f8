"""Gettext as staff pages call it: Flask-Babel's functions, which have no types of their own."""

import flask_babel


def _(message: str, **values: object) -> str:
    """The message in the reader's language, with its named values put in."""
    return str(flask_babel.gettext(message, **values))


def ngettext(one: str, many: str, num: int, **values: object) -> str:
    """The message for this number in the reader's language; ``num`` is one of its values."""
    return str(flask_babel.ngettext(one, many, num, **values))
