"""The columns of the list and the drawing of its lines; widths are in cells."""

# no annotations from __future__: a named tuple would compile each of them at the start
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from rich.cells import set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from hunnan_tui.core.cell_width import fit as fit_cells
from hunnan_tui.core.cell_width import measure_width
from hunnan_tui.core.language import N_, _, is_chinese
from hunnan_tui.query.language.fields import is_of_schema
from hunnan_tui.tui.presenters.name_twins import cut_twin

AMOUNT_WIDTH = 8
"""Width of the column of amounts: enough for `~85.5 bn`."""
WIDE = 64
"""Width of the list from which stages are shown in full."""
SHORT_STAGE = 10
"""Width of an abbreviated stage."""
_CHINESE_STAGE = 6
"""Its width where stages have short names: a title with an arrow fits."""
SHORTEST_STAGE = 9
"""Its width where the year that it was seen would find no room otherwise."""
USUAL_FIELDS = ("stage", "stage_date", "invest")
"""The fields that a list shows behind the name, as far as there is room."""
EXTRA_FIELDS = ("due", "file", "age")
"""Those that it shows too where names are not cut for them, in this order."""
SIGNS = 3
"""Width of the signs before a name: marked, tagged, noted."""
_YEAR, _MONTH = len("2023"), len("2023-03")
_NAME = 19
"""Minimum width of a name when the columns do not all fit."""
_LONG_NAME = 32
"""Minimum width of a name beside any of `EXTRA_FIELDS`."""
_ROOM_FOR_TWO = 6
"""The Chinese name is shown if more cells than this follow the English one."""
_DEEPEST = 4
"""Depth of a part from which on it is not indented any more."""
_LONGEST = 400
"""Characters of a text that are measured; no line shows more."""

HEARD_BY = frozenset(("stage_date", "source"))
"""Fields without which nothing says when there was news of a project."""
_OF_STAGE = ("stage", "stage_date")
_NEAR_DAYS = 180
"""Days from today within which a day needs no year."""

TextSpan = tuple[int, int]


class ListRow(NamedTuple):
    """The content of one line, cleaned for the screen."""

    name: str
    name_zh: str = ""
    stage: str = ""
    stage_short: str = ""
    amount: str = ""
    """`15 bn`; empty if not stated."""
    stage_date: str = ""
    """The latest day on which a source shows the stage: `2023-03-08`."""
    is_stale: bool = False
    """Whether that day is long ago: the stage is muted."""
    tagged: bool = False
    noted: bool = False
    draft: bool = False
    found: tuple[TextSpan, ...] = ()
    """The spans of the name that the query matches, in characters."""
    found_zh: tuple[TextSpan, ...] = ()
    depth: int = 0
    """Under how many others it stands as their part."""
    more: tuple[str, ...] = ()
    """The cells of the chosen columns, shown instead of stage and amount."""
    due: str = ""
    """The day of the follow-up, as `format_due_day` has it."""
    is_due: bool = False
    """Whether that day has come."""
    file: str = ""
    age: str = ""
    """How long nothing was heard: `97 d`."""
    sort_text: str = ""
    """What the list is sorted by, where that is in none of the columns."""
    shared: int | None = None
    """How many characters of its name rows nearby begin with too, that look like it."""


class ListColumn(NamedTuple):
    """A column to the right of the name."""

    title: str
    width: int
    """In cells; a longer text is truncated."""
    is_number: bool = False
    """Numbers are right-aligned and never truncated; the name is, instead."""
    field: str = ""
    """The field that it shows, as named in queries; the list can be sorted by it."""

    @property
    def label(self) -> str:
        """Its title in the language in use; that of a field of the user's own as it is."""
        return _(self.title) if is_of_schema(self.field) else self.title


class ListStyles(NamedTuple):
    """The styles of a line."""

    base: Style
    muted: Style
    sign: Style
    found: Style
    """Added to the style of the text that a query matches."""
    due: Style = Style.null()
    """That of a day that has come."""


EXTRA_COLUMNS = (
    ListColumn(N_("Due"), _MONTH, field="due"),
    ListColumn(N_("File"), 12, field="file"),
    ListColumn(N_("Silent"), _MONTH, field="age"),
)


@lru_cache(maxsize=16)  # asked for with each line
def get_default_columns(
    width: int, stage_width: int, fields: tuple[str, ...] = USUAL_FIELDS
) -> tuple[ListColumn, ...]:
    """Return the default columns of a list.

    Args:
        width: That of the list.
        stage_width: That of the longest stage.
        fields: Which of `USUAL_FIELDS` and `EXTRA_FIELDS` the dataset fills.
    """
    columns = _get_usual_columns(width, stage_width, fields)
    for column in EXTRA_COLUMNS:
        if column.field not in fields:
            continue
        at = len(columns) - (bool(columns) and columns[-1].is_number)
        more = (*columns[:at], column, *columns[at:])
        if count_fitting(more, width, _LONG_NAME) == len(more) > 1 or (
            not columns and width >= _LONG_NAME * 2
        ):
            columns = more
    return columns


