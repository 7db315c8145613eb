"""Parses TOML into a `Dataset`, and locates every problem of the file."""

# no annotations from __future__: a named tuple would compile each of them at the start
import gc
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import count
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar

import tomli

from hunnan_tui.core import model
from hunnan_tui.core.errors import DataError, Level, MissingNameProblem, Problem
from hunnan_tui.core.fields import BY_KEY, GENERIC, Kind
from hunnan_tui.core.language import _
from hunnan_tui.core.toml_values import format_toml_value
from hunnan_tui.dataset import tables
from hunnan_tui.dataset.annotations import ANNOTATION_KEYS, parse_annotations
from hunnan_tui.dataset.references import ReferenceChecker
from hunnan_tui.dataset.schema import (
    Fault,
    Faults,
    Readers,
    ValuePath,
    WrongTypeError,
    build_tables_reader,
    check_id,
    check_integers,
    read_table,
)

FORMAT = 1
"""The format of the dataset that this version reads."""

_BOM = b"\xef\xbb\xbf"
_CONFLICT = (b"<<<<<<<", b">>>>>>>")
"""Marks of a merge conflict that other texts rarely contain."""
_V = TypeVar("_V")
_AMOUNT_KEYS = tuple(key for key, f in BY_KEY.items() if f.kind is Kind.AMOUNT)
_GENERIC_KEYS = tuple(field.key for field in GENERIC)
_NO_VALUES: Mapping[str, Any] = MappingProxyType({})


class Parsed(NamedTuple):
    """A parsed dataset and its problems."""

    dataset: model.Dataset
    problems: tuple[Problem, ...] = ()
    """In the order of the file."""


def parse(data: bytes, file: str = "") -> Parsed:
    """Read a dataset.

    Args:
        data: The file's bytes.
        file: Its name, for the problems.

    Raises:
        DataError: The text is not TOML, so that nothing in it can be used.
    """
    try:
        record = _load(decode(data, file))
    except tomli.TOMLDecodeError as error:
        from hunnan_tui.dataset.decode_errors import explain_not_toml  # as in `decode`

        raise DataError(*explain_not_toml(error, data, file)) from error
    except RecursionError as error:
        from hunnan_tui.dataset.decode_errors import explain_too_deep  # as in `decode`

        raise DataError(explain_too_deep(data, file)) from error
    except ValueError as error:
        from hunnan_tui.dataset.decode_errors import (
            shorten_long_integers,  # as in `decode`
        )

        shorter = shorten_long_integers(data)
        if shorter == data:
            reason = _("not readable as TOML: {error}").format(error=error)
            raise DataError(Problem(Level.ERROR, reason, "", file)) from error
        return parse(shorter, file)
    faults: Faults = []
    dataset = read_record(record, faults)
    return Parsed(dataset, collect_problems(faults, data, file))


def collect_problems(
    faults: Faults, data: bytes, file: str, starts: Sequence[int] | None = None
) -> tuple[Problem, ...]:
    """Return faults and merge conflicts as problems with line numbers.

    Args:
        faults: What is wrong.
        data: The text of the file.
        file: Its name.
        starts: Where the block of each project begins, if it is known already.
    """
    if not faults and not any(mark in data for mark in _CONFLICT):
        return ()
    from hunnan_tui.dataset.problem_locations import (
        locate_problems,  # few files have any
    )

    return locate_problems(faults, data, file, starts)


def decode(data: bytes, file: str = "") -> str:
    """Return the text of a file, without a BOM; DataError if it is not UTF-8."""
    data = data.removeprefix(_BOM)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        from hunnan_tui.dataset.decode_errors import (
            explain_not_utf8,  # almost every file can be read
        )

        raise DataError(explain_not_utf8(error, data, file)) from error


def assign_project_keys(ids: Iterable[object]) -> list[str]:
    """Return the keys of projects, given their ids in the order of the file.

    The key is the id; a second project of the same id gets `id#2`, one without a usable
    id gets its number, as in `#17`.
    """
    taken: dict[str, None] = {}
    twins: dict[str, int] = {}
    for name in ids:
        taken[find_free_key(name, taken, twins)] = None
    return list(taken)


