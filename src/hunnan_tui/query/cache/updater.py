"""The survey of a text from that of an older version: only what has changed is read.

An edit of some projects, in whatever program, leaves all other blocks as they were. A
text in which more than that is different is read as if nothing had been kept.
"""

from __future__ import annotations

from array import array
from collections.abc import Hashable, Mapping
from itertools import pairwise
from typing import Any

from hunnan_tui.core.errors import Problem
from hunnan_tui.core.model import Annotations, Dataset, Project
from hunnan_tui.dataset.headers import find_headers
from hunnan_tui.dataset.incremental import NotInBlocksError, read_single_block, read_top
from hunnan_tui.dataset.key_index import KeyIndex
from hunnan_tui.dataset.lazy_projects import BlockReader, LazyProjects
from hunnan_tui.dataset.parser import Parsed
from hunnan_tui.dataset.parser import collect_problems as all_problems
from hunnan_tui.dataset.references import ReferenceChecker, iterate_sources
from hunnan_tui.dataset.schema import Faults
from hunnan_tui.query.cache.checksums import DIGEST, BrokenSurveyError, digest
from hunnan_tui.query.cache.chunks import Chunks
from hunnan_tui.query.cache.packing import (
    Survey,
    kept_column,
    kept_keys,
    kept_numbers,
)
from hunnan_tui.query.cache.protocol import heading, problems_of
from hunnan_tui.query.cache.reader import Found
from hunnan_tui.query.engine.base_columns import (
    CACHED_COLUMNS,
    compute_row,
    make_columns,
)
from hunnan_tui.query.engine.columns import Columns
from hunnan_tui.query.engine.cooperative import build_list, in_steps, pause
from hunnan_tui.query.engine.index import Index
from hunnan_tui.query.engine.texts import make_name_key

MOST = 5_000
"""Changed projects that are read here; of more, another process is quicker."""


def mend(found: Found, contents: dict[str, Any], chunks: Chunks) -> Survey:
    """Return the survey of a text, of an older version of which one was kept.

    Args:
        found: The text.
        contents: The small part of what was kept.
        chunks: The large part.

    Raises:
        BrokenSurveyError: Too much has changed.
    """
    try:
        said = contents["heading"]
        is_ours = said == heading(said["bytes"], said["hash"])
        if not is_ours:
            raise BrokenSurveyError
        return _Mending(found.text, contents, chunks).survey()
    except (LookupError, TypeError, ValueError, NotInBlocksError) as error:
        raise BrokenSurveyError from error


class _Mending:
    """One text, and what was kept of the older one."""

    def __init__(
        self,
        text: bytes,
        contents: dict[str, Any],
        chunks: Chunks,
    ) -> None:
        self._text, self._chunks = text, chunks
        self._starts = array("Q", find_headers(text))
        if digest(text[: self._starts[0]]).hex() != contents["top"]:
            raise BrokenSurveyError
        self._known = problems_of(contents["problems"])
        self._dataset = read_top(text)
        self._references = ReferenceChecker(self._dataset)
        self._old_keys = kept_keys(chunks)
        self._fresh: dict[int, Project] = {}
        """The projects of the blocks that were not there, by their new places."""
        self._old = self._places_before()

    def survey(self) -> Survey:
        """Return all that is known of the text."""
        keys = [
            self._fresh[place].key if old < 0 else self._old_keys[old]
            for place, old in enumerate(self._old)
        ]
        places = self._numbered(keys)
        blocks = BlockReader(self._text, self._starts)
        projects = LazyProjects(blocks, places, self._annotated(keys))
        dataset = self._dataset._replace(projects=projects)
        values = self._columns(dataset)
        parsed = Parsed(dataset, self._problems(projects, values))
        columns = Columns(dataset, make_columns(values))
        return Survey(parsed, self._starts, Index(dataset, columns), places)

    def _problems(
        self, projects: LazyProjects, values: Mapping[Hashable, list[Any]]
    ) -> tuple[Problem, ...]:
        """Return what is wrong, if it is all in front of the projects, as it was.

        Raises:
            BrokenSurveyError: There may be something else: what only an event or a fact
                refers to is not known here of the blocks that were kept.
        """
        references = self._references
        for project in self._fresh.values():
            references.record_uses(iterate_sources(project))
        for sources in in_steps(values["values", "source"]):
            references.record_uses(sources)
        has_amounts = any(
            each is not None for each in in_steps(values["value", "invest"])
        )
        references.record_uses((), has_amount=has_amounts)
        faults: Faults = []
        read_top(self._text, projects, faults, references)
        haystacks = values["haystack"]
        names = {hash(make_name_key(each)) for each in in_steps(haystacks)}
        file = self._known[0].file if self._known else ""
        problems = all_problems(faults, self._text, file, self._starts)
        if problems != self._known or len(names) < len(haystacks):
            raise BrokenSurveyError
        return problems

    def _places_before(self) -> array[int]:
        """Return where each block was before; -1 for those that were not there."""
        digests = b"".join(self._chunks.pop("digests"))
        count = len(self._old_keys)
        known: dict[bytes, int] = {}
        for place in in_steps(range(count)):
            known[digests[place * DIGEST : (place + 1) * DIGEST]] = place
        if len(known) != count:
            raise BrokenSurveyError
        old = array("q")
        bounds = pairwise([*self._starts, len(self._text)])
        for place, (start, end) in zip(
            in_steps(range(len(self._starts))), bounds, strict=True
        ):
            block = self._text[start:end]
            before = known.pop(digest(block), -1)
            old.append(before)
            if before < 0:
                self._fresh[place] = read_single_block(block, self._references, place)
                if len(self._fresh) > MOST:
                    raise BrokenSurveyError
        return old

    def _numbered(self, keys: list[str]) -> KeyIndex:
        """Return the places of keys; each must be there once."""
        before = KeyIndex(self._old_keys)
        before.complete(pause)
        stays = bytearray(len(self._old_keys))
        for old in self._old:
            if old >= 0:
                stays[old] = 1
        fresh = [project.key for project in self._fresh.values()]
        taken = any(key in before and stays[before[key]] for key in fresh)
        if taken or len(set(fresh)) < len(fresh):
            raise BrokenSurveyError
        places = KeyIndex(keys)
        places.complete(pause)
        return places

    def _annotated(self, keys: list[str]) -> list[str]:
        annotated = bytearray(len(self._old_keys))
        for place in kept_numbers(self._chunks, "annotated"):
            annotated[place] = 1
        return [
            keys[place]
            for place, old in enumerate(self._old)
            if (
                annotated[old]
                if old >= 0
                else self._fresh[place].annotations != Annotations()
            )
        ]

    def _columns(self, dataset: Dataset) -> Mapping[Hashable, list[Any]]:
        values = {
            place: compute_row(dataset, project)
            for place, project in self._fresh.items()
        }
        columns: dict[Hashable, list[Any]] = {}
        for number, name in enumerate(CACHED_COLUMNS):
            before = kept_column(self._chunks, name)
            stays = map(before.__getitem__, self._old)
            column = columns[name] = build_list(stays, len(self._old))
            for place, row in values.items():
                column[place] = row[number]
        return columns