def _get_usual_columns(
    width: int, stage_width: int, fields: tuple[str, ...]
) -> tuple[ListColumn, ...]:
    amount = ListColumn(N_("Amount"), AMOUNT_WIDTH, is_number=True, field="invest")
    after = (amount,) if "invest" in fields else ()
    if "stage" not in fields or (after and width < SHORT_STAGE * 3):
        return after
    short = SHORT_STAGE
    if is_chinese():  # whose names are short: none is abbreviated
        short = max(_CHINESE_STAGE, min(short, stage_width))
    long = max(short, stage_width) if width >= WIDE else short
    if "stage_date" in fields:
        for stage_size, title, date_size, least_name in (
            (long, N_("As of"), _MONTH, _NAME + _MONTH),
            (long, N_("Seen"), _YEAR, _NAME),
            (min(short, SHORTEST_STAGE), N_("Seen"), _YEAR, _NAME),
        ):
            stage = ListColumn(N_("Stage"), stage_size, field="stage")
            stage_date = ListColumn(title, date_size, field="stage_date")
            columns = (stage, stage_date, *after)
            if count_fitting(columns, width, least_name) == len(columns):
                return columns
    stage = ListColumn(N_("Stage"), long, field="stage")
    columns = (stage, *after)
    # where one of them has to be scrolled to, it is not the amount
    return columns if count_fitting(columns, width) == len(columns) else (*after, stage)


def get_default_cells(
    row: ListRow, columns: Sequence[ListColumn], width: int
) -> tuple[str, ...]:
    """Return the texts for the result of `get_default_columns`."""
    texts = {
        "stage": row.stage if width >= WIDE else row.stage_short,
        "invest": row.amount,
        "due": row.due or " ",  # most have none: it is not missing
        "file": row.file,
        "age": row.age,
    }
    return tuple(
        row.stage_date[: column.width]
        if column.field == "stage_date"
        else texts[column.field]
        for column in columns
    )


def count_fitting(
    columns: Sequence[ListColumn], width: int, name_width: int = _NAME
) -> int:
    """Return how many columns fit next to a name; at least one, if there are any."""
    room = width - SIGNS - 2 - name_width
    count = 0
    for column in columns:
        room -= column.width + _get_gap(width)
        if room < 0:
            break
        count += 1
    return max(count, min(1, len(columns)))


def bring_into_sight(
    columns: Sequence[ListColumn], field: str, width: int
) -> Sequence[ListColumn]:
    """Return the columns with that of a field in front if there is no room for it else.

    A list that is sorted by what cannot be seen looks unsorted.
    """
    hidden = columns[count_fitting(columns, width) :]
    sought = next((c for c in hidden if field and c.field == field), None)
    if sought is None:
        return columns
    return (sought, *(column for column in columns if column is not sought))


def render_row(
    row: ListRow,
    signs: str,
    columns: Sequence[ListColumn],
    cells: Sequence[str],
    width: int,
    look: ListStyles,
) -> Strip:
    """Return the line of a project.

    Args:
        row: What it shows; its name and the matches in it.
        signs: What stands before the name.
        columns: What stands behind it.
        cells: A text for each column; empty means not stated.
        width: Cells of the whole line.
        look: Its styles.
    """
    gap = _get_gap(width)
    sizes = [
        max(column.width, measure_width(cell[:_LONGEST]))
        if column.is_number
        else column.width
        for column, cell in zip(columns, cells, strict=True)
    ]
    name_width = max(0, width - SIGNS - 2 - sum(sizes) - len(sizes) * gap)
    segments = [Segment(fit(signs, SIGNS), look.sign), Segment(" ", look.base)]
    segments += _render_names(row, name_width, look)
    for column, cell, size in zip(columns, cells, sizes, strict=True):
        text = " " * gap + fit(cell or "–", size, right=column.is_number)
        is_muted = not cell or (row.is_stale and column.field in _OF_STAGE)
        style = look.muted if is_muted else look.base
        if row.is_due and column.field == "due":
            style += look.due
        segments.append(Segment(text, style))
    segments.append(Segment(" ", look.base))
    return Strip(segments).adjust_cell_length(width, look.base)


def measure_name(columns: Sequence[ListColumn], width: int) -> int:
    """Return the cells of a name beside columns, in a line of some width."""
    taken = sum(column.width + _get_gap(width) for column in columns)
    return max(0, width - SIGNS - 2 - taken)


def format_due_day(day: date, today: date) -> str:
    """Return the day of a follow-up in few cells: `12-03`; `2027-03` if it is far off."""
    is_near = abs((day - today).days) < _NEAR_DAYS
    return day.isoformat()[5:] if is_near else day.isoformat()[:_MONTH]


