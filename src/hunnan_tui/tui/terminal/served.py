"""What stands between the app and a browser: input from a server instead of a terminal."""

from __future__ import annotations

import asyncio
import signal
from contextlib import suppress
from io import BytesIO
from typing import Any, Protocol, cast

from textual.app import App
from textual.drivers.web_driver import WebDriver


class Leaving(Protocol):
    """An app that saves before it ends."""

    def leave(self, code: int) -> None:
        """Save, and end with an exit status."""


class ServedDriver(WebDriver):
    """Textual's driver for browsers, with an end that saves."""

    def start_application_mode(self) -> None:
        self._loop = asyncio.get_running_loop()
        numbers = (signal.SIGINT, signal.SIGTERM)
        before = {number: signal.getsignal(number) for number in numbers}
        super().start_application_mode()
        for number, handler in before.items():  # ours save before they end it
            with suppress(NotImplementedError):  # Windows, where it sets none
                self._loop.remove_signal_handler(number)
                signal.signal(number, handler)

    def on_meta(self, packet_type: str, payload: dict[str, object]) -> None:
        """Handle a packet of the server; a session that is closed is saved first."""
        if packet_type == "quit":
            app = cast(Leaving, self._app)
            self._loop.call_soon_threadsafe(app.leave, 0)
            return
        super().on_meta(packet_type, payload)


def deliver_file(app: App[Any], name: str, content: bytes) -> None:
    """Have the reader's browser download a file.

    Args:
        app: The app, in a browser.
        name: What the file is called there, without a folder.
        content: All of it.
    """
    app.deliver_binary(
        BytesIO(content),
        save_filename=name or "export",
        save_directory="",
        name=str(len(content)),  # the server tells the browser how long it is
    )
