"""Reads the documents: their headings, links, tables and code blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])

_FENCE = re.compile(r"^( *)```(\w*)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"`([^`\n]+)`")
_LINK = re.compile(r"\]\(([^)\s]+)\)")


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block of code."""

    language: str
    text: str

    @property
    def lines(self) -> list[str]:
        """Its lines without comments behind a command, and without empty ones."""
        lines = (re.sub(r"(^|\s+)# .*$", "", line) for line in self.text.split("\n"))
        return [line.strip() for line in lines if line.strip()]


def read_blocks(path: Path, language: str) -> list[Block]:
    """Return the blocks of a page that are written in a language."""
    found = _FENCE.findall(path.read_text("utf-8"))
    return [Block(name, text) for _, name, text in found if name == language]


def read_prose(path: Path) -> str:
    """Return a page without its blocks of code."""
    return _FENCE.sub("", path.read_text("utf-8"))


def read_codes(text: str) -> list[str]:
    """Return what stands between backticks."""
    return [code.replace("\\|", "|") for code in _CODE.findall(text)]


def read_links(path: Path) -> list[str]:
    """Return the targets of a page's links and pictures."""
    return _LINK.findall(read_prose(path))


def read_anchors(path: Path) -> set[str]:
    """Return the anchors that a page's headings have."""
    headings = re.findall(r"^#+ (.+)$", read_prose(path), re.MULTILINE)
    return {
        re.sub(r"[^\w\- ]", "", heading).strip().lower().replace(" ", "-")
        for heading in headings
    }


def read_rows(path: Path, heading: str) -> Iterator[list[str]]:
    """Yield the rows of the tables whose first column has a heading."""
    is_inside = False
    for line in read_prose(path).split("\n"):
        if not line.startswith("|"):
            is_inside = False
            continue
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip("|"))]
        if cells[0] == heading:
            is_inside = True
        elif is_inside and not set(cells[0]) <= set("-:"):
            yield cells
