"""`hunnan-tui serve` as a process, with the real app in its sessions."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import pytest
import tomli
from aiohttp import ClientWebSocketResponse, WSMsgType

from tests.serving.host import PATIENCE, find_port, open_browser

pytestmark = pytest.mark.posix
_PROGRAM = (sys.executable, "-m", "hunnan_tui", "serve")
ESCAPE = re.compile(rb"\x1b(?:\[[0-9;?]*[A-Za-z$]|\][^\x07]*\x07|[=>])|\r|\n")

DATASET = """\
[[projects]]
id = "a"
name = "Aster 沈阳"
[[projects.sources]]
[[projects]]
id = "b"
name = "Borage"
""".replace("[[projects.sources]]\n", "")


class Serving(NamedTuple):
    """A server in a process of its own."""

    process: subprocess.Popen[str]
    url: str
    secret: str
    folder: Path

    @property
    def dataset(self) -> Path:
        """What is served."""
        return self.folder / "projects.toml"


def start_server(folder: Path, *options: str, port: int = 0) -> Serving:
    dataset = folder / "projects.toml"
    if not dataset.exists():
        dataset.write_text(DATASET)
    environ = {
        **os.environ,
        **{f"XDG_{kind}_HOME": str(folder / "home") for kind in ("STATE", "CONFIG")},
        **{f"XDG_{kind}_HOME": str(folder / "home") for kind in ("CACHE", "DATA")},
    }
    process = subprocess.Popen(
        [*_PROGRAM, str(dataset), "--port", str(port or find_port()), *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environ,
    )
    assert process.stdout is not None
    url, _, secret = process.stdout.readline().rstrip("\n").partition("/?secret=")
    return Serving(process, url, secret, folder)


def stop_server(serving: Serving) -> str:
    """Return what it has said."""
    serving.process.send_signal(signal.SIGTERM)
    _, said = serving.process.communicate(timeout=PATIENCE)
    assert serving.process.returncode == 0
    return said


@pytest.fixture
def serving(tmp_path: Path) -> Iterator[Serving]:
    server = start_server(tmp_path)
    try:
        yield server
    finally:
        server.process.kill()
        server.process.communicate()


async def read_until(websocket: ClientWebSocketResponse, text: str) -> str:
    """Return what is drawn until a text is, without escape sequences."""
    drawn, plain = b"", ""
    with suppress(TimeoutError):
        async with asyncio.timeout(PATIENCE):
            while text not in plain:
                message = await websocket.receive()
                assert message.type is WSMsgType.BINARY, (message, plain[-500:])
                drawn += message.data
                plain = ESCAPE.sub(b"", drawn).decode("utf-8", "replace")
    assert text in plain, plain[-1500:]
    return plain


async def test_two_readers_write_into_one_file(serving: Serving) -> None:
    headers = {"Origin": serving.url}
    address = f"{serving.url}/?secret={serving.secret}"
    async with open_browser() as one, open_browser() as two:
        sockets = []
        for browser, name in ((one, "李"), (two, "Ann")):
            assert (await browser.get(address)).url.path == "/begin"
            form = {"name": name}
            await browser.post(f"{serving.url}/begin", data=form, headers=headers)
            url = f"{serving.url}/ws?width=100&height=30"
            websocket = await browser.ws_connect(url, headers=headers)
            await read_until(websocket, "Aster")
            await websocket.send_json(["focus"])
            await read_until(websocket, "Quit")
            sockets.append(websocket)
        for websocket, text in zip(sockets, ("from 沈阳", "from Ann"), strict=True):
            await websocket.send_json(["stdin", "n"])
            await read_until(websocket, "New note")
            await websocket.send_json(["stdin", text])
            await websocket.send_json(["stdin", "\x13"])  # ctrl+s
        while len(notes := read_notes(serving.dataset)) < 2:
            await asyncio.sleep(0.05)
        assert notes == {"from 沈阳": "李", "from Ann": "Ann"}
        for websocket in sockets:
            await websocket.close()
    assert "stopped" in stop_server(serving)
    left = {path.name for path in serving.folder.iterdir()}
    assert left == {"projects.toml", "home"}


def read_notes(path: Path) -> dict[str, str]:
    return {
        note["text"]: note.get("by", "")
        for project in tomli.loads(path.read_text())["projects"]
        for note in project.get("notes", ())
    }


async def test_who_only_looks_changes_nothing(tmp_path: Path) -> None:
    serving = start_server(tmp_path, "--read-only")
    before = serving.dataset.read_bytes()
    try:
        async with open_browser() as browser:
            address = f"{serving.url}/?secret={serving.secret}"
            assert (await browser.get(address)).url.path == "/"  # no name is asked for
            url, headers = f"{serving.url}/ws", {"Origin": serving.url}
            async with browser.ws_connect(url, headers=headers) as websocket:
                await read_until(websocket, "Aster")
                await websocket.send_json(["stdin", "w"])
                await read_until(websocket, "read-only")
    finally:
        stop_server(serving)
    assert serving.dataset.read_bytes() == before


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs /proc")
async def test_a_killed_session_loses_nothing(serving: Serving) -> None:
    headers, url = {"Origin": serving.url}, f"{serving.url}/ws"
    async with open_browser() as browser:
        await browser.get(f"{serving.url}/?secret={serving.secret}")
        await browser.post(f"{serving.url}/begin", data={"name": "李"}, headers=headers)
        websocket = await browser.ws_connect(url, headers=headers)
        await read_until(websocket, "Aster")
        await websocket.send_json(["stdin", "n"])
        await read_until(websocket, "New note")
        await websocket.send_json(["stdin", "half a note"])
        served = serving.folder / "home" / "hunnan-tui" / "served"
        while "half a note" not in read_all(served.glob("*/state/*/drafts/**/*")):
            await asyncio.sleep(0.02)
        pid = serving.process.pid
        (child,) = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        os.kill(int(child), signal.SIGKILL)
        while (await websocket.receive(PATIENCE)).type is WSMsgType.BINARY:
            pass
        async with browser.ws_connect(url, headers=headers) as again:
            await read_until(again, "Aster")
            kept = read_all(served.glob("*/state/*/drafts/**/*"))
            assert "half a note" in kept


def read_all(paths: Iterable[Path]) -> str:
    return "".join(path.read_text() for path in paths if path.is_file())
