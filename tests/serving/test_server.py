"""The server over HTTP and web sockets, before an app that says what it is told."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import NamedTuple

import pytest
from aiohttp import (
    ClientSession,
    ClientWebSocketResponse,
    WSMsgType,
    WSServerHandshakeError,
)
from yarl import URL

from hunnan_tui.serving import session
from hunnan_tui.serving.access import Address
from hunnan_tui.serving.limits import Limits
from hunnan_tui.serving.readers import Readers
from hunnan_tui.serving.server import Server, Service, serve
from tests.serving.host import PATIENCE, find_port, open_browser

FAKE_APP = Path(__file__).with_name("fake_app.py")


class Served(NamedTuple):
    """A server that runs, and a browser that was let in."""

    server: Server
    url: str
    browser: ClientSession
    said: list[str]
    folder: Path


@asynccontextmanager
async def run_server(
    folder: Path, limits: Limits | None = None, *, asks_name: bool = False
) -> AsyncIterator[Served]:
    port, said, stop = find_port(), list[str](), asyncio.Event()
    service = Service(
        title="<projects>",
        command=[sys.executable, str(FAKE_APP), "a file"],
        environ=dict(os.environ),
        address=Address("127.0.0.1", port),
        limits=limits or Limits(),
        readers=Readers(folder),
        asks_name=asks_name,
        report=said.append,
    )
    ready: asyncio.Future[Server] = asyncio.get_running_loop().create_future()
    task = asyncio.create_task(serve(service, ready.set_result, stop))
    url = f"http://127.0.0.1:{port}"
    try:
        server = await ready
        async with open_browser() as browser:
            secret = server.tokens.secret
            answer = await browser.get(f"{url}/", params={"secret": secret})
            assert answer.status == 200
            yield Served(server, url, browser, said, folder)
    finally:
        stop.set()
        await asyncio.wait_for(task, PATIENCE)


@asynccontextmanager
async def open_session(
    served: Served, browser: ClientSession | None = None
) -> AsyncIterator[ClientWebSocketResponse]:
    browser = browser or served.browser
    url, headers = f"{served.url}/ws?width=90&height=7", {"Origin": served.url}
    async with browser.ws_connect(url, headers=headers) as websocket:
        yield websocket


async def hear(websocket: ClientWebSocketResponse) -> str:
    """Return what the app says next, or how the session has ended."""
    message = await websocket.receive(PATIENCE)
    if message.type is WSMsgType.BINARY:
        text: str = message.data.decode()
        return text
    if message.type is WSMsgType.TEXT:
        return str(message.data)
    return f"closed {message.data} {message.extra}".rstrip()


async def test_a_session_says_and_hears(tmp_path: Path) -> None:
    async with run_server(tmp_path) as served, open_session(served) as websocket:
        said = await hear(websocket)
        assert said.endswith(" 90x7 a file")
        for nonsense in (
            "", "x", "[", "{}", "[]", '["stdin"]', '["stdin",5]', '["resize",{}]',
            '["resize",{"width":"1","height":2}]', "[" * 100_000, '["quit"]', "null",
        ):  # fmt: skip
            await websocket.send_str(nonsense)
        await websocket.send_bytes(b"\x00")  # ends it: browsers send text
        assert (await hear(websocket)).startswith("closed")
        async with open_session(served) as again:
            await hear(again)
            await again.send_json(["resize", {"width": 10**9, "height": -5}])
            assert await hear(again) == "size 1000x1"
            await again.send_str('["stdin","\\u6c88\\ud800"]')
            assert await hear(again) == "typed 沈?"
            await again.send_json(["ping", "7"])
            assert await hear(again) == '["pong", "7"]'
    (folder,) = tmp_path.iterdir()
    assert (folder / "saved").exists()  # it was told to save before it ended


async def test_nobody_gets_anything_without_the_secret(tmp_path: Path) -> None:
    async with run_server(tmp_path) as served, open_browser() as stranger:
        wrong = {"secret": served.server.tokens.secret[:-1] + "!"}
        for path in ("/", "/begin", "/static/session.js", "/download/x", "/nothing"):
            for params in ({}, wrong):
                answer = await stranger.get(served.url + path, params=params)
                assert answer.status == 403, path
        assert not list(stranger.cookie_jar)
        with pytest.raises(WSServerHandshakeError, match="403"):
            async with open_session(served, stranger):
                pass
        port = URL(served.url).port
        stranger.cookie_jar.update_cookies(
            {f"hunnan_tui_{port}": "x", f"hunnan_tui_reader_{port}": "../.."},
            URL(served.url),
        )
        assert (await stranger.get(served.url)).status == 403
        # a name for the folder is no ticket, and a ticket not a name
        ours = {cookie.key: cookie.value for cookie in served.browser.cookie_jar}
        stranger.cookie_jar.update_cookies(
            {f"hunnan_tui_{port}": ours[f"hunnan_tui_{port}"]}, URL(served.url)
        )
        assert (await stranger.get(served.url)).status == 403
    assert not list(tmp_path.iterdir())


async def test_cookies_and_headers_keep_the_page_to_itself(tmp_path: Path) -> None:
    async with run_server(tmp_path) as served, open_browser() as browser:
        answer = await browser.get(
            served.url,
            params={"secret": served.server.tokens.secret},
            allow_redirects=False,
        )
        assert (answer.status, answer.headers["Location"]) == (303, "/")
        for cookie in answer.headers.getall("Set-Cookie"):
            assert "HttpOnly" in cookie
            assert "SameSite=Lax" in cookie
            assert served.server.tokens.secret not in cookie
        for path in ("/", "/static/session.js", "/nothing"):
            headers = (await browser.get(served.url + path)).headers
            assert headers["X-Content-Type-Options"] == "nosniff"
            assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        page = await (await browser.get(served.url)).text()
        assert "<title>&lt;projects&gt;</title>" in page
        assert "http:" not in page  # nothing comes from elsewhere
        assert "https:" not in page


async def test_other_pages_and_other_names_are_refused(tmp_path: Path) -> None:
    async with run_server(tmp_path, asks_name=True) as served:
        browser, port = served.browser, URL(served.url).port
        evil = {"Host": f"evil.example:{port}"}
        assert (await browser.get(served.url, headers=evil)).status == 421
        for origin in ("http://evil.example", "null", f"http://localhost:{port}"):
            with pytest.raises(WSServerHandshakeError, match="403"):
                async with browser.ws_connect(
                    f"{served.url}/ws", headers={"Origin": origin}
                ):
                    pass
            answer = await browser.post(
                f"{served.url}/begin", data={"name": "x"}, headers={"Origin": origin}
            )
            assert answer.status == 403
            answer = await browser.get(served.url, headers={"Origin": origin})
            assert answer.status == 403
        with pytest.raises(WSServerHandshakeError, match="403"):
            async with browser.ws_connect(f"{served.url}/ws"):  # no browser says none
                pass
        for method in ("POST", "PUT", "DELETE"):
            answer = await browser.request(
                method, served.url, headers={"Origin": served.url}
            )
            assert answer.status == 405
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "path",
    [
        "/static/../server.py",
        "/static/%2e%2e/server.py",
        "/static/..%2f..%2faccess.py",
        "/static//etc/passwd",
        "/static/%2fetc%2fpasswd",
        "/static/js/../../__init__.py",
        "/static/js",
        "/static/",
        "/static/session.html",
        "/static/session.js%00",
        "/download/..%2f..%2fetc%2fpasswd",
        "/download/",
        "//etc/passwd",
        "/begin/../..",
    ],
)
async def test_no_path_leads_out(tmp_path: Path, path: str) -> None:
    async with run_server(tmp_path) as served:
        answer = await served.browser.get(URL(served.url + path, encoded=True))
        assert answer.status in (200, 404)
        if answer.status == 200:
            assert answer.url.path in ("/", "/begin")


async def test_the_name_is_asked_once(tmp_path: Path) -> None:
    async with run_server(tmp_path, asks_name=True) as served:
        browser, headers = served.browser, {"Origin": served.url}
        assert (await browser.get(served.url)).url.path == "/begin"
        form = {"name": '李"<b>'}
        answer = await browser.post(f"{served.url}/begin", data=form, headers=headers)
        assert answer.url.path == "/"
        page = await (await browser.get(f"{served.url}/begin")).text()
        assert 'value="李&quot;&lt;b&gt;"' in page
        large = {"name": "x" * 100_000}
        answer = await browser.post(f"{served.url}/begin", data=large, headers=headers)
        assert answer.status == 413


async def test_a_file_goes_to_the_browser_that_asked(tmp_path: Path) -> None:
    async with (
        run_server(tmp_path) as served,
        open_session(served) as websocket,
        open_browser() as other,
    ):
        await hear(websocket)
        await websocket.send_json(["stdin", "download"])
        assert await hear(websocket) == f'["deliver_file_start", "{"k" * 32}"]'
        secret = {"secret": served.server.tokens.secret}
        assert (await other.get(served.url, params=secret)).status == 200
        url = f"{served.url}/download/{'k' * 32}"
        assert (await other.get(url)).status == 404
        answer = await served.browser.get(url)
        assert await answer.read() == b"a,b\n1"
        assert answer.headers["Content-Type"] == "application/octet-stream"
        shown = answer.headers["Content-Disposition"]
        assert shown == "attachment; filename*=UTF-8''%E5%90%8D.csv"
        assert (await served.browser.get(url)).status == 404  # once


async def test_sessions_end_by_themselves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    limits = Limits(sessions=2, per_address=2)
    async with run_server(tmp_path, limits) as served:
        async with open_session(served) as one, open_session(served) as two:
            await hear(one)
            pid = int((await hear(two)).split()[1])
            async with open_session(served) as third:
                closed = await hear(third)
                assert (
                    closed == "closed 1013 All 2 sessions are in use: try again later"
                )
            await one.send_json(["stdin", "crash"])
            assert (await hear(one)).startswith("closed")
            assert served.said == [
                "it broke\x1b[31m"
            ]  # it is cleaned where it is shown
            os.kill(pid, 9)
            assert (await hear(two)).startswith("closed")
        monkeypatch.setattr(session, "PATIENCE", 0.2)
        async with open_session(served) as stuck:
            pid = int((await hear(stuck)).split()[1])
            await stuck.send_json(["stdin", "hang"])
            await stuck.close()
        while is_running(pid):
            await asyncio.sleep(0.02)
        async with open_session(served) as last:  # there is room again
            await hear(last)
    assert not is_running(int(pid))


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


async def test_twenty_sessions_work_at_a_time(tmp_path: Path) -> None:
    limits = Limits(per_address=20)
    async with run_server(tmp_path, limits) as served, AsyncExitStack() as stack:
        sockets = [
            await stack.enter_async_context(open_session(served)) for _ in range(20)
        ]
        await asyncio.gather(*map(hear, sockets))
        for number, websocket in enumerate(sockets):
            await websocket.send_json(["stdin", str(number)])
        heard = await asyncio.gather(*map(hear, sockets))
        assert heard == [f"typed {number}" for number in range(20)]
        async with open_session(served) as another:
            assert (await hear(another)).startswith("closed 1013 All 20 sessions")


async def test_who_does_nothing_is_saved_and_sent_away(tmp_path: Path) -> None:
    limits = Limits()._replace(idle_minutes=0)
    async with (
        run_server(tmp_path, limits) as served,
        open_session(served) as websocket,
    ):
        said = [await hear(websocket)]
        while not said[-1].startswith("closed"):
            said.append(await hear(websocket))
        assert said[-1].startswith("closed 4000 Closed after 0 minutes")
    (folder,) = tmp_path.iterdir()
    assert (folder / "saved").exists()


async def test_a_server_that_stops_has_all_sessions_save(tmp_path: Path) -> None:
    async with run_server(tmp_path) as served:
        websocket = await served.browser.ws_connect(
            f"{served.url}/ws", headers={"Origin": served.url}
        )
        await hear(websocket)
    (folder,) = tmp_path.iterdir()
    assert (folder / "saved").exists()
