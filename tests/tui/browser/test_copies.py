"""A conflicted copy beside the file is told of when it has something."""

from __future__ import annotations

from pathlib import Path

from tests.tui.app_host import WIDE, OpenApp, settle

TEXT = '[[projects]]\nid = "a"\nname = "A"\n'


async def test_a_conflicted_copy_is_told_of(tmp_path: Path, open_app: OpenApp) -> None:
    path = tmp_path / "here" / "projects.toml"
    path.parent.mkdir()
    path.write_text(TEXT)
    copy = path.with_name("projects (conflicted [red] copy).toml")
    copy.write_text(TEXT + 'tags = ["x"]\n')
    app = open_app(path)
    async with app.run_test(size=WIDE) as pilot:
        while not app._notifications:
            await settle(app, pilot)
        (told,) = [each.message for each in app._notifications]
        assert copy.name in told
        assert "hunnan-tui merge projects.toml" in told
