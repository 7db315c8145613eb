"""The syntax of regular expressions: characters, classes, groups and repetition."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from hunnan_tui.query.text.folding import search_fold

LONGEST = 200
"""Characters of a pattern."""
DEEPEST = 20
"""Groups within groups."""
MOST = 50
"""The largest count in braces."""

CharTest = Callable[[str], bool]


class PatternError(ValueError):
    """A pattern that is not understood, or too large."""


@dataclass(frozen=True, slots=True)
class One:
    """One character that passes a test."""

    test: CharTest


@dataclass(frozen=True, slots=True)
class Literal:
    """Folded characters as they stand."""

    text: str


@dataclass(frozen=True, slots=True)
class Assertion:
    """A place: `^`, `$`, `b` between word and no word, `B` not there."""

    kind: str


@dataclass(frozen=True, slots=True)
class Sequence:
    """Parts that follow each other."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Alternatives:
    """One of several parts."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """A part several times; `most` None is without end."""

    part: Expression
    least: int
    most: int | None


Expression = One | Literal | Assertion | Sequence | Alternatives | Repeat

_COUNT = re.compile(r"\{([0-9]{1,3})(?:(,)([0-9]{1,3})?)?\}")
_GROUP = re.compile(r"\((?:\?(?::|P?<[A-Za-z_]\w*>))?")
_TIMES = {"*": (0, None), "+": (1, None), "?": (0, 1)}
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r", "f": "\f", "v": "\v"}
_KINDS: dict[str, CharTest] = {
    "d": str.isdecimal,
    "s": str.isspace,
    "w": lambda char: char.isalnum() or char == "_",
}


def is_word(char: str) -> bool:
    """Return whether a character belongs to a word."""
    return _KINDS["w"](char)


def read_pattern(text: str) -> Expression:
    """Read a pattern; PatternError if it is none, or asks for what we refuse."""
    if len(text) > LONGEST:
        raise PatternError(f"A pattern has at most {LONGEST} characters")
    reader = _Reader(text.removeprefix("(?i)"))
    expression = reader.alternatives(0)
    if reader.next:
        raise PatternError("A pattern closes a bracket that is not open")
    return expression


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0

    @property
    def next(self) -> str:
        return self._text[self._at : self._at + 1]

    def alternatives(self, depth: int) -> Expression:
        parts = [self._sequence(depth)]
        while self.next == "|":
            self._at += 1
            parts.append(self._sequence(depth))
        return parts[0] if len(parts) == 1 else Alternatives(tuple(parts))

    def _sequence(self, depth: int) -> Expression:
        parts: list[Expression] = []
        while self.next and self.next not in "|)":
            atom = self._atom(depth)
            parts.append(self._repeated(atom))
        return Sequence(tuple(parts))

    def _repeated(self, atom: Expression) -> Expression:
        times = self._times()
        if times is None:
            return atom
        if isinstance(atom, Assertion):
            raise PatternError("A place in a pattern cannot be repeated")
        if self.next == "?":  # as few as possible: whether it matches is the same
            self._at += 1
        if self._times() is not None:
            raise PatternError("A pattern repeats a repetition")
        return Repeat(atom, *times)

    def _times(self) -> tuple[int, int | None] | None:
        if self.next in _TIMES:
            self._at += 1
            return _TIMES[self._text[self._at - 1]]
        match = _COUNT.match(self._text, self._at)
        if match is None:
            return None
        self._at = match.end()
        least = int(match[1])
        most = int(match[3]) if match[3] else None if match[2] else least
        if least > MOST or (most is not None and not least <= most <= MOST):
            raise PatternError(
                f"A pattern repeats at most {MOST} times, or without end"
            )
        return least, most

    def _atom(self, depth: int) -> Expression:
        char = self.next
        if char == "(":
            return self._group(depth + 1)
        if char in _TIMES:
            raise PatternError("A pattern repeats nothing")
        self._at += 1
        if char == "[":
            return One(self._class())
        if char == ".":
            return One(lambda each: each != "\n")
        if char in "^$":
            return Assertion(char)
        if char == "\\":
            return self._escape()
        return _literal(char)

    def _group(self, depth: int) -> Expression:
        if depth > DEEPEST:
            raise PatternError("A pattern has too many groups within groups")
        match = _GROUP.match(self._text, self._at)
        self._at += len(match[0]) if match else 1
        if self.next == "?":
            raise PatternError("Patterns cannot look around")
        expression = self.alternatives(depth)
        if self.next != ")":
            raise PatternError("A pattern does not close a bracket")
        self._at += 1
        return expression

    def _escape(self) -> Expression:
        char = self.next
        self._at += 1
        if char in ("b", "B"):
            return Assertion(char)
        kind = _kind(char)
        return One(kind) if kind else _literal(_escaped(char))

    def _class(self) -> CharTest:
        is_negated = self.next == "^"
        self._at += is_negated
        ranges: list[tuple[str, str]] = []
        tests: list[CharTest] = []
        is_first = True
        while is_first or self.next != "]":
            is_first = False
            low = self._member(tests)
            if self.next == "-" and self._text[self._at + 1 : self._at + 2] != "]":
                self._at += 1
                high = self._member(tests)
                if not low or not high or low > high:
                    raise PatternError(
                        "A pattern has a range that ends before it begins"
                    )
                ranges.append((low, high))
            elif low:
                folded = search_fold(low)
                ranges.append((low, low))
                if len(folded) == 1:
                    ranges.append((folded, folded))
        self._at += 1
        return _one_of(ranges, tests, is_negated=is_negated)

    def _member(self, tests: list[CharTest]) -> str:
        """Take a character of a class; empty if it is a whole kind of them."""
        char = self.next
        if not char:
            raise PatternError("A pattern does not close a [")
        self._at += 1
        if char != "\\":
            return char
        char = self.next
        self._at += 1
        kind = _kind(char)
        if kind is None:
            return _escaped(char)
        tests.append(kind)
        return ""


def _literal(char: str) -> Expression:
    return Literal(search_fold(char) or (" " if char.isspace() else ""))


def needed(expression: Expression) -> str:
    """Return the longest text that stands in whatever the expression matches."""
    longest = run = ""
    parts = expression.parts if isinstance(expression, Sequence) else (expression,)
    for part in parts:
        if isinstance(part, Literal):
            run += part.text
            longest = max(longest, run, key=len)
            continue
        run = ""
        if isinstance(part, Sequence):
            longest = max(longest, needed(part), key=len)
        elif isinstance(part, Repeat) and part.least:
            longest = max(longest, needed(part.part), key=len)
    return longest


def _kind(char: str) -> CharTest | None:
    test = _KINDS.get(char.lower()) if char else None
    if test is None or char.islower():
        return test
    return lambda each: each != "\n" and not test(each)


def _escaped(char: str) -> str:
    if char in _ESCAPED:
        return _ESCAPED[char]
    if char.isdecimal():
        raise PatternError("Patterns cannot refer back")
    if not char or (char.isascii() and char.isalpha()):
        raise PatternError(f"A pattern has an unknown escape \\{char}")
    return char


def _one_of(
    ranges: list[tuple[str, str]], tests: list[CharTest], *, is_negated: bool
) -> CharTest:
    def test(char: str) -> bool:
        if char == "\n":
            return False
        # texts are folded: [A-Z] means the small letters that it meets
        forms = {char, char.upper()}
        found = any(low <= form <= high for low, high in ranges for form in forms)
        return (found or any(each(char) for each in tests)) is not is_negated

    return test
