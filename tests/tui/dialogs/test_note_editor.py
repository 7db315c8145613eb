from __future__ import annotations

import shlex
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from hunnan_tui.core.text import UNSAFE
from hunnan_tui.tui.dialogs.note_editor import (
    MAX_LENGTH,
    MAX_LINE_LENGTH,
    NoteEditor,
    NoteResult,
    is_large,
    normalize_text,
)
from tests.tui.dialogs.modal_host import HOSTILE, ModalHost


def saved(text: str) -> NoteResult:
    return NoteResult("save", text)


def draft(text: str) -> NoteResult:
    return NoteResult("draft", text)


def discarded(text: str = "") -> NoteResult:
    return NoteResult("discard", text)


@pytest.mark.parametrize(
    ("keys", "result"),
    [
        ("escape", discarded()),
        ("ctrl+s", discarded()),
        ("space enter ctrl+s", discarded()),
        ("space enter escape", discarded()),
        ("a b ctrl+s", saved("ab")),
        ("a enter b ctrl+s", saved("a\nb")),
        ("a b escape", draft("ab")),
        ("a backspace escape", discarded()),
        ("a tab b ctrl+s", saved("ab")),
        ("汉 [ / x ] ctrl+s", saved("汉[/x]")),
        ("a b ctrl+z ctrl+s", discarded()),
    ],
)
async def test_keys_on_a_new_note(keys: str, result: NoteResult) -> None:
    app = ModalHost(NoteEditor("A project · new note"))
    async with app.run_test() as pilot:
        await pilot.press(*keys.split())
        assert app.results == [result]


@pytest.mark.parametrize(
    ("keys", "result"),
    [
        ("escape", discarded("old\n")),
        ("ctrl+s", discarded("old\n")),
        ("x ctrl+s", saved("old\nx")),
        ("x escape", draft("old\nx")),
        ("x backspace ctrl+s", discarded("old\n")),
        ("f7 delete ctrl+s", saved("")),
        ("f7 delete escape", draft("")),
    ],
)
async def test_keys_on_a_note_that_is_there(keys: str, result: NoteResult) -> None:
    app = ModalHost(NoteEditor("A project · note", "old\n", original="old\n"))
    async with app.run_test() as pilot:
        await pilot.press(*keys.split())
        assert app.results == [result]


@pytest.mark.parametrize(
    ("original", "keys", "result"),
    [
        ("", "escape", draft("half")),
        ("", "ctrl+s", saved("half")),
        ("", "f7 delete escape", discarded()),
        ("old", "escape", draft("half")),
        ("old", "ctrl+s", saved("half")),
        ("half", "escape", discarded("half")),
    ],
)
async def test_a_resumed_draft_stays_one_until_it_is_saved_or_emptied(
    original: str, keys: str, result: NoteResult
) -> None:
    app = ModalHost(NoteEditor("A project", "half", original=original))
    async with app.run_test() as pilot:
        await pilot.press(*keys.split())
        assert app.results == [result]


async def test_the_result_comes_once_and_keys_typed_ahead_count_in_their_order() -> (
    None
):
    app = ModalHost(NoteEditor("A project"))
    async with app.run_test() as pilot:
        app.send([*"abc", "ctrl+s", "ctrl+s", *"def", "escape"])
        await pilot.pause()
        assert app.results == [saved("abc")]


MIXED = ["a\r\nb\nc\rd", "a\u2028b\x85c", "a\x0cb\x0bc", "\x1b[31mred\u202e", "\ufeffx"]


@pytest.mark.parametrize("text", [*MIXED, *HOSTILE])
async def test_an_untouched_text_comes_back_exactly(text: str) -> None:
    modal = NoteEditor(text, text, original=text)
    app = ModalHost(modal)
    async with app.run_test(size=(80, 24)) as pilot:
        assert app.is_clean()
        assert modal.text == text
        await pilot.press("ctrl+s")
        assert app.results == [discarded(text)]


@pytest.mark.parametrize("text", [*MIXED, *HOSTILE])
async def test_a_changed_text_is_clean(text: str) -> None:
    app = ModalHost(NoteEditor("A project", text, original=text))
    async with app.run_test() as pilot:
        await pilot.press("!", "ctrl+s")
        assert app.results == [saved(normalize_text(text) + "!")]
        assert not UNSAFE.search(app.results[0].text)


def test_line_ends_of_every_kind_are_edited_as_newlines() -> None:
    assert normalize_text("a\r\nb\rc\x85d\u2028e\u2029f\x0bg\x0ch") == "\n".join(
        "abcdefgh"
    )
    assert normalize_text("tab\tand 👨‍👩‍👧") == "tab\tand 👨‍👩‍👧"


