"""Compiles the catalogues of messages, and writes the manual page, at every build.

Run as a program it compiles them in the working copy, where they are out of date.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # run as a program
    BuildHookInterface = object

ROOT = Path(__file__).parent


class BuildHook(BuildHookInterface):
    """Puts compiled catalogues into every build, and the manual page into wheels."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        root = Path(self.root)
        compile_catalogues(root)
        build_data["artifacts"].append("src/hunnan_tui/locale/**/*.mo")
        if self.target_name == "wheel" and version != "editable":
            page = Path(self.directory) / "hunnan-tui.1"
            page.parent.mkdir(parents=True, exist_ok=True)
            page.write_bytes(make_manual(root))
            build_data["shared_data"][str(page)] = "share/man/man1/hunnan-tui.1"

    def finalize(self, version: str, build_data: dict[str, Any], path: str) -> None:  # noqa: ARG002
        (Path(self.directory) / "hunnan-tui.1").unlink(missing_ok=True)


def make_manual(root: Path) -> bytes:
    """Return the manual page, made of the commands by `docs/make_man.py`."""
    ran = subprocess.run(
        [sys.executable, str(root / "docs" / "make_man.py")],
        env={**os.environ, "PYTHONPATH": str(root / "src")},
        stdout=subprocess.PIPE,
        check=True,
    )
    return ran.stdout


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
