"""A command as shown in the help and the palette."""

from __future__ import annotations

from dataclasses import dataclass

from textual.dom import DOMNode


@dataclass(frozen=True, slots=True)
class CommandEntry:
    """A binding that has an id: one declaration for footer, help and palette."""

    name: str
    help: str
    keys: str
    action: str
    node: DOMNode