def find_free_key(id: object, taken: Collection[str], twins: dict[str, int]) -> str:
    """Return the key of the next project.

    Args:
        id: Its id as the file has it.
        taken: The keys of those before it.
        twins: The last number that a second project of an id was given, to count on.
    """
    key = id if isinstance(id, str) and id else f"#{len(taken) + 1}"
    if key not in taken:
        return key
    number = next(n for n in count(twins.get(key, 1) + 1) if f"{key}#{n}" not in taken)
    twins[key] = number
    return f"{key}#{number}"


def _load(source: str) -> dict[str, Any]:
    collecting = gc.isenabled()
    gc.disable()  # a large file makes millions of values and no garbage: 1.5 x as fast
    try:
        return tomli.loads(source)
    finally:
        if collecting:
            gc.enable()


def read_record(
    record: dict[str, Any],
    faults: Faults,
    projects: Mapping[str, model.Project] | None = None,
) -> model.Dataset:
    """Read the parsed text of a file.

    Args:
        record: The tables of the file.
        faults: Takes what is wrong in them.
        projects: Those of the file, if they have been read by `read_project` already;
            who has read them looks at what they refer to.
    """
    read_table(record, tables.TOP, (), faults)
    check_integers(record.get("format"), ("format",), faults)
    if record.get("format", FORMAT) != FORMAT:
        faults.append(
            Fault(
                ("format",),
                Level.WARNING,
                _("format {toml_value}, this version knows {format}").format(
                    toml_value=format_toml_value(record["format"]), format=FORMAT
                ),
                _("a newer hunnan-tui may show more of it"),
            )
        )
    about = record.get("dataset", {})
    if not isinstance(about, dict):
        faults.append(Fault(("dataset",), Level.ERROR, _("dataset is not a table")))
        about = {}
    dataset = model.Dataset(
        **read_table(about, tables.DATASET, ("dataset",), faults).values,
        industries=_read_by_id(
            record, "industries", model.Industry, tables.INDUSTRY, faults
        ),
        stages=_read_by_id(record, "stages", model.Stage, tables.STAGE, faults),
        sources=_read_by_id(
            record, "sources", model.Source, tables.SOURCE, faults, "title"
        ),
        announcements=_read_by_id(
            record,
            "announcements",
            model.Announcement,
            tables.ANNOUNCEMENT,
            faults,
            "statement",
        ),
        views=_read_views(record, faults),
        fields=_read_by_id(
            record, "fields", model.DeclaredField, tables.DECLARED_FIELD, faults, "id"
        ),
        projects=_read_projects(record, faults) if projects is None else projects,
    )
    if projects is None:
        references = ReferenceChecker(dataset)
        for index, project in enumerate(dataset.projects.values()):
            references.check_project(project, index, faults)
        references.check_whole(dataset, record, faults)
    return dataset


def _get_tables(record: dict[str, Any], name: str, faults: Faults) -> list[Any]:
    values = record.get(name, [])
    if not isinstance(values, list):
        message = _("{name} is not a list of tables").format(name=name)
        faults.append(
            Fault(
                (name,), Level.ERROR, message, _("write [[{name}]]").format(name=name)
            )
        )
        return []
    return values


def _read_by_id(
    record: dict[str, Any],
    array: str,
    make: Callable[..., _V],
    fields: Readers,
    faults: Faults,
    title: str = "name",
) -> dict[str, _V]:
    """Read a list of tables that other tables refer to by id."""
    entries: dict[str, _V] = {}
    for index, table in enumerate(_get_tables(record, array, faults)):
        path: ValuePath = (array, index)
        if not isinstance(table, dict):
            faults.append(
                Fault(
                    path,
                    Level.ERROR,
                    _("not a table: {toml_value}").format(
                        toml_value=format_toml_value(table)
                    ),
                )
            )
            continue
        reading = read_table(table, fields, path, faults)
        if array == "announcements":
            from hunnan_tui.dataset.amount_texts import (
                accept_announcement_texts,  # as in `read_project`
            )

            accept_announcement_texts(
                table, reading, path, faults, get_currency(record)
            )
        values = reading.values
        name = values.get("id", "")
        if not name:
            hint = _("nothing can refer to it")
            faults.append(Fault(path, Level.ERROR, _("no id"), hint))
            continue
        if array != "fields":  # such an id may be a label
            check_id(name, (*path, "id"), faults)
        if name in entries:
            faults.append(_report_duplicate(name, (*path, "id")))
            continue
        values.setdefault(title, name)
        entries[name] = make(**values)
    return entries


