"""Parser of regular expressions: characters, classes, groups and repetition."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from hunnan_tui.core.language import _
from hunnan_tui.core.text import fold

MAX_LENGTH = 200
"""Most characters in a pattern."""
MAX_DEPTH = 20
"""Deepest nesting of groups."""
MAX_REPEAT = 50
"""Largest count in braces."""

CharTest = Callable[[str], bool]


class PatternError(ValueError):
    """A pattern that is malformed, unsupported or too large."""


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Any character that passes a test."""

    test: CharTest


@dataclass(frozen=True, slots=True)
class Literal:
    """Folded text that matches itself."""

    text: str


@dataclass(frozen=True, slots=True)
class Assertion:
    """A position: `^`, `$`, `b` at a word boundary, `B` elsewhere."""

    kind: str


@dataclass(frozen=True, slots=True)
class Sequence:
    """Expressions one after the other."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Alternatives:
    """Any one of several expressions."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """A repeated expression; without an upper bound if `most` is None."""

    part: Expression
    least: int
    most: int | None


Expression = AnyOf | Literal | Assertion | Sequence | Alternatives | Repeat

_COUNT = re.compile(r"\{([0-9]{1,3})(?:(,)([0-9]{1,3})?)?\}")
_GROUP = re.compile(r"\((?:\?(?::|P?<[A-Za-z_]\w*>))?")
_QUANTIFIERS = {"*": (0, None), "+": (1, None), "?": (0, 1)}
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "f": "\f", "v": "\v"}
_CLASSES: dict[str, CharTest] = {
    "d": str.isdecimal,
    "s": str.isspace,
    "w": lambda char: char.isalnum() or char == "_",
}


def is_word(char: str) -> bool:
    """Return whether a character is part of a word: a letter, digit or underscore."""
    return _CLASSES["w"](char)


def parse_pattern(text: str) -> Expression:
    """Parse a pattern.

    Raises:
        PatternError: It is malformed, unsupported or too large.
    """
    if len(text) > MAX_LENGTH:
        raise PatternError(
            _("A pattern has at most {max_length} characters").format(
                max_length=MAX_LENGTH
            )
        )
    parser = _PatternParser(text.removeprefix("(?i)"))
    expression = parser.parse_alternatives(0)
    if parser.next:
        raise PatternError(_("A pattern closes a bracket that is not open"))
    return expression


class _PatternParser:
    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0

    @property
    def next(self) -> str:
        return self._text[self._at : self._at + 1]

    def parse_alternatives(self, depth: int) -> Expression:
        parts = [self._parse_sequence(depth)]
        while self.next == "|":
            self._at += 1
            parts.append(self._parse_sequence(depth))
        return parts[0] if len(parts) == 1 else Alternatives(tuple(parts))

    def _parse_sequence(self, depth: int) -> Expression:
        parts: list[Expression] = []
        while self.next and self.next not in "|)":
            atom = self._parse_atom(depth)
            parts.append(self._parse_repetition(atom))
        return Sequence(tuple(parts))

    def _parse_repetition(self, atom: Expression) -> Expression:
        count = self._parse_count()
        if count is None:
            return atom
        if isinstance(atom, Assertion):
            raise PatternError(_("A place in a pattern cannot be repeated"))
        if self.next == "?":  # lazy: matches the same texts
            self._at += 1
        if self._parse_count() is not None:
            raise PatternError(_("A pattern repeats a repetition"))
        return Repeat(atom, *count)

    def _parse_count(self) -> tuple[int, int | None] | None:
        if self.next in _QUANTIFIERS:
            self._at += 1
            return _QUANTIFIERS[self._text[self._at - 1]]
        match = _COUNT.match(self._text, self._at)
        if match is None:
            return None
        self._at = match.end()
        least = int(match[1])
        most = int(match[3]) if match[3] else None if match[2] else least
        if least > MAX_REPEAT or (most is not None and not least <= most <= MAX_REPEAT):
            raise PatternError(
                _(
                    "A pattern repeats at most {max_repeat} times, or without end"
                ).format(max_repeat=MAX_REPEAT)
            )
        return least, most

    def _parse_atom(self, depth: int) -> Expression:
        char = self.next
        if char == "(":
            return self._parse_group(depth + 1)
        if char in _QUANTIFIERS:
            raise PatternError(_("A pattern repeats nothing"))
        self._at += 1
        if char == "[":
            return AnyOf(self._parse_class())
        if char == ".":
            return AnyOf(lambda char: char != "\n")
        if char in "^$":
            return Assertion(char)
        if char == "\\":
            return self._parse_escape()
        return _make_literal(char)

    def _parse_group(self, depth: int) -> Expression:
        if depth > MAX_DEPTH:
            raise PatternError(_("A pattern has too many groups within groups"))
        match = _GROUP.match(self._text, self._at)
        self._at += len(match[0]) if match else 1
        if self.next == "?":
            raise PatternError(_("Patterns cannot look around"))
        expression = self.parse_alternatives(depth)
        if self.next != ")":
            raise PatternError(_("A pattern does not close a bracket"))
        self._at += 1
        return expression

    def _parse_escape(self) -> Expression:
        char = self.next
        self._at += 1
        if char in ("b", "B"):
            return Assertion(char)
        test = _find_escape_class(char)
        return AnyOf(test) if test else _make_literal(_unescape(char))

    def _parse_class(self) -> CharTest:
        is_negated = self.next == "^"
        self._at += is_negated
        ranges: list[tuple[str, str]] = []
        tests: list[CharTest] = []
        is_first = True
        while is_first or self.next != "]":
            is_first = False
            low = self._parse_member(tests)
            if self.next == "-" and self._text[self._at + 1 : self._at + 2] != "]":
                self._at += 1
                high = self._parse_member(tests)
                if not low or not high or low > high:
                    raise PatternError(
                        _("A pattern has a range that ends before it begins")
                    )
                ranges.append((low, high))
            elif low:
                folded = fold(low)
                ranges.append((low, low))
                if len(folded) == 1:
                    ranges.append((folded, folded))
        self._at += 1
        return _make_class_test(ranges, tests, is_negated=is_negated)

    def _parse_member(self, tests: list[CharTest]) -> str:
        """Consume a member of a class; return its character, or "" if it is a class."""
        char = self.next
        if not char:
            raise PatternError(_("A pattern does not close a ["))
        self._at += 1
        if char != "\\":
            return char
        char = self.next
        self._at += 1
        test = _find_escape_class(char)
        if test is None:
            return _unescape(char)
        tests.append(test)
        return ""


def _make_literal(char: str) -> Expression:
    return Literal(fold(char) or (" " if char.isspace() else ""))


def find_required_text(expression: Expression) -> str:
    """Return the longest text that every match of the expression contains."""
    longest = run = ""
    parts = expression.parts if isinstance(expression, Sequence) else (expression,)
    for part in parts:
        if isinstance(part, Literal):
            run += part.text
            longest = max(longest, run, key=len)
            continue
        run = ""
        if isinstance(part, Sequence):
            longest = max(longest, find_required_text(part), key=len)
        elif isinstance(part, Repeat) and part.least:
            longest = max(longest, find_required_text(part.part), key=len)
    return longest


def _find_escape_class(char: str) -> CharTest | None:
    test = _CLASSES.get(char.lower()) if char else None
    if test is None or char.islower():
        return test
    return lambda other: other != "\n" and not test(other)


def _unescape(char: str) -> str:
    if char in _ESCAPES:
        return _ESCAPES[char]
    if char.isdecimal():
        raise PatternError(_("Patterns cannot refer back"))
    if not char or (char.isascii() and char.isalpha()):
        raise PatternError(
            _("A pattern has an unknown escape \\{char}").format(char=char)
        )
    return char


def _make_class_test(
    ranges: list[tuple[str, str]], tests: list[CharTest], *, is_negated: bool
) -> CharTest:
    def matches(char: str) -> bool:
        if char == "\n":
            return False
        # texts are folded, so that [A-Z] has to match lower case
        forms = {char, char.upper()}
        in_range = any(low <= form <= high for low, high in ranges for form in forms)
        is_member = in_range or any(test(char) for test in tests)
        return is_member is not is_negated

    return matches
