"""Compiles the catalogues of messages, as a part of every build.

Run as a program it does that in the working copy, where they are out of date.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # run as a program
    BuildHookInterface = object

ROOT = Path(__file__).parent


class CatalogueHook(BuildHookInterface):
    """Puts compiled catalogues into wheels, and into the sources of an editable one."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        compile_catalogues(Path(self.root))
        build_data["artifacts"].append("src/hunnan_tui/locale/**/*.mo")


def compile_catalogues(root: Path) -> None:
    """Compile each catalogue that is newer than what was compiled of it."""
    for source in root.glob("src/hunnan_tui/locale/*/LC_MESSAGES/*.po"):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        from babel.messages.mofile import write_mo
        from babel.messages.pofile import read_po

        with source.open("rb") as file:
            catalogue = read_po(file, abort_invalid=True)
        new = target.with_name(f"{target.name}.{os.getpid()}")
        with new.open("wb") as file:
            write_mo(file, catalogue)
        new.replace(target)  # somebody may be reading the old one


if __name__ == "__main__":
    compile_catalogues(ROOT)
