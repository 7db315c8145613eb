"""Drawn versions of one dataset: what a colleague might have made of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import tomli_w
from hypothesis import strategies as st

KEYS = ("stage", "investment", "district", "leader")
WORDS = st.sampled_from(["one", "two", "three", "甲", "乙"])
START = datetime.fromisoformat("2026-01-01T08:00:00+08:00")


@dataclass
class Entry:
    """A project as text: keys with values, each with comments above it."""

    id: str
    values: dict[str, Any] = field(default_factory=dict)
    comments: dict[str, list[str]] = field(default_factory=dict)
    notes: list[dict[str, Any]] = field(default_factory=list)

    def copy(self) -> Entry:
        comments = {key: list(lines) for key, lines in self.comments.items()}
        values = {
            k: list(v) if isinstance(v, list) else v for k, v in self.values.items()
        }
        return Entry(self.id, values, comments, [dict(note) for note in self.notes])

    def write(self) -> str:
        lines = [f"# {line}" for line in self.comments.get("", [])]
        lines += ["[[projects]]", f'id = "{self.id}"', f'name = "Project {self.id}"']
        for key, value in self.values.items():
            lines += [f"# {line}" for line in self.comments.get(key, [])]
            lines.append(tomli_w.dumps({key: value}).strip().replace("\n", ""))
        for note in self.notes:
            lines += ["", "[[projects.notes]]", tomli_w.dumps(note).strip()]
        return "\n".join(lines) + "\n"


@dataclass
class Version:
    """All projects of one side, in their order."""

    entries: list[Entry]

    def copy(self) -> Version:
        return Version([entry.copy() for entry in self.entries])

    def write(self) -> bytes:
        top = 'format = 1\n\n[dataset]\ntitle = "All"\n\n# all of them\n\n'
        return (top + "\n".join(entry.write() for entry in self.entries)).encode()


@st.composite
def draw_base(draw: st.DrawFn) -> Version:
    entries = []
    for number in range(draw(st.integers(1, 4))):
        values: dict[str, Any] = {
            key: draw(WORDS) for key in draw(st.sets(st.sampled_from(KEYS)))
        }
        if tags := draw(st.lists(WORDS, unique=True, max_size=2)):
            values["tags"] = tags
        notes = [
            {"at": START + timedelta(hours=n), "text": draw(WORDS)}
            for n in range(draw(st.integers(0, 2)))
        ]
        entries.append(Entry(f"p{number}", values, {}, notes))
    return Version(entries)


@st.composite
def draw_side(draw: st.DrawFn, base: Version, name: str) -> Version:
    """Draw what one side, by its name, has made of the base."""
    side = base.copy()
    for number in range(draw(st.integers(0, 4))):
        entry = draw(st.sampled_from(side.entries))
        match draw(st.integers(0, 6)):
            case 0:
                entry.values[draw(st.sampled_from(KEYS))] = draw(WORDS)
            case 1:
                tags = entry.values.setdefault("tags", [])
                if (tag := draw(WORDS)) not in tags:
                    tags.append(tag)
            case 2:
                at = START + timedelta(days=1, hours=number + (name == "theirs") * 9)
                entry.notes.append({"at": at, "text": f"{name} {number}"})
            case 3 if entry.notes:
                draw(st.sampled_from(entry.notes))["text"] = draw(WORDS)
            case 4:
                key = draw(st.sampled_from(["", *entry.values]))
                entry.comments.setdefault(key, []).append(f"{name} says {number}")
            case 5:
                side.entries.append(Entry(f"{name}-{number}", {"stage": draw(WORDS)}))
            case 6:
                side.entries.remove(entry)
                side.entries.insert(draw(st.integers(0, len(side.entries))), entry)
    return side


@st.composite
def draw_versions(draw: st.DrawFn) -> tuple[Version, Version, Version]:
    """Draw an ancestor and two sides of it."""
    base = draw(draw_base())
    return base, draw(draw_side(base, "ours")), draw(draw_side(base, "theirs"))
