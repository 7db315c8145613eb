"""Regular expressions in linear time, whatever the pattern and the text.

A pattern is compiled to a nondeterministic automaton (NFA), whose sets of states become
the states of a deterministic one (DFA) as they are met. Backreferences and lookaround
are not supported. Patterns are matched against folded text in which each line is one
text of a project: `.` matches no line break, `^` and `$` match the ends of a line.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from hunnan_tui.core.language import _
from hunnan_tui.query.text.regex_parser import (
    Alternatives,
    AnyOf,
    Assertion,
    CharTest,
    Expression,
    Literal,
    PatternError,
    Repeat,
    Sequence,
    find_required_text,
    is_word,
    parse_pattern,
)

__all__ = ["Automaton", "PatternError", "compile_pattern"]

STATES = 400
"""Most states of the NFA, with repetitions written out."""

_MAX_DFA_STATES = 1_000
"""States that the DFA keeps; it then forgets them and starts again."""

_MAX_STEPS = 100_000
"""Transitions that are worked out, in a second or two; few patterns need a hundred."""

_MATCH = -1
_EDGE = "\n"
"""Precedes and follows all text."""


@lru_cache(maxsize=64)
def compile_pattern(text: str) -> Automaton:
    """Compile a pattern.

    Raises:
        PatternError: It is malformed, unsupported or too large.
    """
    return Automaton(parse_pattern(text))


class _CharClasses(dict[str, int]):
    """The class of each character; all characters of a class pass the same tests."""

    def __init__(self, tests: list[CharTest | None]) -> None:
        self._tests = [test for test in tests if test is not None]
        self._known: dict[tuple[bool, ...], int] = {}
        self.examples: list[str] = []

    def __missing__(self, char: str) -> int:
        results = (char == _EDGE, is_word(char), *(test(char) for test in self._tests))
        char_class = self._known.setdefault(results, len(self.examples))
        if char_class == len(self.examples):
            self.examples.append(char)
        self[char] = char_class
        return char_class


class _State(dict[int, "_State"]):
    """A state of the DFA: a set of NFA states; maps character classes to successors."""

    def __init__(
        self, automaton: Automaton, nfa_states: frozenset[int], before: str
    ) -> None:
        super().__init__()
        self._automaton, self.nfa_states, self.before = automaton, nfa_states, before

    def __missing__(self, char_class: int) -> _State:
        self[char_class] = successor = self._automaton.step(self, char_class)
        return successor


class Automaton:
    """A compiled pattern, with its NFA and the part of its DFA that was needed."""

    def __init__(self, expression: Expression) -> None:
        self._tests: list[CharTest | None] = []
        self._assertions: list[str] = []
        self._next: list[tuple[int, ...]] = []
        self._size = 0
        self._required_text = find_required_text(expression)
        self._start = self._compile(expression, _MATCH)
        self._classes = _CharClasses(self._tests)
        self._known: dict[tuple[frozenset[int], str], _State] = {}
        self._matched = _State(self, frozenset(), _EDGE)
        self._failed = _State(self, frozenset(), " ")
        self._steps = 0
        self._first = _State(self, frozenset((self._start,)), _EDGE)

    def search(self, text: str) -> bool:
        """Return whether the pattern matches anywhere in a text."""
        if self._required_text not in text:
            return False
        state, matched = self._first, self._matched
        for char_class in map(self._classes.__getitem__, text):
            state = state[char_class]
            if state is matched:
                return True
        return state[self._classes[_EDGE]] is matched

    @property
    def gave_up(self) -> bool:
        """Return whether the pattern took too much work; it then matches nothing more."""
        return self._steps > _MAX_STEPS

    def find_spans(self, text: str) -> list[tuple[int, int]]:
        """Return the longest matches in a short text, from left to right."""
        spans: list[tuple[int, int]] = []
        start = 0
        while start < len(text):
            end = self._find_longest(text, start)
            if end > start:
                spans.append((start, end))
            start = max(end, start + 1)
        return spans

    def step(self, state: _State, char_class: int) -> _State:
        """Work out the successor of a state at a character of a class."""
        self._steps += 1
        if self.gave_up:
            return self._failed
        char = self._classes.examples[char_class]
        states = self._close(state.nfa_states, state.before, char)
        if _MATCH in states:
            return self._matched
        nfa_states = frozenset((*self._consume(states, char), self._start))
        before = _EDGE if char == _EDGE else "w" if is_word(char) else " "
        known = self._known.get((nfa_states, before))
        if known is None:
            if len(self._known) >= _MAX_DFA_STATES:
                self._known.clear()
                self._first.clear()
            known = self._known[nfa_states, before] = _State(self, nfa_states, before)
        return known

    def _find_longest(self, text: str, start: int) -> int:
        """Return the end of the longest match at a position; -1 if there is none."""
        nfa_states: Iterable[int] = (self._start,)
        before, end = text[start - 1] if start else _EDGE, -1
        for position in range(start, len(text) + 1):
            char = text[position] if position < len(text) else _EDGE
            states = self._close(nfa_states, before, char)
            if _MATCH in states:
                end = position
            nfa_states, before = self._consume(states, char), char
            if not nfa_states:
                break
        return end

    def _consume(self, states: Iterable[int], char: str) -> set[int]:
        """Return the successors of the states that accept a character."""
        passed: set[int] = set()
        for state in states:
            test = self._tests[state] if state != _MATCH else None
            if test is not None and test(char):
                passed.update(self._next[state])
        return passed

    def _close(self, nfa_states: Iterable[int], before: str, after: str) -> set[int]:
        """Return the states that can be reached without consuming a character."""
        reached: set[int] = set()
        todo = list(nfa_states)
        while todo:
            state = todo.pop()
            if state in reached:
                continue
            reached.add(state)
            if state == _MATCH or self._tests[state] is not None:
                continue
            kind = self._assertions[state]
            if not kind or _is_satisfied(kind, before, after):
                todo.extend(self._next[state])
        return reached

    def _compile(self, expression: Expression, then: int) -> int:
        """Add the states of an expression that leads to a state; return its first one."""
        self._size += 1
        if self._size > 10 * STATES:
            raise PatternError(_("The pattern is too large"))
        match expression:
            case AnyOf(test):
                return self._add_state((then,), test=test)
            case Literal(text):
                for char in reversed(text):
                    then = self._add_state((then,), test=char.__eq__)
                return then
            case Assertion(kind):
                return self._add_state((then,), assertion=kind)
            case Sequence(parts):
                for part in reversed(parts):
                    then = self._compile(part, then)
                return then
            case Alternatives(parts):
                return self._add_state(
                    tuple(self._compile(part, then) for part in parts)
                )
            case Repeat(part, least, None):
                loop = self._add_state(())
                self._next[loop] = (self._compile(part, loop), then)
                then = loop
            case Repeat(part, least, most):
                end = then
                for _each in range((most or 0) - least):
                    then = self._add_state((self._compile(part, then), end))
        for _each in range(least):
            then = self._compile(part, then)
        return then

    def _add_state(
        self,
        then: tuple[int, ...],
        *,
        test: CharTest | None = None,
        assertion: str = "",
    ) -> int:
        if len(self._next) >= STATES:
            raise PatternError(_("The pattern is too large"))
        self._tests.append(test)
        self._assertions.append(assertion)
        self._next.append(then)
        return len(self._next) - 1


def _is_satisfied(kind: str, before: str, after: str) -> bool:
    if kind == "^":
        return before == _EDGE
    if kind == "$":
        return after == _EDGE
    return (is_word(before) != is_word(after)) == (kind == "b")
