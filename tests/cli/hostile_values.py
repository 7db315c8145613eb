"""Ids and tags that a shell could take for something else than texts."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

HOSTILE = (
    "a b",
    "it's",
    'a"b',
    "$(touch ran)",
    "`touch ran`",
    "x; touch ran",
    "x & touch ran",
    "> ran",
    "#h",
    "~home",
    "!bang!!",
    "a\\b",
    "*",
    "{a,b}",
    "-dash",
    "签约/东区",
    "x:y=z",
    "%PATH%",
    "’quoted’",
)


def write_dataset(folder: Path, values: Iterable[str]) -> None:
    """Write `projects.toml` with a project for each value, which is its id and tag."""
    quoted = map(json.dumps, values)  # TOML reads the texts of JSON
    rows = (f"[[projects]]\nid = {v}\nname = 'N'\ntags = [{v}]\n" for v in quoted)
    text = "[dataset]\ntitle = 'T'\n" + "".join(rows)
    (folder / "projects.toml").write_text(text, "utf-8")
