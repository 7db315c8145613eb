"""The columns of a table of projects: text stays text, amounts numbers, days dates."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from hunnan_tui.core.dates import first_day, is_partial, last_day
from hunnan_tui.core.errors import HunnanError
from hunnan_tui.core.model import Dataset, Project
from hunnan_tui.dataset.annotations import ANNOTATION_KEYS
from hunnan_tui.export.list_formats import cell_text, investment, stage_name
from hunnan_tui.export.sanitize import clean
from hunnan_tui.export.selection import Selection

Cell = str | int | date | None
"""None is "not stated"."""

AS_LISTED = ("name", "stage", "invest")
"""The fields that the list shows when none are asked for."""


class NoSuchColumnError(HunnanError):
    """A column that does not exist was asked for."""


@dataclass(frozen=True, slots=True)
class Column:
    """One fact of each project."""

    name: str
    """For programs: the key of the file's schema, where it has one."""
    heading: str
    """For people; `{unit}` stands for the currency."""
    value: Callable[[Project, Dataset], Cell]
    width: int = 16
    """Characters of a line in a spreadsheet."""
    is_number: bool = False

    def title(self, unit: str) -> str:
        """Return the heading; amounts have a unit only where the file states one."""
        return self.heading.format(unit=unit).removesuffix(" ()")


def _key(name: str) -> Callable[[Project, Dataset], Cell]:
    def value(project: Project, _: Dataset) -> Cell:
        found = getattr(project, name)
        if isinstance(found, int | date):
            return found
        return clean(cell_text(found)) or None

    return value


def _day(name: str) -> Callable[[Project, Dataset], Cell]:
    return lambda project, _: day(getattr(project, name))


def day(text: str) -> Cell:
    """Return a full date as a date; a month, a year or no date as text."""
    if len(text) == len("2023-03-08") and is_partial(text):
        return date.fromisoformat(text)
    return clean(text) or None


def _stage(project: Project, dataset: Dataset) -> Cell:
    stage = dataset.stages.get(project.stage)
    return clean(stage.name if stage else project.stage) or None


def _industries(project: Project, dataset: Dataset) -> Cell:
    known = dataset.industries
    names = (known[each].name if each in known else each for each in project.industries)
    return clean("; ".join(names)) or None


def _source_kinds(project: Project, dataset: Dataset) -> Cell:
    found = (dataset.sources.get(each) for each in project.sources)
    kinds = dict.fromkeys(source.kind for source in found if source and source.kind)
    return clean("; ".join(kinds)) or None


def _reported(project: Project, dataset: Dataset) -> Cell:
    return day(_latest(_report_days(project, dataset)))


def _updated(project: Project, dataset: Dataset) -> Cell:
    days = [project.stage_date, *(event.date for event in project.events)]
    return day(_latest([*days, *_report_days(project, dataset)]))


def _noted(project: Project, _: Dataset) -> Cell:
    return max((note.day for note in project.notes if note.day), default=None)


def _report_days(project: Project, dataset: Dataset) -> list[str]:
    found = (dataset.sources.get(each) for each in project.sources)
    return [source.date for source in found if source]


def _latest(days: Iterable[str]) -> str:
    known = filter(is_partial, days)
    return max(known, key=lambda each: (last_day(each), first_day(each)), default="")


_TABLE = (
    Column("id", "Id", _key("id"), 24),
    Column("name", "Name", _key("name"), 40),
    Column("name_zh", "Chinese name", _key("name_zh"), 32),
    Column("district", "District", _key("district")),
    Column("place", "Place", _key("place"), 28),
    Column("industries", "Industries", _industries, 28),
    Column("industries_basis", "Industries: basis", _key("industries_basis"), 10),
    Column("stage", "Stage", _stage, 18),
    Column("stage_date", "Stage: date", _day("stage_date"), 12),
    Column("investment", "Investment ({unit})", _key("investment"), 20, True),
    Column(
        "investment_qualifier",
        "Investment: about or over",
        _key("investment_qualifier"),
        10,
    ),
    Column("investment_usd", "Investment (dollars)", _key("investment_usd"), 18, True),
    Column("investment_text", "Investment: as worded", _key("investment_text"), 28),
    Column("parties", "Parties", _key("parties"), 40),
    Column("summary", "Summary", _key("summary"), 60),
    Column("sources", "Sources", _key("sources"), 28),
    Column("caveat", "Caveat", _key("caveat"), 40),
    Column("facts", "Facts", _key("facts"), 40),
    Column("events", "Events", _key("events"), 40),
    Column("source_kind", "Kinds of sources", _source_kinds, 16),
    Column("reported", "Last report", _reported, 12),
    Column("updated", "Last word", _updated, 12),
    Column("tags", "Tags", _key("tags"), 24),
    Column("follow_up", "Follow up", _key("follow_up"), 12),
    Column("needs", "Needs", _key("needs"), 32),
    Column("noted", "Last note", _noted, 12),
    Column("notes", "Notes", _key("notes"), 60),
)
COLUMNS: Mapping[str, Column] = {each.name: each for each in _TABLE}
"""All columns by name, in the order in which they stand when all are asked for."""

