"""Reads amounts that the file has as texts, `investment = "3.2亿"`, and says so."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hunnan_tui.core.amount_texts import read_amount_text, read_amount_texts
from hunnan_tui.core.errors import Level
from hunnan_tui.core.fact_values import AMOUNT_KEYS
from hunnan_tui.core.language import _
from hunnan_tui.core.money import format_exact
from hunnan_tui.dataset.schema import Fault, Faults, TableReading, ValuePath


def accept_amount_texts(
    record: Mapping[str, Any],
    reading: TableReading,
    path: ValuePath,
    faults: Faults,
    currency: str,
) -> None:
    """Turn the errors of amounts that are texts into values and notes.

    Args:
        record: The table.
        reading: What was read from it.
        path: The way to it.
        faults: The problems so far.
        currency: That of the dataset.
    """
    for key, amount in read_amount_texts(record, currency):
        reading.values[key] = amount.value
        if amount.qualifier:
            reading.values["investment_qualifier"] = amount.qualifier
        reading.faulty = [item for item in reading.faulty if item[0] != key]
        _replace_fault((*path, key), amount.value, faults)


def accept_announcement_texts(
    record: Mapping[str, Any],
    reading: TableReading,
    path: ValuePath,
    faults: Faults,
    currency: str,
) -> None:
    """Do the same for an announcement and the parts of it."""
    if any(isinstance(record.get(key), str) for key in AMOUNT_KEYS):
        accept_amount_texts(record, reading, path, faults, currency)
        reading.values.pop("investment_qualifier", None)
    parts = list(reading.values.get("breakdown", ()))
    for index, part in enumerate(parts):
        text = record["breakdown"][index].get("investment")
        if not isinstance(text, str):
            continue
        if amount := read_amount_text("investment", text, currency):
            parts[index] = part._replace(investment=amount.value)
            way = (*path, "breakdown", index, "investment")
            _replace_fault(way, amount.value, faults)
    if parts:
        reading.values["breakdown"] = tuple(parts)


def _replace_fault(path: ValuePath, value: int, faults: Faults) -> None:
    """Replace the error that an amount is a text by a note."""
    # the faults of this table are the last ones
    for place in range(len(faults) - 1, -1, -1):
        if faults[place].path == path:
            message = _("a text: {amount}").format(amount=format_exact(value))
            hint = _("`hunnan-tui amounts` turns such texts into numbers")
            faults[place] = Fault(path, Level.NOTE, message, hint)
            return
