"""Addresses of this installation, made from its settings and never from what a browser says its host is."""

from survey.settings import Settings


def base_url(settings: Settings) -> str:
    """Where this installation is reached, without a slash at the end."""
    return settings.public_url.rstrip("/") or f"http://127.0.0.1:{settings.port}"


def sign_in_link(settings: Settings, token: str) -> str:
    """The address of the page that signs someone in once."""
    return f"{base_url(settings)}/staff/link/{token}"
