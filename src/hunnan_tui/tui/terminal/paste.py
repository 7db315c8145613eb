"""Reads the terminal's input so that a paste is one event, whatever it contains.

Textual parses escape sequences inside a paste too: an unknown one, such as ESC followed by
a page of text, becomes keys, and a byte that is not UTF-8 ends the input. This parser cuts
pastes out before Textual's sees them.
"""

from __future__ import annotations

import os
import selectors
from codecs import getincrementaldecoder
from collections.abc import Iterable

from textual import events
from textual._parser import ParseError
from textual._xterm_parser import (
    BRACKETED_PASTE_END,
    BRACKETED_PASTE_START,
    XTermParser,
)
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

_LENGTH = len(BRACKETED_PASTE_START)
_READ = 65_536
_KEYS = 2
"""Length of the prefixes of a paste's start that may also be keys: ESC, and ESC [."""


class PastingParser(XTermParser):
    """Turns a paste into one message, and leaves all other input to Textual."""

    def __init__(self, debug: bool = False) -> None:
        super().__init__(debug)
        self._partial_start = ""
        """The end of the input so far, if it may be the first part of a paste's start."""
        self._is_partial_start_passed_on = False
        """Whether it has been passed on as keys, because nothing followed."""
        self._pasted: list[str] | None = None
        """The parts of a paste so far; None outside of one."""
        self._end = ""
        """The last characters of a paste, which may be the first part of its end."""

    def feed(self, data: str) -> Iterable[Message]:
        if not data:
            yield from super().feed(data)
            return
        while data:
            if self._pasted is not None:
                data, text = self._collect(self._pasted, data)
                if text is not None:
                    yield events.Paste(text.replace("\x00", ""))
                continue
            joined = self._partial_start + data
            start = joined.find(BRACKETED_PASTE_START)
            known = len(self._partial_start)
            is_passed_on = self._is_partial_start_passed_on
            self._partial_start, self._is_partial_start_passed_on = "", False
            if start < 0:
                self._partial_start = _find_partial_start(joined)
                yield from super().feed(data)
                return
            if start >= known or not is_passed_on:
                # an empty paste makes Textual's parser finish what came before
                before = joined[known : start + _LENGTH] + BRACKETED_PASTE_END
                for message in super().feed(before):
                    if not isinstance(message, events.Paste):
                        yield message
            self._pasted, self._end = [], ""
            data = joined[start + _LENGTH :]

    def tick(self) -> Iterable[Message]:
        if len(self._partial_start) > _KEYS:
            return  # no key starts like this: the rest is still to come
        for message in super().tick():
            self._is_partial_start_passed_on = True
            yield message

    def _collect(self, parts: list[str], data: str) -> tuple[str, str | None]:
        """Add input to the parts of a paste.

        Returns:
            The input after the paste, and its text; None until the end has come.
        """
        joined = self._end + data
        end = _find_end(joined)
        if end < 0:
            parts.append(data)
            self._end = joined[1 - _LENGTH :]
            return "", None
        whole = "".join(parts)
        whole = whole[: len(whole) - len(self._end)] + joined[:end]
        self._pasted = None
        return joined[end + _LENGTH :], whole


def _find_end(text: str) -> int:
    """Return the index of the end of a paste; -1 if it goes on.

    A second end without a start before it means that the first was part of the text.
    """
    end = text.find(BRACKETED_PASTE_END)
    while end >= 0:
        further = text.find(BRACKETED_PASTE_END, end + _LENGTH)
        start = text.find(BRACKETED_PASTE_START, end + _LENGTH)
        if further < 0 or 0 <= start < further:
            break
        end = further
    return end


def _find_partial_start(text: str) -> str:
    """Return the end of a text that may be the first part of a paste's start."""
    for length in range(_LENGTH - 1, 0, -1):
        if text.endswith(BRACKETED_PASTE_START[:length]):
            return text[-length:]
    return ""


class PastingDriver(LinuxDriver):
    """Textual's driver with another parser."""

    def run_input_thread(self) -> None:
        """Read what is typed until the app ends."""
        parser = PastingParser(self._debug)
        decode = getincrementaldecoder("utf-8")("replace").decode
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            is_last = False
            while not is_last:
                is_last = self.exit_event.is_set()
                if selector.select(0 if is_last else 0.1):
                    text = decode(os.read(self.fileno, _READ), final=is_last)
                    if text:  # no text at the end of the input
                        for message in parser.feed(text):
                            self.process_message(message)
                for message in parser.tick():
                    self.process_message(message)
        try:
            for _ in parser.feed(""):
                pass
        except (EOFError, ParseError):
            pass
