"""The packaged dataset; imports nothing, for a fast `--version`."""

from __future__ import annotations

import os

_HEAD = 20_000
"""Bytes of the dataset that are looked at: its day is not worth reading all."""


def find_shipped_dataset() -> str:
    """Return the path of the packaged dataset."""
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    installed = os.path.join(package, "data", "projects.toml")
    if os.path.exists(installed):
        return installed
    # in a checkout the data lies beside src
    root = os.path.dirname(os.path.dirname(package))
    return os.path.join(root, "data", "projects.toml")


def read_shipped_day() -> str:
    """Return the date of the packaged dataset, or an empty text."""
    try:
        with open(find_shipped_dataset(), "rb") as file:
            head = file.read(_HEAD)
    except OSError:
        return ""
    for line in head.splitlines():
        if line.startswith(b"updated = "):
            return line.removeprefix(b"updated = ").decode("ascii", "replace").strip()
    return ""
