"""`python -m hunnan_tui.importing.workbook_process FILE`: its sheets as JSON lines.

A line of an object begins a sheet; each line of a list is a row: its number, its cells.
"""

from __future__ import annotations

import json
import sys

from hunnan_tui.importing.workbook import SECONDS, to_plain

_MEMORY = 3 * 1024**3
"""Bytes of address space that reading may take."""


def main(path: str) -> int:
    """Write the sheets of a file; return the exit status."""
    _limit()
    import python_calamine as calamine

    try:
        with open(path, "rb") as file:
            workbook = calamine.CalamineWorkbook.from_object(file)
            for number, about in enumerate(workbook.sheets_metadata):
                if (
                    about.typ == calamine.SheetTypeEnum.WorkSheet
                    and about.visible == calamine.SheetVisibleEnum.Visible
                ):
                    _write(workbook.get_sheet_by_index(number))
    except calamine.PasswordError:
        return _fail("it is locked with a password (save it without one)")
    except (calamine.CalamineError, OSError, ValueError) as error:
        return _fail(f"not a workbook that can be read: {error}")
    return 0


def _write(sheet: object) -> None:
    start = sheet.start  # type: ignore[attr-defined]  # has no stubs
    print(json.dumps({"name": sheet.name, "merged": sheet.merged_cell_ranges or []}))  # type: ignore[attr-defined]
    if start is None:
        return
    first = start[0]
    for number, row in enumerate(sheet.to_python(skip_empty_area=False), 1):  # type: ignore[attr-defined]
        if number > first:
            print(json.dumps([number, *map(to_plain, row)]))


def _limit() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits: the look beforehand must do
        return
    for limit, value in ((resource.RLIMIT_AS, _MEMORY), (resource.RLIMIT_CPU, SECONDS)):
        _, most = resource.getrlimit(limit)
        if most == resource.RLIM_INFINITY or most > value:
            resource.setrlimit(limit, (value, most))


def _fail(reason: str) -> int:
    print(f"hunnan-tui: {reason}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
