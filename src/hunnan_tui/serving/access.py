"""Who may look: the secret of the address, the cookies it is exchanged for, and origins."""

from __future__ import annotations

import re
import secrets
from collections import OrderedDict
from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import NamedTuple
from urllib.parse import urlsplit

_MOST_TOKENS = 10_000
"""Browsers that are let in at a time; the one that came first has to come again."""
_READER = re.compile(r"[0-9a-f]{32}")


class Address(NamedTuple):
    """Where the server is reached."""

    host: str
    """What it listens on: a name, or an address of the network."""
    port: int
    public_url: str = ""
    """What a proxy before it is called, as in `https://projects.example.org`."""

    @property
    def url(self) -> str:
        """What readers open, without the secret."""
        if self.public_url:
            return self.public_url
        host = "localhost" if _is_unspecified(self.host) else self.host
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}"

    @property
    def is_local(self) -> bool:
        """Whether nobody but this machine reaches it."""
        address = _parse_ip(self.host)
        return self.host == "localhost" or bool(address and address.is_loopback)


class Origins:
    """Which pages may talk to the server: its own, under the names that it has.

    A page of somebody else that has its own name lead to this machine names that name as
    the host, and is refused.
    """

    def __init__(self, address: Address) -> None:
        self._address = address
        self._public = urlsplit(address.public_url)

    def is_own_host(self, host: str) -> bool:
        """Return whether the `Host` of a request is the server's."""
        if self._public.netloc and host.casefold() == self._public.netloc.casefold():
            return True
        try:
            split = urlsplit(f"//{host}")
            name, port = split.hostname or "", split.port or 80
        except ValueError:
            return False
        if split.netloc != host or split.username is not None or split.path:
            return False
        return port == self._address.port and self._is_own_name(name)

    def _is_own_name(self, name: str) -> bool:
        own = self._address
        if name == own.host.casefold():
            return True
        if own.is_local:
            return name in ("localhost", "127.0.0.1", "::1")
        # an address of the network cannot be made to lead elsewhere, as a name can
        return _is_unspecified(own.host) and (
            name == "localhost" or _parse_ip(name) is not None
        )

    def is_own_origin(self, origin: str, host: str) -> bool:
        """Return whether the `Origin` of a request is a page of the server.

        Args:
            origin: As in `http://localhost:8000`.
            host: The `Host` of the same request, which is the server's.
        """
        public = self._public
        if public.netloc and host.casefold() == public.netloc.casefold():
            return origin.casefold() == f"{public.scheme}://{public.netloc}".casefold()
        return origin.casefold() == f"http://{host}".casefold()


class Tokens:
    """The secret of the address, and what browsers got in exchange for it."""

    def __init__(self, make: Callable[[], str] = secrets.token_urlsafe) -> None:
        self._make = make
        self.secret = make()
        self._issued: OrderedDict[str, None] = OrderedDict()

    def exchange(self, secret: str) -> str:
        """Return a token for the secret; empty if it is another one."""
        if not _is_same(secret, self.secret):
            return ""
        token = self._make()
        self._issued[token] = None
        if len(self._issued) > _MOST_TOKENS:
            self._issued.popitem(last=False)
        return token

    def is_issued(self, token: str) -> bool:
        """Return whether a token is one that a browser got."""
        # the look-up of a hash tells nothing of the other tokens
        return token in self._issued


def read_reader(cookie: str) -> str:
    """Return who a browser says it is; empty if that is no name that it got."""
    return cookie if _READER.fullmatch(cookie) else ""


def make_reader() -> str:
    """Return a name for a browser that nobody can guess."""
    return secrets.token_hex(16)


def _is_same(one: str, other: str) -> bool:
    """Compare in a time that tells nothing of where they differ."""
    return secrets.compare_digest(one.encode("utf-8", "replace"), other.encode())


def _parse_ip(text: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(text)
    except ValueError:
        return None


def _is_unspecified(host: str) -> bool:
    address = _parse_ip(host)
    return address is not None and address.is_unspecified
