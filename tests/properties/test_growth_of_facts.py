"""Facts of many projects are edited, added and undone in work that grows with their number."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from hunnan_tui.core.changes import Edit, Transaction
from hunnan_tui.core.fact_changes import AddProject
from hunnan_tui.core.fact_origin import move_to_stage
from hunnan_tui.core.model import Stage
from hunnan_tui.storage.drafts import Drafts
from hunnan_tui.storage.journal import Journal
from hunnan_tui.storage.store import Store
from hunnan_tui.storage.workspace import Workspace
from tests.properties.growth import LARGEST_RATIO, growth


def opened(path: Path) -> Workspace:
    workspace = Workspace(
        Store(path),
        Journal(None, path),
        Drafts(None, path),
        now=lambda: datetime(2026, 1, 1, tzinfo=UTC),
    )
    workspace.load()
    return workspace


def test_many_projects_are_moved_and_added_in_one_step(tmp_path: Path) -> None:
    def prepare(size: int) -> Callable[[], object]:
        path = tmp_path / f"{size}.toml"
        blocks = (f'\n[[projects]]\nid = "p{n}"\nname = "P"\n' for n in range(size))
        path.write_text('[[stages]]\nid = "s"\n' + "".join(blocks))
        before = path.read_bytes()
        workspace = opened(path)
        change = [
            move_to_stage(project, Stage("s", "S"), "2026-03", "", "")
            for project in workspace.dataset.projects.values()
        ]
        moved = [Edit(f"p{n}", each) for n, each in enumerate(change)]
        records = ({"id": f"n{n}", "name": "N"} for n in range(size))
        added = [Edit(record["id"], AddProject(record)) for record in records]

        def act() -> None:
            workspace.apply(Transaction("all", (*moved, *added)))
            workspace.save_now()
            assert len(workspace.dataset.projects) == 2 * size
            assert workspace.undo() == "all"
            workspace.save_now()
            assert path.read_bytes() == before

        return act

    assert growth(prepare, 20) < LARGEST_RATIO
