"""Scanner of a query: the current position, and the problems found so far."""

from __future__ import annotations

import re
from dataclasses import dataclass

from hunnan_tui.core.language import _
from hunnan_tui.query.language.query import QueryProblem

MAX_LENGTH = 4_000
"""Characters of a query that are parsed."""

_ASCII = {c: c - 0xFEE0 for c in range(0xFF01, 0xFF5F)} | {
    ord(wide): narrow
    for wide, narrow in (("\u3000", " "), *zip("“”「」、", '"""",', strict=True))
}
"""Full-width characters; each maps to one character, so that columns do not move."""

_WORD = re.compile(r'[^\s()|"]+')
_VALUE = re.compile(r'[^\s()|",]+')
_BEFORE_PATTERN = frozenset(' \t()|,:=<>-!"')
_PATTERN = re.compile(r"/((?:[^/\\\n]|\\[^\n])+)/(?=[\s()|,]|$)")


def to_ascii(text: str) -> str:
    """Return text with its full-width letters, digits and signs replaced by ASCII."""
    return text.translate(_ASCII)


def find_missing_end(text: str) -> str:
    """Return the quote and the brackets that a query still needs at its end: `"))`."""
    scanner, depth = Scanner(text), 0
    while not scanner.is_done:
        at = scanner.position
        if scanner.next == '"':
            scanner.take_quoted()
            if scanner.position > len(scanner.ascii):
                phrase = scanner.ascii[at + 1 :]
                slashes = len(phrase) - len(phrase.rstrip("\\"))
                # one by itself would take the quote for a sign of the phrase
                return "\\" * (slashes % 2) + '"' + ")" * depth
            continue
        if at == 0 or scanner.ascii[at - 1] in _BEFORE_PATTERN:
            scanner.take_pattern()
        if scanner.position == at:
            depth = max(0, depth + {"(": 1, ")": -1}.get(scanner.next, 0))
            scanner.position += 1
    return ")" * depth


@dataclass(frozen=True, slots=True)
class Token:
    """A value as it was typed, with its position in the query."""

    text: str
    start: int
    end: int
    is_quoted: bool = False
    is_pattern: bool = False


class Scanner:
    """Consumes the text of a query from left to right."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._raw = text[:MAX_LENGTH]
        self.ascii = to_ascii(self._raw)
        """The text as `to_ascii` gives it; quoted phrases are taken from the original."""
        self.position = 0
        self.problems: list[QueryProblem] = []
        if len(text) > MAX_LENGTH:
            self.add_error(
                MAX_LENGTH,
                MAX_LENGTH + 1,
                _("The query is too long: the rest is left out"),
            )

    @property
    def is_done(self) -> bool:
        return self.position >= len(self.ascii)

    @property
    def next(self) -> str:
        """The next character; empty at the end."""
        return self.ascii[self.position : self.position + 1]

    def skip_blanks(self) -> None:
        while self.next.isspace():
            self.position += 1

    def match(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Match a pattern at the current position without consuming the match."""
        return pattern.match(self.ascii, self.position)

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Match a pattern at the current position and consume the match."""
        match = self.match(pattern)
        if match:
            self.position = match.end()
        return match

    def take_word(self) -> str:
        """Consume the characters up to a space, bracket, bar or quote."""
        match = self.take(_WORD)
        return match[0] if match else ""

    def take_pattern(self) -> str:
        """Consume a regular expression between slashes; empty if there is none."""
        match = self.take(_PATTERN)
        return match[1] if match else ""

    def take_quoted(self) -> str:
        """Consume a quoted phrase; without a closing quote it extends to the end."""
        self.position += 1
        text: list[str] = []
        while not self.is_done and self.next != '"':
            escaped = self.ascii[self.position + 1 : self.position + 2]
            if self.next == "\\" and escaped in ('"', "\\"):
                self.position += 1
            text.append(self._raw[self.position : self.position + 1])
            self.position += 1
        self.position += 1
        return "".join(text)

    def take_values(self, longer: re.Pattern[str] | None = None) -> list[Token]:
        """Consume values separated by commas.

        Args:
            longer: Matches values that contain spaces or commas themselves.
        """
        values: list[Token] = []
        while True:
            start = self.position
            if self.next == '"':
                values.append(
                    Token(self.take_quoted(), start, self.position, is_quoted=True)
                )
            elif pattern := self.take_pattern():
                values.append(Token(pattern, start, self.position, is_pattern=True))
            elif match := (longer and self.take(longer)) or self.take(_VALUE):
                values.append(Token(match[0], start, self.position))
            if self.next != ",":
                return values
            self.position += 1

    def add_error(self, start: int, end: int, message: str, hint: str = "") -> None:
        """Report an error, which leaves the last valid list on the screen."""
        self.problems.append(
            QueryProblem(start + 1, message, hint, "error", max(1, end - start))
        )

    def add_hint(
        self, start: int, end: int, message: str, hint: str = "", fix: str | None = None
    ) -> None:
        """Report something that does not invalidate the query."""
        self.problems.append(
            QueryProblem(start + 1, message, hint, "hint", max(1, end - start), fix)
        )

    def add_misspelling(
        self, start: int, end: int, message: str, suggestion: str
    ) -> None:
        """Report an unknown name, and the one that was probably meant."""
        fix = (
            f"{self.text[:start]}{suggestion}{self.text[end:]}" if suggestion else None
        )
        hint = (
            _("did you mean {suggestion}?").format(suggestion=suggestion)
            if suggestion
            else ""
        )
        self.problems.append(
            QueryProblem(start + 1, message, hint, "error", max(1, end - start), fix)
        )
