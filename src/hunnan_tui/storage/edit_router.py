"""Which of several files an edit goes to, whatever kind of edit it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from hunnan_tui.core.changes import Edit
from hunnan_tui.core.joined_datasets import JoinedDatasets


class EditRouter:
    """Knows the file of each project, also of those that are gone from it."""

    def __init__(self, names: Sequence[str]) -> None:
        """Take the names of the files."""
        self.names = names
        self.default = 0
        """The index of the file that new projects and sources go to."""
        self._places: dict[str, tuple[int, str]] = {}
        """The index of the file, and the key in it, by the key in the joined dataset."""
        self._keys: list[dict[str, str]] = [{} for _ in names]

    def follow(self, joined: JoinedDatasets) -> None:
        """Take over the keys of a joined dataset."""
        for index, keys in enumerate(joined.keys):
            self._keys[index] |= keys
            self._places |= {key: (index, own) for own, key in keys.items()}

    def find(self, key: str) -> tuple[int, str] | None:
        """Return the index of a project's file and its key there; None if unknown."""
        return self._places.get(key)

    def find_files(self, keys: Iterable[str]) -> list[int]:
        """Return the indexes of the files of projects; without any the default one."""
        places = map(self._places.get, keys)
        files = dict.fromkeys(place[0] for place in places if place)
        return list(files) or [self.default]

    def get_key(self, index: int, own: str) -> str:
        """Return the joined key of a project by its key in one file.

        That of a project that is not there is no other project's.
        """
        if own not in self._keys[index]:
            key = own
            if not own or self._places.get(own, (index, own)) == (index, own):
                return own
            key = f"{self.names[index]}:{own}"
            self._keys[index][own] = key
            self._places[key] = index, own
        return self._keys[index][own]

    def split(
        self, edits: Iterable[Edit], others: Iterable[Edit] = ()
    ) -> dict[int, list[Edit]]:
        """Return the edits of each file by its index, with the keys of that file.

        A new project goes to the file of the others, or to the default file, and stays
        there. What belongs to no project, such as a source, goes to each of the files.

        Args:
            edits: The edits.
            others: Edits that belong to the same transaction.
        """
        edits = list(edits)
        keys = dict.fromkeys(edit.key for edit in (*edits, *others))
        files = self.find_files(keys)
        for key in filter(None, keys):
            if key not in self._places:
                self._places[key] = files[0], key
                self._keys[files[0]][key] = key
        files = self.find_files(keys)
        parts: dict[int, list[Edit]] = {}
        for edit in edits:
            if edit.key:
                index, own = self._places[edit.key]
                parts.setdefault(index, []).append(replace(edit, key=own))
                continue
            for index in files:
                parts.setdefault(index, []).append(edit)
        return parts

    def join(self, index: int, edits: Iterable[Edit]) -> list[Edit]:
        """Return edits of one file with the keys of the joined dataset."""
        return [replace(edit, key=self.get_key(index, edit.key)) for edit in edits]

    def join_keys(self, index: int, values: Mapping[str, object]) -> dict[str, object]:
        """Return values by the keys of one file with the keys of the joined dataset."""
        return {self.get_key(index, key): value for key, value in values.items()}
