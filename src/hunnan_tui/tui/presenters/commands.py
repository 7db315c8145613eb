"""A command that can be run now, for help and palette."""

from __future__ import annotations

from dataclasses import dataclass

from textual.dom import DOMNode


@dataclass(frozen=True, slots=True)
class Command:
    """A binding that has an id: one declaration for footer, help and palette."""

    name: str
    help: str
    keys: str
    action: str
    node: DOMNode
