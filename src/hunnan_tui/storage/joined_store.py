"""Several files as one store: each is read, checked and written by its own."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from hunnan_tui.core.changes import RefusedEdit
from hunnan_tui.core.counts import join_words
from hunnan_tui.core.errors import DataError, HunnanError, SaveError
from hunnan_tui.core.joined_datasets import JoinedDatasets, NamedDataset
from hunnan_tui.core.language import _
from hunnan_tui.core.model import Dataset
from hunnan_tui.dataset.incremental import ProgressCallback, ignore_progress
from hunnan_tui.storage.edit_router import EditRouter
from hunnan_tui.storage.store import Loaded, SaveResult, Store
from hunnan_tui.storage.transaction import PendingTransaction, TransactionResult

_T = TypeVar("_T")


class JoinedStore(Store):
    """Several stores, shown as one dataset; an edit goes to the file of its project.

    A save that fails for one file is done for the others, and not done again there.
    """

    def __init__(self, stores: Sequence[Store], router: EditRouter) -> None:
        """Take the stores, the first of which gives its path.

        Args:
            stores: The files.
            router: Knows their names, and follows what is loaded.
        """
        super().__init__(stores[0].path)
        self.stores = stores
        self.router = router
        """Which file a key belongs to."""
        self._saved: dict[tuple[int, int], SaveResult] = {}
        """What is saved of transactions that are not saved everywhere, by their serial
        and the index of the file."""
        self._is_changed = False
        """Whether a file was read anew and nobody was told."""
        self._loaded: list[Loaded] = []

    @property
    def state_path(self) -> Path:
        return Path(" + ".join(os.path.realpath(store.path) for store in self.stores))

    @property
    def members(self) -> Sequence[Store]:
        return self.stores

    def explain_read_only(self, *, hint: bool = True) -> str:
        if self.locked:
            return self.locked
        reasons = [store.explain_read_only(hint=hint) for store in self.stores]
        return "; ".join(reasons) if all(reasons) else ""

    def explain_no_facts(self, keys: Iterable[str] = ()) -> str:
        if self.locked:
            return self.locked
        indexes = self.router.find_files(keys)
        reasons = (self.stores[index].explain_no_facts() for index in indexes)
        return "; ".join(filter(None, reasons))

    def narrow_dataset(self, dataset: Dataset, keys: Iterable[str]) -> Dataset:
        files = [self._loaded[i].dataset for i in self.router.find_files(keys)]
        return dataset._replace(
            industries=_keep_common(dataset.industries, [d.industries for d in files]),
            stages=_keep_common(dataset.stages, [d.stages for d in files]),
            # a source of another file, or of two, would be none in this one
            sources={
                key: source
                for key, source in dataset.sources.items()
                if all(file.sources.get(key) == source for file in files)
            },
        )

    @property
    def default_file(self) -> str:
        return self.router.names[self.router.default]

    def choose_default(self, name: str) -> None:
        names = self.router.names
        self.router.default = names.index(name) if name in names else 0

    def list_saved_parts(self) -> Collection[tuple[int, int]]:
        return self._saved.keys()

    def describe_destination(self) -> str:
        named = zip(self.router.names, self.stores, strict=True)
        return join_words(
            _("{name} (of {file})").format(name=store.notes.name, file=name)
            for name, store in named
            if store.notes
        )

    def load_head(self) -> Loaded | None:
        return None

    def load(self, tell: ProgressCallback = ignore_progress) -> Loaded:
        self._loaded = [store.load(tell) for store in self.stores]
        return self._join()

    def load_from(self, loaded: Sequence[Loaded]) -> Loaded:
        """Take over what was loaded already."""
        self._loaded = list(loaded)
        return self._join()

    def poll(self) -> Loaded | None:
        errors: list[DataError] = []
        for index, store in enumerate(self.stores):
            try:
                loaded = store.poll()
            except DataError as error:  # the others are looked at all the same
                errors.append(error)
                continue
            if loaded is not None:
                self._loaded[index] = loaded
                self._is_changed = True
        if self._is_changed:
            self._is_changed = False
            return self._join()
        if errors:
            raise DataError(
                *(problem for error in errors for problem in error.problems)
            )
        return None

    def save(self, transactions: Sequence[PendingTransaction]) -> SaveResult:
        parts: dict[int, list[PendingTransaction]] = {}
        for transaction in transactions:
            for index, edits in self.router.split(transaction.edits).items():
                if (transaction.serial, index) not in self._saved:
                    part = replace(transaction, edits=tuple(edits))
                    parts.setdefault(index, []).append(part)
        failed: list[str] = []
        for index, own in parts.items():
            try:
                self._save_part(index, own)
            except HunnanError as error:
                failed.append(self._describe_failure(index, error))
        if failed:
            saved = [self.router.names[i] for i in parts if self._is_saved(i, parts[i])]
            rest = (
                _(" ({saved}: saved)").format(saved=" and ".join(saved))
                if saved
                else ""
            )
            raise SaveError(
                _("Not saved: {failed}{rest}").format(
                    failed="; ".join(failed), rest=rest
                )
            )
        return self._collect(transactions)

    def join_datasets(self, datasets: Sequence[Dataset]) -> Dataset:
        return self._make_joined(datasets).dataset

    def _save_part(self, index: int, part: list[PendingTransaction]) -> None:
        saved = self.stores[index].save(part)
        self._loaded[index] = self.stores[index].content
        for number, transaction in enumerate(part):
            result = saved.results[transaction.serial]
            one = replace(saved, results={transaction.serial: result})
            if number:  # said once
                one = replace(one, warning="")
            self._saved[transaction.serial, index] = one

    def _is_saved(self, index: int, part: list[PendingTransaction]) -> bool:
        return all((one.serial, index) in self._saved for one in part)

    def _describe_failure(self, index: int, error: HunnanError) -> str:
        reason = str(error).removeprefix(_("Not saved: "))
        return f"{self.router.names[index]}: {reason}"

    def _collect(self, transactions: Sequence[PendingTransaction]) -> SaveResult:
        """Return what became of transactions that are saved in all of their files."""
        serials = [transaction.serial for transaction in transactions]
        results = {serial: TransactionResult() for serial in serials}
        saved: list[tuple[int, SaveResult]] = []
        for serial, index in sorted(self._saved):
            if serial not in results:
                continue
            part = self._saved.pop((serial, index))
            saved.append((index, part))
            result = part.results[serial]
            results[serial].undo += self.router.join(index, result.undo)
            results[serial].conflicts += result.conflicts
            for refusal in result.refused:
                key = self.router.get_key(index, refusal.edit.key)
                edit = replace(refusal.edit, key=key)
                results[serial].refused.append(
                    RefusedEdit(edit, refusal.reason, refusal.orphan)
                )
        outside = any(part.outside is not None for _, part in saved)
        rebuilt = any(part.rebuilt is not None for _, part in saved)
        joined = self._make_joined([loaded.dataset for loaded in self._loaded])
        self.router.follow(joined)
        keys = self.router.get_key
        content = self._gather(joined)
        return SaveResult(
            annotations={
                keys(index, key): value
                for index, part in saved
                for key, value in part.annotations.items()
            },
            results=results,
            facts={
                keys(index, key): joined.join_project(index, project)
                for index, part in saved
                for key, project in part.facts.items()
            },
            rebuilt=content if rebuilt else None,
            outside=content if outside else None,
            warning="; ".join(filter(None, (part.warning for _, part in saved))),
        )

    def _join(self) -> Loaded:
        joined = self._make_joined([loaded.dataset for loaded in self._loaded])
        self.router.follow(joined)
        return self._gather(joined)

    def _make_joined(self, datasets: Sequence[Dataset]) -> JoinedDatasets:
        named = zip(self.router.names, self.stores, datasets, strict=True)
        return JoinedDatasets(
            [NamedDataset(name, str(store.path), data) for name, store, data in named]
        )

    def _gather(self, joined: JoinedDatasets) -> Loaded:
        problems = (p for loaded in self._loaded for p in loaded.problems)
        orphans = (
            self.router.get_key(index, key)
            for index, loaded in enumerate(self._loaded)
            for key in loaded.orphans
        )
        return Loaded(joined.dataset, (*problems, *joined.problems), tuple(orphans))


def _keep_common(
    entries: Mapping[str, _T], tables: Sequence[Mapping[str, _T]]
) -> dict[str, _T]:
    """Return the entries that all tables have by their ids."""
    return {
        key: entry
        for key, entry in entries.items()
        if all(key in table for table in tables)
    }
