"""The typed text while it is read: where the reader is, and what was told on the way."""

from __future__ import annotations

import re
from dataclasses import dataclass

from hunnan_tui.query.language.query import QueryProblem

LONGEST = 4_000
"""Characters of a query that are read."""

_ASCII = {c: c - 0xFEE0 for c in range(0xFF01, 0xFF5F)} | {
    ord(wide): narrow
    for wide, narrow in (("\u3000", " "), *zip("“”「」、", '"""",', strict=True))
}
"""Full-width letters, digits and signs: one character each, so that columns stay."""

_WORD = re.compile(r'[^\s()|"]+')
_VALUE = re.compile(r'[^\s()|",]+')
_PATTERN = re.compile(r"/((?:[^/\\\n]|\\[^\n])+)/(?=[\s()|,]|$)")


def narrow(text: str) -> str:
    """Return text with full-width letters, digits and signs in ASCII."""
    return text.translate(_ASCII)


@dataclass(frozen=True, slots=True)
class Typed:
    """One value as it was typed."""

    text: str
    start: int
    end: int
    is_quoted: bool = False
    is_pattern: bool = False


class Scan:
    """A place in the typed text that moves on as parts are taken."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._raw = text[:LONGEST]
        self.flat = narrow(self._raw)
        """The text in ASCII signs; only quotes are read from the original."""
        self.at = 0
        self.problems: list[QueryProblem] = []
        if len(text) > LONGEST:
            self.error(
                LONGEST, LONGEST + 1, "The query is too long: the rest is left out"
            )

    @property
    def is_done(self) -> bool:
        return self.at >= len(self.flat)

    @property
    def next(self) -> str:
        """The next character; empty at the end."""
        return self.flat[self.at : self.at + 1]

    def skip_blanks(self) -> None:
        while self.next.isspace():
            self.at += 1

    def match(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Return a match right here, without moving on."""
        return pattern.match(self.flat, self.at)

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Return a match right here and move behind it."""
        match = self.match(pattern)
        if match:
            self.at = match.end()
        return match

    def word(self) -> str:
        """Take the characters up to a blank, a bracket, a bar or a quote."""
        match = self.take(_WORD)
        return match[0] if match else ""

    def pattern(self) -> str:
        """Take a regular expression between slashes; empty if none stands here."""
        match = self.take(_PATTERN)
        return match[1] if match else ""

    def quoted(self) -> str:
        """Take a phrase in quotes; one that is not closed goes to the end."""
        self.at += 1
        text: list[str] = []
        while not self.is_done and self.next != '"':
            if self.next == "\\" and self.flat[self.at + 1 : self.at + 2] in (
                '"',
                "\\",
            ):
                self.at += 1
            text.append(self._raw[self.at : self.at + 1])
            self.at += 1
        self.at += 1
        return "".join(text)

    def values(self, longer: re.Pattern[str] | None = None) -> list[Typed]:
        """Take values with commas between them.

        Args:
            longer: What finds a value that has blanks or commas in itself.
        """
        values: list[Typed] = []
        while True:
            start = self.at
            if self.next == '"':
                values.append(Typed(self.quoted(), start, self.at, is_quoted=True))
            elif pattern := self.pattern():
                values.append(Typed(pattern, start, self.at, is_pattern=True))
            elif match := (longer and self.take(longer)) or self.take(_VALUE):
                values.append(Typed(match[0], start, self.at))
            if self.next != ",":
                return values
            self.at += 1

    def error(self, start: int, end: int, message: str, hint: str = "") -> None:
        """Tell something that keeps the last good list."""
        self.problems.append(
            QueryProblem(start + 1, message, hint, "error", max(1, end - start))
        )

    def hint(
        self, start: int, end: int, message: str, hint: str = "", fix: str | None = None
    ) -> None:
        """Tell something that only informs."""
        self.problems.append(
            QueryProblem(start + 1, message, hint, "hint", max(1, end - start), fix)
        )

    def misspelt(self, start: int, end: int, message: str, meant: str) -> None:
        """Tell that a name is unknown, and what was probably meant."""
        fix = f"{self.text[:start]}{meant}{self.text[end:]}" if meant else None
        hint = f"did you mean {meant}?" if meant else ""
        self.problems.append(
            QueryProblem(start + 1, message, hint, "error", max(1, end - start), fix)
        )
