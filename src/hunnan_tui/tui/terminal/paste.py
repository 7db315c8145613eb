"""The terminal's input: a paste is one paste, whatever it holds.

Textual looks for sequences inside a paste too. One that it does not know, an ESC byte with
a page of text behind it, it takes for keys; a byte that is no UTF-8 ends its input. Here
pastes are cut out before anything else looks at them.
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
"""Characters of the beginning of a paste that may be keys as well: ESC, and ESC [."""


class PastingParser(XTermParser):
    """Gives a paste as one message, and leaves all else to Textual."""

    def __init__(self, debug: bool = False) -> None:
        super().__init__(debug)
        self._begun = ""
        """The end of what was read, where a paste may begin in the middle of it."""
        self._is_begun_told = False
        """Whether that beginning has been taken for keys, as nothing came behind it."""
        self._pasted: list[str] | None = None
        """What has come so far of a paste; None outside of one."""
        self._end = ""
        """The last characters of it, where its end may begin."""

    def feed(self, data: str) -> Iterable[Message]:
        if not data:
            yield from super().feed(data)
            return
        while data:
            if self._pasted is not None:
                data, text = self._take(self._pasted, data)
                if text is not None:
                    yield events.Paste(text.replace("\x00", ""))
                continue
            joined = self._begun + data
            start = joined.find(BRACKETED_PASTE_START)
            known, told = len(self._begun), self._is_begun_told
            self._begun, self._is_begun_told = "", False
            if start < 0:
                self._begun = _beginning(joined)
                yield from super().feed(data)
                return
            if start >= known or not told:
                # an empty paste, so that Textual's parser is done with what was before
                before = joined[known : start + _LENGTH] + BRACKETED_PASTE_END
                for message in super().feed(before):
                    if not isinstance(message, events.Paste):
                        yield message
            self._pasted, self._end = [], ""
            data = joined[start + _LENGTH :]

    def tick(self) -> Iterable[Message]:
        if len(self._begun) > _KEYS:
            return  # no key begins like this: the rest of it is late
        for message in super().tick():
            self._is_begun_told = True
            yield message

    def _take(self, parts: list[str], data: str) -> tuple[str, str | None]:
        """Take in a part of a paste; return what is behind it, and the whole text.

        The text is None as long as the end has not come.
        """
        joined = self._end + data
        end = _last_end(joined)
        if end < 0:
            parts.append(data)
            self._end = joined[1 - _LENGTH :]
            return "", None
        whole = "".join(parts)
        whole = whole[: len(whole) - len(self._end)] + joined[:end]
        self._pasted = None
        return joined[end + _LENGTH :], whole


def _last_end(text: str) -> int:
    """Return where a paste ends; -1 if it goes on.

    A second end with no beginning before it shows that the first was part of the text.
    """
    end = text.find(BRACKETED_PASTE_END)
    while end >= 0:
        further = text.find(BRACKETED_PASTE_END, end + _LENGTH)
        start = text.find(BRACKETED_PASTE_START, end + _LENGTH)
        if further < 0 or 0 <= start < further:
            break
        end = further
    return end


def _beginning(text: str) -> str:
    """Return the end of a text that may be the beginning of a paste."""
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
                    if text:  # none is the end of the input
                        for message in parser.feed(text):
                            self.process_message(message)
                for message in parser.tick():
                    self.process_message(message)
        try:
            for _ in parser.feed(""):
                pass
        except (EOFError, ParseError):
            pass
