"""`amounts`: turns amounts that a dataset has as texts into numbers."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Mapping
from typing import Any

import tomli

from hunnan_tui.cli.edit_session import EditSession
from hunnan_tui.core.amount_texts import list_numbers, read_amount_text
from hunnan_tui.core.changes import Edit
from hunnan_tui.core.fact_changes import DATASET, ChangeFacts, Rewrite, SetEntry
from hunnan_tui.core.language import _
from hunnan_tui.dataset.parser import assign_project_keys, decode
from hunnan_tui.files.reading import read_file


def write_numbers(args: Namespace) -> int:
    """Turn amounts that are texts into numbers; nothing else changes."""
    session = EditSession(args)
    session.check_facts()
    record = tomli.loads(decode(read_file(session.path)))
    edits = [
        *_list_projects(record, session.dataset.currency),
        *_list_announcements(record, session.dataset.currency),
    ]
    return session.change_facts(_("write amounts as numbers"), edits)


def _list_projects(record: Mapping[str, Any], currency: str) -> Iterator[Edit]:
    tables = record.get("projects", [])
    keys = assign_project_keys(table.get("id") for table in tables)
    for key, table in zip(keys, tables, strict=True):
        numbers = list_numbers(table, currency)
        if numbers and table.get("id"):
            steps = (Rewrite(k, table.get(k), new) for k, new in numbers.items())
            yield Edit(key, ChangeFacts(tuple(steps)))


def _list_announcements(record: Mapping[str, Any], currency: str) -> Iterator[Edit]:
    for table in record.get("announcements", []):
        new = {**table, **list_numbers(table, currency)}
        if "investment_qualifier" not in table:
            new.pop("investment_qualifier", None)  # an announcement has none
        if isinstance(parts := table.get("breakdown"), list):
            new["breakdown"] = [_convert_part(part, currency) for part in parts]
        if new != table and isinstance(table.get("id"), str):
            yield Edit(DATASET, SetEntry("announcements", table["id"], table, new))


def _convert_part(part: Any, currency: str) -> Any:
    text = part.get("investment") if isinstance(part, dict) else None
    amount = None
    if isinstance(text, str):
        amount = read_amount_text("investment", text, currency)
    return {**part, "investment": amount.value} if amount else part
