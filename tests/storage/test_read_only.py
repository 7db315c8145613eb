"""Files that were opened to be read alone are left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from hunnan_tui.core.changes import AddTags, Edit, Transaction
from hunnan_tui.core.errors import SaveError
from hunnan_tui.storage.journal import Journal
from hunnan_tui.storage.open_workspace import find_files, open_workspace

TEXT = '[[projects]]\nid = "a"\nname = "A"\n'
TAG = Edit("a", AddTags(("x",)))


def list_files(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("count", [1, 2])
def test_nothing_is_written_and_what_a_crash_left_waits(
    tmp_path: Path, count: int
) -> None:
    environ = {f"XDG_{kind}_HOME": str(tmp_path / "home") for kind in ("STATE", "DATA")}
    paths = [tmp_path / f"{number}.toml" for number in range(count)]
    for path in paths:
        path.write_text(TEXT)
    files, *others = (find_files(str(path), None, environ, tmp_path) for path in paths)
    files = files._replace(others=tuple(others))
    folder = files.paths.journal
    assert folder is not None
    journal = Journal(folder, paths[0])
    journal.add([TAG])
    journal.close()
    before = list_files(tmp_path)
    workspace, messages = open_workspace(files.lock("for the test"))
    assert messages == ()
    keys = list(workspace.dataset.projects)
    assert not any(project.tags for project in workspace.dataset.projects.values())
    with pytest.raises(SaveError, match="for the test"):
        workspace.apply(Transaction("tag", (Edit(keys[0], AddTags(("y",))),)))
    assert workspace.undo() == ""
    assert "for the test" in workspace.last_refused[0]
    assert workspace.store.explain_read_only() == "for the test"
    assert workspace.store.explain_no_facts([keys[0]]) == "for the test"
    with pytest.raises(SaveError, match="for the test"):
        workspace.store.members[0].save(())
    workspace.close()
    assert list_files(tmp_path) == before
    workspace, messages = open_workspace(files)
    assert "recovered" in messages[0]
    workspace.close()
