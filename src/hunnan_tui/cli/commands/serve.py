"""The command that shows the app in browsers."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from argparse import Namespace
from contextlib import suppress
from importlib.util import find_spec
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from hunnan_tui.cli.output import UsageError, say, write
from hunnan_tui.cli.selection import locate_files
from hunnan_tui.core.language import _
from hunnan_tui.core.text import display_line
from hunnan_tui.storage import open_workspace

if TYPE_CHECKING:
    from hunnan_tui.serving.server import Server, Service
    from hunnan_tui.storage.open_workspace import Files

_NEEDED = ("aiohttp", "textual_serve")
_PROGRAM = (sys.executable, "-P", "-m", "hunnan_tui")
_MOST = 100_000


class CannotListenError(UsageError):
    """The address is taken, or is not one of this machine."""

    exit_code = 3


def serve_app(args: Namespace) -> int:
    """Show the app in browsers until it is interrupted.

    Raises:
        UsageError: An option makes no sense, or a package is missing.
        DataError: The dataset cannot be read.
    """
    if missing := [name for name in _NEEDED if find_spec(name) is None]:
        raise UsageError(
            _(
                "{missing} is not installed: python -m pip install 'hunnan-tui[serve]'"
            ).format(missing=missing[0])
        )
    files = locate_files(args)
    service = _make_service(args, files)
    open_workspace.read_dataset(files)  # rather now than in each browser
    asyncio.run(_serve(service))
    return 0


async def _serve(service: Service) -> None:
    from hunnan_tui.serving.server import serve

    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError):  # Windows: a KeyboardInterrupt
            loop.add_signal_handler(number, stop.set)
    try:
        await serve(service, lambda server: _announce(service, server), stop)
    except OSError as error:
        address = service.address
        why = error.strerror or str(error)
        raise CannotListenError(
            _(
                "{host}:{port} cannot be listened on: {why}; --host and --port name "
                "another one"
            ).format(host=address.host, port=address.port, why=why)
        ) from error
    say(_("stopped; all sessions have saved"))


def _announce(service: Service, server: Server) -> None:
    """Print the address with the secret, which is shown nowhere else."""
    address = service.address
    write(
        _("{url}/?secret={secret}\n").format(
            url=address.url, secret=server.tokens.secret
        )
    )
    sys.stdout.flush()
    if not address.is_local:
        say(
            _(
                "others can reach it, and read what goes over the network: a proxy with"
                " TLS before it keeps that private"
            )
        )
    say(_("open the address in a browser; ctrl+c ends it"))


def _make_service(args: Namespace, files: Files) -> Service:
    from hunnan_tui.serving.access import Address
    from hunnan_tui.serving.limits import Limits
    from hunnan_tui.serving.readers import Readers
    from hunnan_tui.serving.server import Service

    usual = Limits()
    limits = Limits(
        _read_number(args.sessions, "--sessions", usual.sessions),
        _read_number(args.per_address, "--per-address", usual.per_address),
        _read_number(args.idle, "--idle", usual.idle_minutes),
    )
    port = _read_number(args.port, "--port", 8000, 65_535)
    address = Address(args.host or "127.0.0.1", port, _read_url(args.public_url))
    folder = files.paths.served
    if folder is None:
        raise UsageError(_("There is no folder for the state of readers"))
    names = [os.path.realpath(each.path) for each in files.each]
    return Service(
        title=" + ".join(display_line(each.path.stem) for each in files.each),
        command=[*_PROGRAM, *_make_options(args, files, names)],
        environ=dict(os.environ),
        address=address,
        limits=limits,
        readers=Readers(folder),
        asks_name=not args.read_only,
        report=lambda text: say(_("a session: {text}").format(text=text)),
    )


def _make_options(args: Namespace, files: Files, names: list[str]) -> list[str]:
    """Return the options that open the same files in every folder."""
    options = [word for name in names for word in ("-f", name)]
    if files.notes is not None and not files.others:
        options += ["--notes", os.path.abspath(files.notes)]  # noqa: PTH100 - it may not exist
    shown = [
        word
        for flag, value in (("--lang", args.lang), ("--names", args.names))
        if value
        for word in (flag, value)
    ]
    return [*options, *shown, *(["--read-only"] if args.read_only else [])]


def _read_number(text: str | None, flag: str, usual: int, most: int = _MOST) -> int:
    if text is None:
        return usual
    if not (text.isascii() and text.isdecimal()) or not 1 <= int(text[:9]) <= most:
        raise UsageError(
            _("{flag} takes a number from 1 to {most}, not {text}").format(
                flag=flag, most=most, text=text
            )
        )
    return int(text)


def _read_url(text: str | None) -> str:
    """Return the address of a proxy, as far as the name of its machine."""
    if text is None:
        return ""
    wrong = _(
        "--public-url takes an address such as https://example.org, not {text}"
    ).format(text=text)
    try:
        url = urlsplit(text)
        is_right = url.scheme in ("http", "https") and bool(url.hostname)
        is_right = is_right and url.username is None and (url.port or 1) > 0
    except ValueError:
        raise UsageError(wrong) from None
    if not is_right or url.path not in ("", "/") or url.query or url.fragment:
        raise UsageError(wrong)
    return f"{url.scheme}://{url.netloc}"