def _read_views(record: dict[str, Any], faults: Faults) -> tuple[model.View, ...]:
    try:
        read = build_tables_reader(model.View, tables.VIEW, "name")
        views: tuple[model.View, ...] = read(
            record.get("views", []), ("views",), faults
        )
    except WrongTypeError as wrong:
        faults.append(
            Fault(
                ("views",),
                Level.ERROR,
                _("views should be {wrong}").format(wrong=wrong),
            )
        )
        return ()
    return views


def _read_projects(record: dict[str, Any], faults: Faults) -> dict[str, model.Project]:
    records = []
    for index, table in enumerate(_get_tables(record, "projects", faults)):
        if isinstance(table, dict):
            records.append(table)
        else:
            message = _("not a table: {toml_value}").format(
                toml_value=format_toml_value(table)
            )
            faults.append(Fault(("projects", index), Level.ERROR, message))
            records.append({})
    keys = assign_project_keys(table.get("id") for table in records)
    currency = get_currency(record)
    return {
        key: read_project(key, table, index, faults, currency)
        for index, (key, table) in enumerate(zip(keys, records, strict=True))
    }


def get_currency(record: dict[str, Any]) -> str:
    """Return the currency that a file states; empty if it states none."""
    about = record.get("dataset")
    currency = about.get("currency") if isinstance(about, dict) else None
    return currency if isinstance(currency, str) else ""


def read_project(
    key: str, record: dict[str, Any], index: int, faults: Faults, currency: str = ""
) -> model.Project:
    """Read the table of one project.

    Args:
        key: What it is known by.
        record: The table.
        index: Its index among the projects, from 0.
        faults: Receives the problems.
        currency: That of the dataset; an amount that is a text may name it.
    """
    path: ValuePath = ("projects", index)
    reading = read_table(record, tables.PROJECT, path, faults)
    if any(isinstance(record.get(name), str) for name in _AMOUNT_KEYS):
        from hunnan_tui.dataset.amount_texts import (
            accept_amount_texts,  # most amounts are numbers
        )

        accept_amount_texts(record, reading, path, faults, currency)
    values = reading.values
    annotations = parse_annotations(record)
    for name in ANNOTATION_KEYS:
        values.pop(name, None)
    for name in annotations.locked:
        reading.faulty.append((name, format_toml_value(record[name])))
    if any(name in record for name in ANNOTATION_KEYS):
        from hunnan_tui.dataset.annotation_checks import (
            check_annotations,  # most projects have none
        )

        check_annotations(record, annotations.locked, path, faults)
    name = values.setdefault("id", "")
    locked = ""
    if not name:
        locked = _("It has no id: give it one in the file, then it can be tagged")
        faults.append(Fault(path, Level.ERROR, _("a project without an id")))
    elif key != name:
        faults.append(_report_duplicate(name, (*path, "id")))
    if not values.get("name", "").strip():
        # a name that is there but is no text is a fault of its own already
        if "name" not in record or "name" in values:
            message = _("a project without a name")
            faults.append(
                Fault(path, Level.ERROR, message, problem_type=MissingNameProblem)
            )
        values["name"] = (
            values.get("name_zh") or name or _("(project {key})").format(key=key)
        )
    return model.Project(
        key=key,
        values=take_generic(values),
        **values,
        annotations=annotations,
        other=tuple(reading.other),
        faulty=tuple(reading.faulty),
        locked=locked,
    )


def take_generic(values: dict[str, Any]) -> Mapping[str, Any]:
    """Remove the values that belong in `Project.values`, and return them."""
    generic = {key: values.pop(key) for key in _GENERIC_KEYS if key in values}
    return generic or _NO_VALUES


def _report_duplicate(id: str, path: ValuePath) -> Fault:
    return Fault(
        path,
        Level.ERROR,
        _("the id {id!r} is taken").format(id=id),
        _("make it unique"),
    )
