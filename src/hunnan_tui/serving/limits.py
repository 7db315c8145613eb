"""How many sessions there may be, in all and of one address."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from hunnan_tui.core.counts import format_count
from hunnan_tui.core.language import _


class Limits(NamedTuple):
    """What the server allows."""

    sessions: int = 20
    """Sessions at a time."""
    per_address: int = 10
    """Sessions of one address at a time."""
    idle_minutes: int = 30
    """Minutes without a key or the mouse after which a session ends."""


class TooManySessionsError(Exception):
    """There is no room for another session; the message says why."""


class OpenSessions:
    """Counts the sessions that are open."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._by_address: Counter[str] = Counter()

    @contextmanager
    def count(self, address: str) -> Iterator[None]:
        """Count a session of an address as long as it is open.

        Raises:
            TooManySessionsError: There is no room for it.
        """
        limits, open_now = self._limits, self._by_address
        if open_now.total() >= limits.sessions:
            full = format_count(limits.sessions, "session")
            raise TooManySessionsError(
                _("All {full} are in use: try again later").format(full=full)
            )
        if open_now[address] >= limits.per_address:
            full = format_count(limits.per_address, "session")
            raise TooManySessionsError(
                _("{full} of your address: close one").format(full=full)
            )
        open_now[address] += 1
        try:
            yield
        finally:
            open_now[address] -= 1
            if not open_now[address]:
                del open_now[address]


def find_address(peer: str, forwarded: str, *, is_proxied: bool) -> str:
    """Return the address that a session counts for.

    Args:
        peer: Who has connected.
        forwarded: The `X-Forwarded-For` of the request.
        is_proxied: Whether a proxy stands before the server. Without one anybody could
            write into that line.
    """
    last = forwarded.rpartition(",")[2].strip()
    return last[:100] if is_proxied and last else peer
