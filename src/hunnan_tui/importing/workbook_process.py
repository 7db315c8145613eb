"""`python -m hunnan_tui.importing.workbook_process FILE`: its sheets as JSON lines.

A line of an object begins a sheet; each line of a list is a row: its number, its cells.
Rows that hold nothing are left out.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from hunnan_tui.core.language import N_, _
from hunnan_tui.importing.workbook import FAULT, LOCKED, SECONDS, to_plain

if TYPE_CHECKING:
    import python_calamine as calamine

_ENCODER = json.JSONEncoder(ensure_ascii=False, check_circular=False)
_MEMORY = 3 * 1024**3
"""Bytes of address space that reading may take."""


def main(path: str, output: TextIO) -> int:
    """Write the sheets of a file; return the exit status."""
    _limit_process()
    try:
        import python_calamine as calamine
    except ImportError as error:
        return _fail(
            _("python-calamine, which reads workbooks, cannot start: {error}").format(
                error=error
            )
        )
    try:
        with Path(path).open("rb") as file:
            workbook = calamine.CalamineWorkbook.from_object(file)
            for number, about in enumerate(workbook.sheets_metadata):
                if (
                    about.typ == calamine.SheetTypeEnum.WorkSheet
                    and about.visible == calamine.SheetVisibleEnum.Visible
                ):
                    _write_sheet(workbook.get_sheet_by_index(number), output)
    except calamine.PasswordError:
        return _fail(LOCKED)
    except MemoryError:
        return _fail(N_("reading it takes too much memory (save the sheet as CSV)"))
    except (calamine.CalamineError, OSError, ValueError) as error:
        reason = str(error).replace("\n", " ")
        if "password" in reason.casefold() or "encrypt" in reason.casefold():
            return _fail(LOCKED)
        return _fail(
            _("not a workbook that can be read: {reason}").format(reason=reason)
        )
    return 0


def _write_sheet(sheet: calamine.CalamineSheet, output: TextIO) -> None:
    about = {"name": sheet.name, "merged": sheet.merged_cell_ranges or []}
    output.write(_format_line(about))
    if sheet.start is None:
        return
    top, left = sheet.start
    before = [None] * left
    for number, row in enumerate(sheet.iter_rows(), top + 1):
        if any(value not in ("", None) for value in row):
            output.write(_format_line([number, *before, *map(to_plain, row)]))


def _format_line(value: object) -> str:
    # Chinese as it is: half as long, and read twice as fast
    return _ENCODER.encode(value) + "\n"


def _limit_process() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits: the look beforehand must do
        return
    for limit, value in (
        (resource.RLIMIT_AS, _MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_CORE, 0),
    ):
        _soft, most = resource.getrlimit(limit)
        if most == resource.RLIM_INFINITY or most > value:
            resource.setrlimit(limit, (value, most))


def _fail(reason: str) -> int:
    sys.stderr.write(f"{FAULT}{reason}\n")
    return 1


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
    sys.exit(main(sys.argv[1], sys.stdout))