OWN = (*ANNOTATION_KEYS, "noted")
"""The columns of what the reader has added."""

_COMPUTED = ("source_kind", "reported", "updated", "noted")
"""The columns that only come when they are named: they say again what others say."""

_FIELDS: Mapping[str, tuple[str, ...]] = {
    "name": ("name", "name_zh"),
    "industry": ("industries", "industries_basis"),
    # without the second column "about 3 bn" would become 3 bn
    "invest": ("investment", "investment_qualifier"),
    "basis": ("industries_basis",),
    "party": ("parties",),
    "fact": ("facts",),
    "event": ("events",),
    "source": ("sources",),
    "age": ("updated",),
    "tag": ("tags",),
    "need": ("needs",),
    "note": ("notes",),
    "due": ("follow_up",),
}
"""The columns of a field of the query language, where they are called otherwise."""


def of_fields(fields: Iterable[str]) -> tuple[str, ...]:
    """Return the names of the columns that show some fields of the query language."""
    names = (name for field in fields for name in _FIELDS.get(field, (field,)))
    return tuple(dict.fromkeys(name for name in names if name in COLUMNS))


def field_text(field: str, project: Project, dataset: Dataset, today: date) -> str:
    """Return what a project says in a field, as a list shows it; empty for nothing."""
    if field == "invest":
        return investment(project)
    if field == "stage":
        return stage_name(project, dataset)
    (column, *_) = of_fields((field,))
    found = as_text(COLUMNS[column].value(project, dataset))
    if field == "age" and found:
        return f"{(today - last_day(found)).days:,} d"
    return found


def parse_columns(text: str) -> tuple[str, ...]:
    """Read a list of columns such as `name,invest,行业`.

    Raises:
        NoSuchColumnError: One of them does not exist; the text names similar ones.
    """
    from hunnan_tui.query.language.fields import find_field, near

    wanted: list[str] = []
    for typed in (each.strip() for each in text.replace("，", ",").split(",")):
        if typed in COLUMNS:
            wanted.append(typed)
        elif field := find_field(typed):
            wanted += of_fields([field])
        elif typed:
            meant = near(typed, COLUMNS)
            hint = f"did you mean {meant}?" if meant else f"one of {', '.join(COLUMNS)}"
            raise NoSuchColumnError(f"There is no column {typed!r}: {hint}")
    if not wanted:
        raise NoSuchColumnError(f"No column is named: one of {', '.join(COLUMNS)}")
    return tuple(dict.fromkeys(wanted))


def columns_of(selection: Selection) -> list[Column]:
    """Return the columns of a selection; all but the reader's own when none are named."""
    if selection.columns:
        return [COLUMNS[name] for name in selection.columns]
    return [
        column
        for name, column in COLUMNS.items()
        if (selection.own or name not in OWN) and name not in _COMPUTED
    ]


def rows_of(selection: Selection, columns: Sequence[Column]) -> Iterator[list[Cell]]:
    """Yield the cells of each project."""
    dataset = selection.dataset
    for project in selection.projects:
        yield [column.value(project, dataset) for column in columns]


def as_text(cell: Cell) -> str:
    """Return a cell as plain text; nothing for what is not stated."""
    if cell is None:
        return ""
    return cell.isoformat() if isinstance(cell, date) else str(cell)
