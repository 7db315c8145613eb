"""One session: the app in a process of its own, and what it and a browser say."""

from __future__ import annotations

import asyncio
import json
from asyncio.subprocess import PIPE, Process
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from aiohttp import WSMsgType, web
from textual_serve.app_service import AppService
from textual_serve.download_manager import DownloadManager

from hunnan_tui.core.language import _

PATIENCE = 5.0
"""Seconds that the app gets to save and end; its journal has what it could not save."""
IDLE = 4000
"""The close code of a session that nobody used."""
_LARGEST_SIZE = 1000
"""Cells of a window, either way."""
_LONGEST_TALK = 4_000


class Start(NamedTuple):
    """How the app of a session is started."""

    command: Sequence[str]
    environ: Mapping[str, str]
    folder: Path
    """Its current folder."""
    reader: str
    """The browser that it belongs to."""


class Session(AppService):
    """Runs the app of one browser."""

    _task: asyncio.Task[None] | None

    def __init__(
        self,
        start: Start,
        websocket: web.WebSocketResponse,
        downloads: DownloadManager,
        report: Callable[[str], None],
    ) -> None:
        """Prepare to run.

        Args:
            start: How the app is started.
            websocket: What the browser hears.
            downloads: What browsers can fetch.
            report: Takes what the app has written to its standard error.
        """
        super().__init__(
            "",
            write_bytes=_quietly(websocket.send_bytes),
            write_str=_quietly(websocket.send_str),
            close=_quietly(websocket.close),
            download_manager=downloads,
        )
        self._start = start
        self._report = report

    @property
    def reader(self) -> str:
        """The browser that it belongs to."""
        return self._start.reader

    async def _open_app_process(self, width: int = 80, height: int = 24) -> Process:
        start = self._start
        start.folder.mkdir(0o700, parents=True, exist_ok=True)
        environ = {
            **start.environ,
            "COLUMNS": str(width),
            "ROWS": str(height),
        }
        # no shell: a name of a file is a name, whatever stands in it
        process = await asyncio.create_subprocess_exec(
            *start.command,
            stdin=PIPE,
            stdout=PIPE,
            stderr=PIPE,
            env=environ,
            cwd=start.folder,
        )
        self._process, self._stdin = process, process.stdin
        return process

    async def run(self) -> None:
        """Pass on what the app says until it ends, and tell what went wrong."""
        process = self._process
        assert process is not None  # noqa: S101 - it was started
        assert process.stdout is not None  # noqa: S101 - a pipe, as the next one
        assert process.stderr is not None  # noqa: S101
        talk = asyncio.create_task(_read_talk(process.stderr))
        try:
            with suppress(asyncio.IncompleteReadError, ConnectionError, ValueError):
                await self._follow(process.stdout)
        finally:
            # a browser that has gone takes nothing more, but the app may be saving
            rest = asyncio.create_task(_drain(process.stdout))
            await self._end(process)
            rest.cancel()
            text = (await talk).decode("utf-8", "replace").strip()
            if text:
                self._report(text)
            if self._task is not None:  # else stop() was called, which says why
                await self.remote_close()

    async def _follow(self, output: asyncio.StreamReader) -> None:
        line = await output.readline()
        while line != b"__GANGLION__\n":
            if not line:
                return
            line = await output.readline()
        handlers = {b"D": self.on_data, b"M": self.on_meta, b"P": self.on_packed}
        while True:
            kind = await output.readexactly(1)
            size = int.from_bytes(await output.readexactly(4), "big")
            await handlers[kind](await output.readexactly(size))

    async def _end(self, process: Process) -> None:
        """Wait until the app has ended; end it if it does not."""
        for insist in (None, process.terminate, process.kill):
            with suppress(ProcessLookupError):
                if insist is not None:
                    insist()
            with suppress(TimeoutError):
                await asyncio.wait_for(process.wait(), PATIENCE)
                return

    async def on_meta(self, data: bytes) -> None:
        # the app has ended: run() closes when it has saved
        if json.loads(data).get("type") != "exit":
            await super().on_meta(data)

    async def stop(self) -> None:
        """Have the app save and end, and wait for it."""
        if self._task is None:
            return
        task, self._task = self._task, None
        await self._download_manager.cancel_app_downloads(self.app_service_id)
        await self.send_meta({"type": "quit"})
        with suppress(TimeoutError):
            await asyncio.wait_for(asyncio.shield(task), PATIENCE)
            return
        assert self._process is not None  # noqa: S101 - it was started
        await asyncio.gather(self._end(self._process), task)


async def pass_input(
    websocket: web.WebSocketResponse, session: Session, idle_seconds: float
) -> None:
    """Pass on what a browser says until it goes, or until it has been quiet too long."""
    loop = asyncio.get_running_loop()
    last = loop.time()
    while True:
        left = last + idle_seconds - loop.time()
        try:
            message = await websocket.receive(timeout=max(0.001, left))  # 0 is for ever
        except TimeoutError:
            minutes = round(idle_seconds / 60)
            why = _(
                "Closed after {minutes} minutes without a key. All is saved."
            ).format(minutes=minutes)
            await session.stop()
            await websocket.close(code=IDLE, message=why.encode())
            return
        if message.type is not WSMsgType.TEXT:
            return
        if await _pass_message(websocket, session, message.data):
            last = loop.time()


async def _pass_message(
    websocket: web.WebSocketResponse, session: Session, text: str
) -> bool:
    """Pass on one message; return whether it comes from the reader."""
    match _parse(text):
        case ["stdin", str() as typed]:
            await session.send_bytes(typed.encode("utf-8", "replace"))
            return True
        case ["resize", {"width": int() as width, "height": int() as height}]:
            await session.set_terminal_size(clamp_size(width), clamp_size(height))
            return True
        case ["ping", str() | int() | float() as sent]:
            await websocket.send_json(["pong", sent])
        case ["blur", *_]:
            await session.blur()
        case ["focus", *_]:
            await session.focus()
    return False


def _parse(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def clamp_size(cells: int) -> int:
    """Return a size that a window can have."""
    return max(1, min(_LARGEST_SIZE, cells))


def _quietly(send: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[None]]:
    """Return what sends, and does nothing where the browser has gone."""

    async def send_or_not(*data: Any) -> None:
        with suppress(ConnectionError, RuntimeError):
            await send(*data)

    return send_or_not


async def _read_talk(stream: asyncio.StreamReader) -> bytes:
    """Return the start of what a stream says, and read the rest of it."""
    kept = b""
    while data := await stream.read(4096):
        kept = (kept + data)[:_LONGEST_TALK]
    return kept


async def _drain(stream: asyncio.StreamReader) -> None:
    while await stream.read(65_536):
        pass
