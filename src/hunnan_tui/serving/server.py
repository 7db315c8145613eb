"""The server: what a browser may fetch, and the web socket of each session."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from html import escape
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import textual_serve
from aiohttp import WSCloseCode, web
from textual_serve.download_manager import DownloadManager

from hunnan_tui.core.language import _
from hunnan_tui.serving.access import (
    Address,
    Origins,
    Tokens,
    make_reader,
    read_reader,
)
from hunnan_tui.serving.limits import (
    Limits,
    OpenSessions,
    TooManySessionsError,
    find_address,
)
from hunnan_tui.serving.readers import Readers
from hunnan_tui.serving.session import Session, Start, clamp_size, pass_input

_PAGES = Path(__file__).with_name("pages")
_STATIC = Path(textual_serve.__file__).with_name("static")
_OURS = {"session.js": "text/javascript", "session.css": "text/css"}
_THEIRS = {
    "js/textual.js": "text/javascript",
    "css/xterm.css": "text/css",
    "fonts/RobotoMono-VariableFont_wght.ttf": "font/ttf",
}
_MOST_TYPED = 4_000_000
"""Bytes of one message of a browser: a long paste."""
_YEAR = 365 * 24 * 3600
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval';"
        " style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self';"
        " connect-src 'self'; frame-ancestors 'none'; base-uri 'none';"
        " form-action 'self'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Service(NamedTuple):
    """What is served, and how."""

    title: str
    """What the page is called."""
    command: list[str]
    """What starts the app."""
    environ: dict[str, str]
    """The environment of the server."""
    address: Address
    limits: Limits
    readers: Readers
    asks_name: bool
    """Whether readers are asked who they are: not where nothing can be written."""
    report: Callable[[str], None]
    """Takes what a session has to say."""


class Server:
    """Answers browsers."""

    def __init__(self, service: Service) -> None:
        """Prepare to serve; nothing listens yet."""
        self._service = service
        self._origins = Origins(service.address)
        self.tokens = Tokens()
        self._sessions = OpenSessions(service.limits)
        self._downloads = DownloadManager()
        self._sockets: set[web.WebSocketResponse] = set()
        port = service.address.port
        # cookies know no port: two servers on a machine must not overwrite each other's
        self._token_cookie = f"hunnan_tui_{port}"
        self._reader_cookie = f"hunnan_tui_reader_{port}"

    def make_app(self) -> web.Application:
        """Return the web application."""
        app = web.Application(middlewares=[self._guard], client_max_size=16_384)
        app.add_routes(
            [
                web.get("/", self._show_session),
                web.get("/begin", self._show_form),
                web.post("/begin", self._take_name),
                web.get("/ws", self._run_session),
                web.get("/download/{key}", self._send_download),
                web.get("/static/{name:.+}", self._send_static),
            ]
        )
        app.on_shutdown.append(self._close_sessions)
        return app

    async def _close_sessions(self, _: web.Application) -> None:
        for websocket in list(self._sockets):
            why = b"The server was stopped. All is saved."
            await websocket.close(code=WSCloseCode.GOING_AWAY, message=why)

    @web.middleware
    async def _guard(
        self, request: web.Request, handler: Handler
    ) -> web.StreamResponse:
        """Refuse what comes from elsewhere, and whoever has no secret."""
        try:
            response = self._refuse(request) or await handler(request)
        except web.HTTPException as error:
            response = web.Response(status=error.status, text=error.reason)
        if not response.prepared:
            response.headers.update(_HEADERS)
        return response

    def _refuse(self, request: web.Request) -> web.Response | None:
        hosts = request.headers.getall("Host", [])
        host = hosts[0] if len(hosts) == 1 else ""
        if not self._origins.is_own_host(host):
            return web.Response(
                status=421, text=_("This is not the server of that name")
            )
        origins = request.headers.getall("Origin", [])
        needs_origin = request.method != "GET" or request.path == "/ws"
        if (origins or needs_origin) and not (
            len(origins) == 1 and self._origins.is_own_origin(origins[0], host)
        ):
            return web.Response(status=403, text=_("Not from another page"))
        if secret := request.query.get("secret"):
            return self._exchange(request, secret)
        if not self.tokens.is_issued(request.cookies.get(self._token_cookie, "")):
            why = _(
                "Open the address, with its secret, that hunnan-tui serve has printed."
            )
            return web.Response(status=403, text=why)
        return None

    def _exchange(self, request: web.Request, secret: str) -> web.Response:
        """Give a cookie for the secret, and go on without it in the address."""
        token = self.tokens.exchange(secret)
        if not token:
            return web.Response(status=403, text=_("This is not the secret"))
        response = web.Response(status=303, headers={"Location": "/"})
        self._set_cookie(response, self._token_cookie, token, None)
        if not self._get_reader(request):
            self._set_cookie(response, self._reader_cookie, make_reader(), _YEAR)
        return response

    def _set_cookie(
        self, response: web.Response, name: str, value: str, max_age: int | None
    ) -> None:
        is_secure = self._service.address.public_url.startswith("https:")
        response.set_cookie(
            name,
            value,
            max_age=max_age,
            path="/",
            httponly=True,
            samesite="Lax",
            secure=is_secure,
        )

    def _get_reader(self, request: web.Request) -> str:
        return read_reader(request.cookies.get(self._reader_cookie, ""))

    def _require_reader(self, request: web.Request) -> str:
        if reader := self._get_reader(request):
            return reader
        raise web.HTTPForbidden(reason="Open the address with its secret again")

    async def _show_session(self, request: web.Request) -> web.Response:
        reader = self._require_reader(request)
        if self._service.asks_name and not self._service.readers.is_known(reader):
            return web.Response(status=303, headers={"Location": "/begin"})
        return self._make_page("session.html")

    async def _show_form(self, request: web.Request) -> web.Response:
        name = self._service.readers.get_name(self._require_reader(request))
        return self._make_page("begin.html", name)

    def _make_page(self, file: str, name: str = "") -> web.Response:
        text = (_PAGES / file).read_text("utf-8")
        text = text.replace("{title}", escape(self._service.title))
        text = text.replace("{name}", escape(name))
        return web.Response(text=text, content_type="text/html")

    async def _take_name(self, request: web.Request) -> web.Response:
        reader = self._require_reader(request)
        name = (await request.post()).get("name", "")
        try:
            self._service.readers.set_name(
                reader, name if isinstance(name, str) else ""
            )
        except OSError as error:
            why = _("Your name could not be kept: {strerror}").format(
                strerror=error.strerror
            )
            return web.Response(status=500, text=why)
        return web.Response(status=303, headers={"Location": "/"})

    async def _send_static(self, request: web.Request) -> web.StreamResponse:
        # a list, so that no way of writing a path leads anywhere else
        name = request.match_info["name"]
        for folder, files in ((_PAGES, _OURS), (_STATIC, _THEIRS)):
            if name in files:
                headers = {"Content-Type": files[name]}
                return web.FileResponse(folder / name, headers=headers)
        raise web.HTTPNotFound

    async def _run_session(self, request: web.Request) -> web.StreamResponse:
        reader = self._require_reader(request)
        service = self._service
        websocket = web.WebSocketResponse(heartbeat=20, max_msg_size=_MOST_TYPED)
        await websocket.prepare(request)
        self._sockets.add(websocket)
        try:
            with self._sessions.count(self._find_address(request)):
                await self._run_app(request, websocket, reader)
        except TooManySessionsError as error:
            code = WSCloseCode.TRY_AGAIN_LATER
            await websocket.close(code=code, message=str(error).encode())
        except OSError as error:
            service.report(
                _("a session could not be started: {error}").format(error=error)
            )
            code = WSCloseCode.INTERNAL_ERROR
            await websocket.close(code=code, message=b"It could not be started")
        finally:
            self._sockets.discard(websocket)
        return websocket

    def _find_address(self, request: web.Request) -> str:
        return find_address(
            request.remote or "",
            request.headers.get("X-Forwarded-For", ""),
            is_proxied=bool(self._service.address.public_url),
        )

    async def _run_app(
        self, request: web.Request, websocket: web.WebSocketResponse, reader: str
    ) -> None:
        service = self._service
        start = Start(
            service.command,
            service.readers.make_environment(reader, service.environ),
            service.readers.find_folder(reader),
            reader,
        )
        session = Session(start, websocket, self._downloads, service.report)
        width, height = (
            _read_size(request.query.get(name, ""), usual)
            for name, usual in (("width", 80), ("height", 24))
        )
        await session.start(width, height)
        try:
            await pass_input(websocket, session, service.limits.idle_minutes * 60)
        finally:
            # also when the server ends meanwhile: what was typed has to be saved
            await asyncio.shield(session.stop())

    async def _send_download(self, request: web.Request) -> web.StreamResponse:
        reader, key = self._require_reader(request), request.match_info["key"]
        try:
            download = await self._downloads.get_download_metadata(key)
        except KeyError:
            raise web.HTTPNotFound from None
        owner = download.app_service
        if not isinstance(owner, Session) or owner.reader != reader:
            raise web.HTTPNotFound
        response = web.StreamResponse(headers=_HEADERS)
        response.content_type = "application/octet-stream"
        name = quote(download.file_name.encode("utf-8", "replace"), safe="")
        response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
        # with its length known, a file that is cut off is no file to the browser
        if (download.name or "").isdecimal():
            response.content_length = int(download.name or "")
        await response.prepare(request)
        async for chunk in self._downloads.download(key):
            await response.write(chunk)
        await response.write_eof()
        return response


def _read_size(text: str, usual: int) -> int:
    return clamp_size(int(text)) if text.isdecimal() and len(text) < 6 else usual


async def serve(
    service: Service, announce: Callable[[Server], None], stop: asyncio.Event
) -> None:
    """Serve until it is asked to stop; then all sessions save and end.

    Args:
        service: What is served.
        announce: Told when browsers can come.
        stop: Set to stop.

    Raises:
        OSError: The address cannot be listened on.
    """
    server = Server(service)
    runner = web.AppRunner(server.make_app(), access_log=None, shutdown_timeout=15)
    await runner.setup()
    try:
        address = service.address
        await web.TCPSite(runner, address.host, address.port).start()
        announce(server)
        await stop.wait()
    finally:
        await runner.cleanup()
