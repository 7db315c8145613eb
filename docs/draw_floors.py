"""Draws `floors.svg`: the folders of the program, and which imports which.

    python docs/draw_floors.py          draws it anew
    python docs/draw_floors.py --check  exits with 1 if it is not up to date

Floors come from the layers that pyproject.toml declares, arrows from the imports.
"""

from __future__ import annotations

import ast
import sys
import tomllib
from collections.abc import Iterator
from html import escape
from pathlib import Path

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "hunnan_tui"
PICTURE = ROOT / "docs" / "floors.svg"

WIDTH, ROW, BOX = 900, 92, 52
"""Pixels of the picture, from floor to floor, and of a box."""
STYLE = """
text { font: 13px system-ui, sans-serif; fill: #1d2433 }
.name { font-weight: 600 }
.contract { font-size: 11px; fill: #5b6478 }
rect { fill: #f4f6fa; stroke: #9aa4b8 }
path { fill: none; stroke: #b3bccd; marker-end: url(#head) }
path.next { stroke: #5572b0 }
"""


def read_floors() -> list[list[str]]:
    """Return the folders of each floor, from the top."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        contracts = tomllib.load(file)["tool"]["importlinter"]["contracts"]
    layers = next(
        contract
        for contract in contracts
        if contract.get("containers") == ["hunnan_tui"]
    )
    floors = [layer.replace("|", ":").split(":") for layer in layers["layers"]]
    return [[name.strip() for name in floor] for floor in floors]


def read_imports() -> set[tuple[str, str]]:
    """Return pairs of folders, of which the first imports the second anywhere."""
    imports = set()
    for path in sorted(SOURCE.rglob("*.py")):
        user = path.relative_to(SOURCE).parts[0].removesuffix(".py")
        for name in _read_module_names(path):
            used = name.removeprefix("hunnan_tui.").partition(".")[0]
            if name.startswith("hunnan_tui.") and used != user:
                imports.add((user, used))
    return imports


def _read_module_names(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            if node.module == "hunnan_tui":
                yield from (f"hunnan_tui.{alias.name}" for alias in node.names)
            yield node.module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def read_contract(folder: str) -> str:
    """Return the first sentence of a folder's docstring."""
    path = SOURCE / folder / "__init__.py"
    path = path if path.exists() else SOURCE / f"{folder}.py"
    text = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""
    return " ".join(text.partition("\n\n")[0].split())


def draw() -> str:
    """Return the picture as SVG."""
    floors = read_floors()
    boxes: dict[str, tuple[float, float, float]] = {}
    for level, floor in enumerate(floors):
        width = (WIDTH - 20 * (len(floor) + 1)) / len(floor)
        for index, name in enumerate(floor):
            boxes[name] = (20 + index * (width + 20), 20 + level * ROW, width)
    level_of = {name: level for level, floor in enumerate(floors) for name in floor}
    height = 20 + len(floors) * ROW
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}">',
        f"<style>{STYLE}</style>",
        '<defs><marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" '
        'markerHeight="7" orient="auto"><path d="M0 0 L8 4 L0 8 z" '
        'style="fill:#8a94a8;stroke:none;marker-end:none"/></marker></defs>',
    ]
    lines += [
        _draw_arrow(boxes, user, used, is_next=level_of[used] - level_of[user] <= 1)
        for user, used in sorted(read_imports())
        if user in boxes and used in boxes
    ]
    for name, (left, top, width) in boxes.items():
        lines += _draw_box(name, left, top, width)
    return "\n".join([*lines, "</svg>"]) + "\n"


def _draw_arrow(
    boxes: dict[str, tuple[float, float, float]], user: str, used: str, *, is_next: bool
) -> str:
    names = list(boxes)
    (x1, y1, w1), (x2, y2, w2) = boxes[user], boxes[used]
    # arrows that leave or reach one box do not share a point
    start = x1 + w1 * (names.index(used) + 1) / (len(names) + 1)
    end = x2 + w2 * (names.index(user) + 1) / (len(names) + 1)
    if y1 == y2:
        side = (x1 + w1, x2) if x1 < x2 else (x1, x2 + w2)
        return (
            f'<path class="next" d="M{side[0]:.0f} {y1 + BOX / 2:.0f} H{side[1]:.0f}"/>'
        )
    middle = (y1 + BOX + y2) / 2
    kind = ' class="next"' if is_next else ""
    return (
        f'<path{kind} d="M{start:.0f} {y1 + BOX:.0f} C{start:.0f} {middle:.0f} '
        f'{end:.0f} {middle:.0f} {end:.0f} {y2:.0f}"/>'
    )


def _draw_box(name: str, left: float, top: float, width: float) -> list[str]:
    lines = [
        f'<rect x="{left:.0f}" y="{top:.0f}" width="{width:.0f}" height="{BOX}" rx="4"/>',
        f'<text class="name" x="{left + 12:.0f}" y="{top + 20:.0f}">{escape(name)}</text>',
    ]
    words, rows = read_contract(name).split(), [""]
    for word in words:
        if len(rows[-1]) + len(word) > (width - 24) / 5.6 and rows[-1]:
            rows.append("")
        rows[-1] = f"{rows[-1]} {word}".strip()
    lines += [
        f'<text class="contract" x="{left + 12:.0f}" y="{top + 34 + 12 * n:.0f}">'
        f"{escape(row)}</text>"
        for n, row in enumerate(rows[:2])
    ]
    return lines


def main() -> int:
    """Draw the picture, or check that it is up to date; return the exit status."""
    drawn = draw()
    if "--check" in sys.argv[1:]:
        return int(drawn != PICTURE.read_text("utf-8"))
    PICTURE.write_text(drawn, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