def format_signs(row: ListRow, is_marked: bool, is_range_start: bool) -> str:
    """Return the signs before the name of a project."""
    first = "◷" if row.is_due else " "
    if is_marked or is_range_start:
        first = "✓" if is_marked else "▸"
    note = "!" if row.draft else "✎" if row.noted else " "
    return f"{first}{'#' if row.tagged else ' '}{note}"


def format_legend(rows: Iterable[ListRow], width: int, *, is_marking: bool) -> str:
    """Return what the signs before some names mean; empty where there are none.

    A sign whose words have no room is left out: help explains them all.

    Args:
        rows: The rows in sight.
        width: Cells that there are.
        is_marking: Whether any row is marked.
    """
    rows = list(rows)
    signs = (
        (_("✓ marked"), is_marking),
        (_("◷ due"), any(row.is_due for row in rows)),
        (_("# tagged"), any(row.tagged for row in rows)),
        (_("✎ noted"), any(row.noted and not row.draft for row in rows)),
        (_("! draft"), any(row.draft for row in rows)),
        (_("└ part of the one above"), any(row.depth for row in rows)),
    )
    legend = ""
    for words, is_shown in signs:
        longer = f"{legend}  {words}" if legend else words
        if is_shown and measure_width(longer) <= width:
            legend = longer
    return legend


def format_title(column: ListColumn, sort: tuple[str, bool]) -> str:
    """Return a column's title, with an arrow if the list is sorted by it.

    Args:
        column: The column.
        sort: The field of the order, and whether the largest comes first.
    """
    field, descending = sort
    if column.field != field or not field:
        return column.label
    arrow = "↓" if descending else "↑"
    if column.is_number:
        return f"{arrow} {column.label}"
    if measure_width(column.label) + 2 > column.width:
        return f"{set_cell_size(column.label, column.width - 1)}{arrow}"
    return f"{column.label} {arrow}"


def find_field_at(x: int, columns: Sequence[ListColumn], width: int) -> str:
    """Return the field whose title is at cell `x` of a line of some width."""
    right = width - 1
    for column in reversed(columns):
        if x >= right - column.width:
            return column.field
        right -= column.width + _get_gap(width)
    return "name"


def render_heading(name: str, count: str, width: int, look: ListStyles) -> Strip:
    """Return the heading of a group, with the number of its projects.

    Sums make what follows the name long: they leave it a third of the line.
    """
    before, inside = f"{'─' * SIGNS} ", max(0, width - SIGNS - 2)
    room = inside - min(measure_width(name[:_LONGEST]), inside // 3)
    count = fit(f"  {count} ", min(room, measure_width(count) + 3))
    name = fit(name, min(inside - measure_width(count), measure_width(name[:_LONGEST])))
    left = inside - measure_width(name)
    segments = [
        Segment(before, look.muted),
        Segment(name, look.base + Style(bold=True)),
        Segment(count, look.base),
        Segment("─" * (left - measure_width(count)), look.muted),
    ]
    return Strip(segments).adjust_cell_length(width, look.base)


def _get_gap(width: int) -> int:
    """Return the width of the gap between two columns."""
    return 2 if width >= WIDE else 1


def fit(text: str, width: int, *, right: bool = False) -> str:
    """Return a text truncated or padded to a width in cells."""
    return fit_cells(text[:_LONGEST], width, right=right)


def _render_names(row: ListRow, width: int, look: ListStyles) -> list[Segment]:
    """Return the English name, followed by the Chinese one if there is room."""
    if row.depth:
        sign = format_part_sign(row.depth)[:width]
        rest = row._replace(depth=0)
        names = _render_names(rest, width - len(sign), look)
        return [Segment(sign, look.muted), *names]
    name = row.name[:_LONGEST]
    left = width - measure_width(name)
    if left < 0 and row.shared is not None:
        shown, spans = cut_twin(name, width, row.shared, row.found)
        return _highlight(fit(shown, width), spans, look.base, look)
    if left <= 0 or not row.name_zh or left <= _ROOM_FOR_TWO:
        return _highlight(fit(name, width), row.found, look.base, look)
    return [
        *_highlight(fit(name, width - left), row.found, look.base, look),
        Segment("  ", look.base),
        *_highlight(fit(row.name_zh, left - 2), row.found_zh, look.muted, look),
    ]


def format_part_sign(depth: int) -> str:
    """Return what stands before the name of a part under its whole."""
    return "  " * (min(depth, _DEEPEST) - 1) + "└ "


def _highlight(
    text: str, spans: Sequence[TextSpan], style: Style, look: ListStyles
) -> list[Segment]:
    """Return a text with some spans highlighted."""
    segments, end = [], 0
    for start, stop in sorted(spans):
        start, stop = max(start, end), min(stop, len(text))  # noqa: PLW2901  # clipped
        if start >= stop:
            continue
        segments += [Segment(text[end:start], style)]
        segments += [Segment(text[start:stop], style + look.found)]
        end = stop
    segments.append(Segment(text[end:], style))
    if sum(segment.cell_length for segment in segments) != measure_width(text):
        return [Segment(text, style)]  # a match that begins inside of a character
    return segments
