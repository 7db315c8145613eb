"""Free ports, browsers and patience for the tests of serving."""

from __future__ import annotations

import socket

from aiohttp import ClientSession, ClientTimeout, CookieJar

PATIENCE = 20
"""Seconds that something may take on a busy machine."""


def find_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def open_browser() -> ClientSession:
    """Return what keeps cookies, as a browser does."""
    return ClientSession(
        cookie_jar=CookieJar(unsafe=True), timeout=ClientTimeout(PATIENCE)
    )
