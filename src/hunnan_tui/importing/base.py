"""What an import wrote, kept beside its map: the base from which the next one merges.

Each import has a file of its own, named by what was imported; the dataset says in the
source of the table which one it was. So an undo, a copy of the folder on another machine
or a second dataset of the same table never meets a base that is not its own.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

import tomli

from hunnan_tui.core.errors import SaveError
from hunnan_tui.files.io import explain, remove
from hunnan_tui.files.temp_file import make_temporary_name, remove_stale
from hunnan_tui.importing.merge_values import Record
from hunnan_tui.importing.new_dataset import IMPORT_NOTE, read_spool

_MOST_KEPT = 4
"""Imports of one map that are kept: undo goes back to earlier ones."""
_MAP = ".map.toml"
_HEAD = b"# What an import wrote, to tell your changes from those of the next table.\n"


def get_base_folder(map_path: Path) -> Path:
    """Return the folder for the imports of a map: `table.csv.base` beside it."""
    name = map_path.name.removesuffix(_MAP).removesuffix(".toml")
    return map_path.with_name(f"{name}.base")


def write_base(map_path: Path, import_id: str, spool: IO[bytes]) -> Path | None:
    """Keep what an import writes; return the file if it is a new one.

    Args:
        map_path: The map by which it was imported.
        import_id: What it was an import of.
        spool: The projects as TOML.

    Raises:
        SaveError: It cannot be written.
    """
    folder = get_base_folder(map_path)
    file = folder / f"{import_id}.toml"
    temporary = Path(make_temporary_name(str(file)))
    try:
        folder.mkdir(exist_ok=True)
        for stale in folder.glob(".*.tmp"):
            remove_stale(str(folder / f"{stale.name[1:].partition('.')[0]}.toml"))
        is_new = not file.exists()
        # not read back as a dataset is: without it less is known, and nothing lost
        with temporary.open("xb") as output:
            output.write(_HEAD)
            output.writelines(read_spool(spool))
            output.flush()
            os.fsync(output.fileno())
        temporary.replace(file)
    except OSError as error:
        raise SaveError(f"{folder}: {explain(error)}") from error
    finally:
        remove(temporary)
    return file if is_new else None


def remove_base(file: Path | None) -> None:
    """Remove what was kept for an import that did not come about."""
    if file is None:
        return
    with suppress(OSError):
        file.unlink()
        file.parent.rmdir()  # unless there are others


def drop_old_bases(map_path: Path, keep: str) -> None:
    """Remove the oldest imports of a map, but never the named one."""
    with suppress(OSError):
        files = sorted(
            get_base_folder(map_path).glob("*.toml"),
            key=lambda file: (file.stem == keep, file.stat().st_mtime_ns),
        )
        for file in files[:-_MOST_KEPT]:
            file.unlink()


def find_import_ids(sources: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Return the imports that a dataset has seen, the latest entry last.

    Args:
        sources: The `[[sources]]` of the dataset as plain values.

    Returns:
        The id of the source by the id of the import.
    """
    names: dict[str, str] = {}
    for source in sources:
        note, name = source.get("note"), source.get("id")
        if isinstance(note, str) and isinstance(name, str):
            names.update((import_id, name) for import_id in IMPORT_NOTE.findall(note))
    return names


def read_base(
    map_path: Path, import_ids: Iterable[str]
) -> tuple[str, dict[str, Record]]:
    """Return the last import by a map that a dataset has seen.

    Args:
        map_path: The map.
        import_ids: The imports that the dataset has seen, the latest last.

    Returns:
        Its id, and its projects by import key; an empty id if there is none that can be
        read.
    """
    folder = get_base_folder(map_path)
    for import_id in reversed(list(import_ids)):
        try:
            text = (folder / f"{import_id}.toml").read_bytes().decode()
            projects = tomli.loads(text).get("projects", [])
            return import_id, {project["import_key"]: project for project in projects}
        except (OSError, ValueError, KeyError, TypeError):
            continue
    return "", {}


def find_known_map(folders: Iterable[Path], import_ids: Iterable[str]) -> Path | None:
    """Return the map of the last import that a dataset has seen, from some folders."""
    for import_id in reversed(list(import_ids)):
        for folder in folders:
            for file in sorted(folder.glob(f"*.base/{import_id}.toml")):
                name = file.parent.name.removesuffix(".base")
                for ending in (_MAP, ".toml"):
                    map_path = file.parent.with_name(f"{name}{ending}")
                    if map_path.is_file() and map_path != file:
                        return map_path
    return None
