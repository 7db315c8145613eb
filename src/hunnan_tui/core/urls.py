"""Web addresses: which of them may be handed to a browser or become a link."""

from __future__ import annotations

from urllib.parse import urlsplit

from hunnan_tui.core.language import _
from hunnan_tui.core.text import UNSAFE

URL_LENGTH = 2048
"""The longest address that is opened, in characters."""


def explain_unopenable(url: str) -> str:
    """Return why an address must not be handed to a browser, or an empty text."""
    if len(url) > URL_LENGTH:
        return _("the address is longer than {url_length} characters").format(
            url_length=URL_LENGTH
        )
    if UNSAFE.search(url) or not url.isprintable() or " " in url:
        return _("the address contains control characters or blanks")
    try:
        split = urlsplit(url)
        host, user = split.hostname, split.username
    except ValueError:
        return _("the address is malformed")
    if split.scheme not in ("http", "https") or not host:
        return _("only http and https addresses are opened")
    if user is not None:
        return _("the address contains a user name")
    if not host.isascii():
        return _("the host is not plain ASCII: {host}").format(host=_encode_host(host))
    return ""


def _encode_host(host: str) -> str:
    """Return a host as name servers know it, or with its signs spelled out."""
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return host.encode("ascii", "backslashreplace").decode("ascii")
