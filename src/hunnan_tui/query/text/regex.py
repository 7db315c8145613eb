"""Regular expressions that no text and no pattern can make slow.

A pattern becomes a machine of states that reads each character once, so that the time
grows with the text alone. What would need more is refused: references back and looking
around. Patterns meet folded text, in which each line is one text of a project: `.` stays
within it, `^` and `$` are its ends.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from hunnan_tui.query.text.regex_parser import (
    Alternatives,
    Assertion,
    CharTest,
    Expression,
    Literal,
    One,
    PatternError,
    Repeat,
    Sequence,
    is_word,
    needed,
    read_pattern,
)

__all__ = ["Machine", "PatternError", "compile_pattern"]

STATES = 400
"""The largest machine; a repetition counts as often as it is written out."""

_SITUATIONS = 1_000
"""Situations that a machine keeps; then it forgets them and goes on."""

_EFFORT = 100_000
"""Steps that a machine works out: few patterns need a hundred, and no text is worth
more than the second or two that this takes."""

_MATCH = -1
_EDGE = "\n"
"""What stands before and after all text."""


@lru_cache(maxsize=64)
def compile_pattern(text: str) -> Machine:
    """Return the machine of a pattern.

    Raises:
        PatternError: It is no pattern, or asks for what we refuse.
    """
    return Machine(read_pattern(text))


class _Kinds(dict[str, int]):
    """Characters by number: those that pass the same tests have the same one."""

    def __init__(self, tests: list[CharTest | None]) -> None:
        self._tests = [test for test in tests if test is not None]
        self._numbers: dict[tuple[bool, ...], int] = {}
        self.examples: list[str] = []

    def __missing__(self, char: str) -> int:
        passed = (char == _EDGE, is_word(char), *(test(char) for test in self._tests))
        number = self._numbers.setdefault(passed, len(self.examples))
        if number == len(self.examples):
            self.examples.append(char)
        self[char] = number
        return number


class _Situation(dict[int, "_Situation"]):
    """The states that wait for a character; leads on by the kind of that character."""

    def __init__(self, machine: Machine, waiting: frozenset[int], before: str) -> None:
        super().__init__()
        self._machine, self.waiting, self.before = machine, waiting, before

    def __missing__(self, kind: int) -> _Situation:
        self[kind] = after = self._machine.step(self, kind)
        return after


class Machine:
    """A compiled pattern."""

    def __init__(self, expression: Expression) -> None:
        self._tests: list[CharTest | None] = []
        self._assertions: list[str] = []
        self._next: list[tuple[int, ...]] = []
        self._parts = 0
        self._needed = needed(expression)
        self._start = self._add(expression, _MATCH)
        self._kinds = _Kinds(self._tests)
        self._known: dict[tuple[frozenset[int], str], _Situation] = {}
        self._matched = _Situation(self, frozenset(), _EDGE)
        self._nowhere = _Situation(self, frozenset(), " ")
        self._effort = 0
        self._first = _Situation(self, frozenset((self._start,)), _EDGE)

    def search(self, text: str) -> bool:
        """Return whether the pattern stands anywhere in a text."""
        if self._needed not in text:
            return False
        situation, matched = self._first, self._matched
        for kind in map(self._kinds.__getitem__, text):
            situation = situation[kind]
            if situation is matched:
                return True
        return situation[self._kinds[_EDGE]] is matched

    @property
    def gave_up(self) -> bool:
        """Return whether the pattern took too much work, and finds no more."""
        return self._effort > _EFFORT

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Return where the pattern stands in a short text, each time at its longest."""
        spans: list[tuple[int, int]] = []
        start = 0
        while start < len(text):
            end = self._longest(text, start)
            if end > start:
                spans.append((start, end))
            start = max(end, start + 1)
        return spans

    def step(self, situation: _Situation, kind: int) -> _Situation:
        """Return the situation behind a character of a kind."""
        self._effort += 1
        if self.gave_up:
            return self._nowhere
        char = self._kinds.examples[kind]
        states = self._reached(situation.waiting, situation.before, char)
        if _MATCH in states:
            return self._matched
        waiting = frozenset((*self._behind(states, char), self._start))
        before = _EDGE if char == _EDGE else "w" if is_word(char) else " "
        known = self._known.get((waiting, before))
        if known is None:
            if len(self._known) >= _SITUATIONS:
                self._known.clear()
                self._first.clear()
            known = self._known[waiting, before] = _Situation(self, waiting, before)
        return known

    def _longest(self, text: str, start: int) -> int:
        """Return where the longest match from a place ends; -1 if there is none."""
        waiting: Iterable[int] = (self._start,)
        before, end = text[start - 1] if start else _EDGE, -1
        for place in range(start, len(text) + 1):
            char = text[place] if place < len(text) else _EDGE
            states = self._reached(waiting, before, char)
            if _MATCH in states:
                end = place
            waiting, before = self._behind(states, char), char
            if not waiting:
                break
        return end

    def _behind(self, states: Iterable[int], char: str) -> set[int]:
        """Return the states behind those that take a character."""
        passed: set[int] = set()
        for state in states:
            test = self._tests[state] if state != _MATCH else None
            if test is not None and test(char):
                passed.update(self._next[state])
        return passed

    def _reached(self, waiting: Iterable[int], before: str, after: str) -> set[int]:
        """Return the states that are reached between two characters, taking none."""
        reached: set[int] = set()
        todo = list(waiting)
        while todo:
            state = todo.pop()
            if state in reached:
                continue
            reached.add(state)
            if state == _MATCH or self._tests[state] is not None:
                continue
            kind = self._assertions[state]
            if not kind or _holds(kind, before, after):
                todo.extend(self._next[state])
        return reached

    def _add(self, expression: Expression, then: int) -> int:
        """Add the states of an expression in front of another state."""
        self._parts += 1
        if self._parts > 10 * STATES:
            raise PatternError("The pattern is too large")
        match expression:
            case One(test):
                return self._state((then,), test=test)
            case Literal(text):
                for char in reversed(text):
                    then = self._state((then,), test=char.__eq__)
                return then
            case Assertion(kind):
                return self._state((then,), assertion=kind)
            case Sequence(parts):
                for part in reversed(parts):
                    then = self._add(part, then)
                return then
            case Alternatives(parts):
                return self._state(tuple(self._add(part, then) for part in parts))
            case Repeat(part, least, None):
                loop = self._state(())
                self._next[loop] = (self._add(part, loop), then)
                then = loop
            case Repeat(part, least, most):
                behind = then
                for _ in range((most or 0) - least):
                    then = self._state((self._add(part, then), behind))
        for _ in range(least):
            then = self._add(part, then)
        return then

    def _state(
        self,
        then: tuple[int, ...],
        *,
        test: CharTest | None = None,
        assertion: str = "",
    ) -> int:
        if len(self._next) >= STATES:
            raise PatternError("The pattern is too large")
        self._tests.append(test)
        self._assertions.append(assertion)
        self._next.append(then)
        return len(self._next) - 1


def _holds(kind: str, before: str, after: str) -> bool:
    if kind == "^":
        return before == _EDGE
    if kind == "$":
        return after == _EDGE
    return (is_word(before) != is_word(after)) == (kind == "b")
