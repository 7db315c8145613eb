"""The frame that all dialogs share."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Input

from hunnan_tui.tui.dialogs.base import DialogFrame
from hunnan_tui.tui.dialogs.choose import ChooseDialog
from hunnan_tui.tui.dialogs.confirm import ConfirmDialog
from hunnan_tui.tui.dialogs.note_editor import NoteEditor
from hunnan_tui.tui.dialogs.prompt import PromptDialog
from hunnan_tui.tui.dialogs.tag_editor import TagEditor
from tests.tui.dialogs.modal_host import ModalHost


async def test_all_have_one_width_and_one_first_line_that_stays_while_one_types() -> (
    None
):
    options = [(str(n), Content(f"option {n}")) for n in range(30)]
    app = ModalHost(ChooseDialog("Views", options))
    async with app.run_test(size=(120, 36)) as pilot:
        frames, field = set(), app.screen.query_one(Input).region
        await pilot.press(*"29")
        assert app.screen.query_one(Input).region == field
        for dialog in (
            TagEditor("Tags", {"watch": 1}, [frozenset()]),
            ConfirmDialog("Quit?", "\n".join(map(str, range(60)))),
            PromptDialog("Name"),
            NoteEditor("Note"),
            ChooseDialog("None", []),
        ):
            app.push_screen(dialog)
            await pilot.pause()
            x, y, width, _ = app.screen.query_one(DialogFrame).region
            frames.add((x, y, width))
        assert frames == {(10, 1, 100)}
