"""The fields of the staff's forms; what they mean is judged by ``administration``."""

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import EmailField, HiddenField, PasswordField


class SignInForm(FlaskForm):  # type: ignore[misc]
    """An address and a password, and the page to go on to."""

    email = EmailField(
        lazy_gettext("Email"), render_kw={"autocomplete": "username", "required": True, "maxlength": 255}
    )
    password = PasswordField(
        lazy_gettext("Password"),
        render_kw={"autocomplete": "current-password", "required": True, "maxlength": 200},
    )
    next = HiddenField()


class PasswordForm(FlaskForm):  # type: ignore[misc]
    """A new password, and the present one unless a link has just signed the person in."""

    present = PasswordField(
        lazy_gettext("Present password"), render_kw={"autocomplete": "current-password", "maxlength": 200}
    )
    password = PasswordField(
        lazy_gettext("New password"),
        render_kw={"autocomplete": "new-password", "required": True, "minlength": 15, "maxlength": 200},
    )
