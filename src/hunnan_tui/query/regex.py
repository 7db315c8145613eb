"""Regular expressions that take linear time."""

from __future__ import annotations

from typing import Protocol


class PatternError(ValueError):
    """A pattern that is not understood, or too large."""


class Compiled(Protocol):
    """A pattern that can be searched for."""

    def search(self, text: str) -> bool:
        """Return whether the pattern matches anywhere in a text."""
        ...


def compile_pattern(text: str) -> Compiled:
    """Read a pattern."""
    raise PatternError(f"Patterns such as {text[:20]} are not read yet")