@pytest.mark.parametrize("pasted", [*MIXED, *HOSTILE])
async def test_pasted_text_is_cleaned_and_undone_in_one_step(pasted: str) -> None:
    app = ModalHost(NoteEditor("A project"))
    async with app.run_test() as pilot:
        app.copy_to_clipboard(pasted)
        await pilot.press("ctrl+v")
        assert app.is_clean()
        await pilot.press("ctrl+z", "ctrl+y", "!", "escape")
        assert app.results == [draft(normalize_text(pasted) + "!")]


@pytest.mark.parametrize(
    "pasted", ["x" * 10_000_000, "line\n" * 100_000], ids=["long line", "many lines"]
)
async def test_a_paste_that_is_too_large_is_refused_with_the_reason(
    pasted: str,
) -> None:
    modal = NoteEditor("A project", "old", original="old")
    app = ModalHost(modal)
    async with app.run_test() as pilot:
        app.copy_to_clipboard(pasted)
        await pilot.press("ctrl+v")
        await pilot.pause()
        assert "too many to paste here" in app.shown
        assert modal.text == "old"
        await pilot.press("!")
        await pilot.pause()
        assert "too many to paste here" not in app.shown


LARGE = [
    pytest.param("x" * (MAX_LINE_LENGTH + 1), id="long line"),
    pytest.param("line\n" * (MAX_LENGTH // 5 + 1), id="many lines"),
    pytest.param("汉" * 1_000_000, id="wide"),
]


@pytest.mark.parametrize("text", LARGE)
async def test_a_large_note_is_shown_in_part_and_left_as_it_is(text: str) -> None:
    assert is_large(text)
    modal = NoteEditor("A project", text, original=text)
    app = ModalHost(modal)
    async with app.run_test() as pilot:
        assert "too many to edit here" in app.shown
        app.copy_to_clipboard("pasted")
        await pilot.press("x", "backspace", "ctrl+v", "ctrl+z", "down")
        assert modal.text == text
        await pilot.press("ctrl+s")
        assert app.results == [discarded(text)]


def test_a_text_at_the_limit_is_not_large() -> None:
    assert not is_large("x" * MAX_LINE_LENGTH + "\n" + "x" * MAX_LINE_LENGTH)
    assert not is_large("")


async def test_typed_text_is_kept_while_typing() -> None:
    kept: list[str] = []
    modal = NoteEditor("A project", keep=kept.append)
    app = ModalHost(modal)
    async with app.run_test() as pilot:
        await pilot.press("a", "b")
        assert modal._timer is not None
        await modal._timer._task  # type: ignore[misc]
        assert kept == ["ab"]


async def test_typed_text_is_kept_when_the_app_ends() -> None:
    kept: list[str] = []
    app = ModalHost(NoteEditor("A project", keep=kept.append))
    async with app.run_test() as pilot:
        await pilot.press("a", "b", "ctrl+q")
    assert kept == ["ab"]
    assert app.results == []


async def test_typed_text_is_kept_when_the_terminal_loses_the_focus() -> None:
    kept: list[str] = []
    app = ModalHost(NoteEditor("A project", keep=kept.append))
    async with app.run_test() as pilot:
        await pilot.press("a")
        app.app_focus = False
        await pilot.pause()
        assert kept == ["a"]


@pytest.mark.parametrize("key", ["escape", "ctrl+s"])
async def test_nothing_is_kept_after_a_result(key: str) -> None:
    kept: list[str] = []
    app = ModalHost(NoteEditor("A project", keep=kept.append))
    async with app.run_test() as pilot:
        await pilot.press("a", key)
    assert app.results != []
    assert kept == []


async def test_an_untouched_draft_is_not_kept_again() -> None:
    kept: list[str] = []
    app = ModalHost(NoteEditor("A project", "half", keep=kept.append))
    async with app.run_test():
        pass
    assert kept == []


async def test_a_template_is_inserted_where_the_cursor_is() -> None:
    templates = {"Call": "With:\nAbout:\n", "Visit [/x]": "Where:\n"}
    app = ModalHost(NoteEditor("A project", templates=templates))
    async with app.run_test() as pilot:
        await pilot.press("a", "ctrl+t", *"visit", "enter", "b", "ctrl+s")
        assert app.results == [saved("aWhere:\nb")]


async def test_no_template_is_inserted_when_the_choice_is_left() -> None:
    app = ModalHost(NoteEditor("A project", templates={"Call": "With:"}))
    async with app.run_test() as pilot:
        await pilot.press("a", "ctrl+t", "escape", "b", "ctrl+s")
        assert app.results == [saved("ab")]


async def test_without_templates_there_is_no_key_for_them() -> None:
    app = ModalHost(NoteEditor("A project"))
    async with app.run_test() as pilot:
        assert "template" not in app.shown
        await pilot.press("ctrl+t", "a", "ctrl+s")
        assert app.results == [saved("a")]


class SuspendableHost(ModalHost):
    """A host that gives up a terminal that it does not have."""

    @contextmanager
    def suspend(self) -> Iterator[None]:
        yield


def environ_with(tmp_path: Path, code: str) -> dict[str, str]:
    script = tmp_path / "editor.py"
    script.write_text(f"import pathlib, sys\npath = pathlib.Path(sys.argv[1])\n{code}")
    return {"EDITOR": shlex.join([sys.executable, "-S", str(script)])}


async def test_text_from_the_own_editor_can_be_undone_and_is_kept(
    tmp_path: Path,
) -> None:
    kept: list[str] = []
    environ = environ_with(tmp_path, "path.write_text(path.read_text() + 'more')")
    modal = NoteEditor("A project", keep=kept.append, environ=environ)
    app = SuspendableHost(modal)
    async with app.run_test() as pilot:
        await pilot.press("a", "ctrl+e")
        assert modal.text == "a\nmore"
        assert kept == ["a", "a\nmore"]
        await pilot.press("ctrl+z")
        assert modal.text == "a"
        await pilot.press("ctrl+y", "escape")
        assert app.results == [draft("a\nmore")]


async def test_text_from_the_own_editor_is_saved_as_it_was_written(
    tmp_path: Path,
) -> None:
    environ = environ_with(tmp_path, "path.write_text('a\\x0cb\\u202e')")
    app = SuspendableHost(NoteEditor("A project", environ=environ))
    async with app.run_test() as pilot:
        await pilot.press("ctrl+e")
        assert app.is_clean()
        await pilot.press("ctrl+s")
        assert app.results == [saved("a\x0cb\u202e")]


async def test_keys_before_the_own_editor_are_in_its_text(tmp_path: Path) -> None:
    environ = environ_with(tmp_path, "path.write_text(path.read_text().upper())")
    app = SuspendableHost(NoteEditor("A project", environ=environ))
    async with app.run_test() as pilot:
        app.send([*"abc", "ctrl+e", "d", "ctrl+s"])
        await pilot.pause()
        await pilot.pause()
        assert app.results == [saved("ABCd")]


@pytest.mark.parametrize("text", LARGE)
async def test_a_large_note_is_changed_in_the_own_editor(
    tmp_path: Path, text: str
) -> None:
    code = "path.write_text(path.read_text().replace('\\n', '!\\n', 1))"
    modal = NoteEditor(
        "A project", text, original=text, environ=environ_with(tmp_path, code)
    )
    app = SuspendableHost(modal)
    async with app.run_test() as pilot:
        await pilot.press("ctrl+e", "ctrl+s")
        first, end, rest = text.partition("\n")
        assert app.results == [saved(f"{first}!{end}{rest}")]


async def test_a_large_note_made_small_outside_is_edited_here(tmp_path: Path) -> None:
    environ = environ_with(tmp_path, "path.write_text('small')")
    large = "x" * (MAX_LENGTH + 1)
    app = SuspendableHost(
        NoteEditor("A project", large, original=large, environ=environ)
    )
    async with app.run_test() as pilot:
        await pilot.press("ctrl+e", "!", "ctrl+s")
        assert app.results == [saved("small!")]


@pytest.mark.parametrize(
    ("environ", "reason"),
    [({}, "No editor is set"), ({"EDITOR": "[/x]"}, "[/x] could not be started")],
)
async def test_an_editor_that_fails_leaves_the_text_and_says_why(
    environ: dict[str, str], reason: str
) -> None:
    app = SuspendableHost(NoteEditor("A project", environ=environ))
    async with app.run_test() as pilot:
        app.send(["a", "ctrl+e"])
        await pilot.pause()
        assert reason in app.shown
        await pilot.press("b")
        await pilot.pause()
        assert reason not in app.shown
        await pilot.press("ctrl+s")
        assert app.results == [saved("ab")]


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (120, 36), (200, 60)])
async def test_title_text_and_keys_are_seen(size: tuple[int, int]) -> None:
    text = "first line\n" * 50 + "last line"
    app = ModalHost(NoteEditor("A project · new note", text))
    async with app.run_test(size=size):
        for part in ("A project · new note", "last line", "ctrl+s save", "ctrl+e"):
            assert part in app.shown
