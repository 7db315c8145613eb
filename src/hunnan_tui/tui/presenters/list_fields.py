"""The fields of a project as columns of the list: their titles, widths and texts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from hunnan_tui.core.model import Dataset, Project
from hunnan_tui.core.text import display_line
from hunnan_tui.tui.presenters.list_columns import AMOUNT_WIDTH, Column

USUAL = ("stage", "invest")
"""What the list shows behind the name when nothing else is asked for."""

_LONGEST = 400
"""Characters of a text that a column can need."""
_DAY = len("2023-03-08")

_TABLE = (
    Column("Stage", 18, field="stage"),
    Column("Amount", AMOUNT_WIDTH, is_number=True, field="invest"),
    Column("Industry", 22, field="industry"),
    Column("Chinese name", 26, field="name_zh"),
    Column("Stage date", _DAY, field="stage_date"),
    Column("Updated", _DAY, field="updated"),
    Column("Age", 7, is_number=True, field="age"),
    Column("District", 14, field="district"),
    Column("Place", 22, field="place"),
    Column("Parties", 26, field="party"),
    Column("Tags", 18, field="tag"),
    Column("Follow-up", _DAY, field="due"),
    Column("Needs", 24, field="need"),
    Column("Noted", _DAY, field="noted"),
    Column("Notes", 32, field="note"),
    Column("Reported", _DAY, field="reported"),
    Column("Sources", 18, field="source"),
    Column("Kinds", 12, field="source_kind"),
    Column("Basis", 8, field="basis"),
    Column("Summary", 40, field="summary"),
    Column("Caveat", 32, field="caveat"),
    Column("Facts", 32, field="fact"),
    Column("Events", 32, field="event"),
    Column("Id", 24, field="id"),
)
COLUMNS: Mapping[str, Column] = {each.field: each for each in _TABLE}
"""Every column that can be chosen, by the field of the query language."""


def known(fields: Iterable[str]) -> tuple[str, ...]:
    """Return fields as they can be columns: each once, without the name, which stays.

    Empty if they are the usual ones.
    """
    found = tuple(dict.fromkeys(each for each in fields if each in COLUMNS))
    return () if found == USUAL else found


def text(field: str, project: Project, dataset: Dataset, today: date) -> str:
    """Return what a project says in a column; empty if it states nothing."""
    from hunnan_tui.export.columns import field_text

    return display_line(field_text(field, project, dataset, today)[:_LONGEST])
