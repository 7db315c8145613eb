"""Keys of the settings take the place of those that are declared, and tell mistakes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from hunnan_tui.config.key_settings import KeySetting
from hunnan_tui.config.settings import FILE, load_settings
from hunnan_tui.tui.dialogs.help import HelpDialog
from hunnan_tui.tui.keys.key_syntax import find_key
from hunnan_tui.tui.keys.rebinding import Rebinding, apply_keymap, rebind
from hunnan_tui.tui.keys.table import list_keys
from hunnan_tui.tui.keys.user_keys import read_keymap
from hunnan_tui.tui.pages.matrix import MatrixPage
from hunnan_tui.tui.widgets.footer import KeyFooter
from tests.tui.app_host import WIDE, OpenApp, listed, press, settle


def rebind_all(*wanted: tuple[str, str], kitty: bool = False) -> Rebinding:
    made = [KeySetting(name, tuple(keys.split()), (name,)) for name, keys in wanted]
    return rebind(list_keys(), made, has_kitty_keys=kitty)


def read_messages(rebinding: Rebinding) -> str:
    return " | ".join(f"{each.message} ({each.hint})" for each in rebinding.mistakes)


@pytest.mark.parametrize(
    "settings",
    [
        [("notes.add", "ctrl+n")],
        [("notes.add", "ctrl+n f12")],
        [("notes.add", "t"), ("tags.edit", "n")],
        [("projects.down", "n"), ("notes.add", "f12")],
        [("board.left", "[")],
        [("matrix.turn", "space")],
        [("list.sort", "}")],
        [("app.back", "escape backspace")],
        [("confirm.yes", "j")],
    ],
)
def test_a_key_that_is_free_in_its_place_is_used(
    settings: Sequence[tuple[str, str]],
) -> None:
    rebinding = rebind_all(*settings)
    assert not rebinding.mistakes
    assert {*rebinding.keymap} == {name for name, _ in settings}


@pytest.mark.parametrize(
    ("name", "keys", "told"),
    [
        ("note.add", "x", "there is no command 'note.add' (did you mean note"),
        ("zzz", "x", "there is no command 'zzz' (`hunnan-tui keys` lists them)"),
        ("notes.add", "ctl+x", "there is no key 'ctl+x' (did you mean ctrl+x?)"),
        ("notes.add", "ctrl+enter", "most terminals do not send ctrl+enter"),
        ("notes.add", "ctrl+i", "terminals send tab for ctrl+i"),
        ("notes.add", "ctrl+c", "ctrl+c copies"),
        ("notes.add", "t", "t already runs tags.edit in the same place"),
        ("projects.mark", "t", "t already runs tags.edit"),
        ("tags.edit", "space", "space already runs projects.mark"),
        ("matrix.turn", "l", "l already runs matrix.right"),
        ("page.back", "d", "d already runs"),
        ("compare.differences", "n", "n already runs notes.add"),
        ("plan.needs", "}", "} already runs lines.next-section"),
        ("notes.add", "j", "j already runs"),
        ("lines.down", "z", ""),
        ("app.tour", "f1", "f1 already runs"),
        ("filter.complete", "x", "x is text where filter.complete works"),
        ("choose.pick", "x", "x is text where choose.pick works"),
        ("note.save", "s", "s is text where note.save works"),
    ],
)
def test_what_cannot_be_used_is_told_and_the_declared_key_stays(
    name: str, keys: str, told: str
) -> None:
    rebinding = rebind_all((name, keys))
    assert told in read_messages(rebinding)
    assert (name in rebinding.keymap) == (not told)


def test_of_several_keys_the_good_ones_are_used() -> None:
    rebinding = rebind_all(("notes.add", "t f12 ctrl+enter"))
    assert rebinding.keymap == {"notes.add": ("f12",)}
    assert len(rebinding.mistakes) == 2


def test_a_setting_that_rests_on_one_that_cannot_be_used_cannot_either() -> None:
    rebinding = rebind_all(("notes.add", "t"), ("tags.edit", "ctrl+i"))
    assert not rebinding.keymap
    assert len(rebinding.mistakes) == 2


def test_pages_follow_the_keys_of_help_and_commands() -> None:
    keymap = rebind_all(("app.help", "f12"), ("app.palette", "f11")).keymap
    assert keymap["page.help"] == ("f12",)
    assert keymap["page.palette"] == ("f11",)
    entries = apply_keymap(list_keys(), keymap)
    assert ("f12",) in {entry.keys for entry in entries if entry.id == "page.help"}


def test_a_mistake_is_told_with_its_line(tmp_path: Path) -> None:
    text = '[keys]\n"notes.add" = "f12"\nnote.add = "x"\ntags.edit = ["ctl+x", ","]\n'
    (tmp_path / FILE).write_text(text)
    keymap, problems = read_keymap(load_settings(tmp_path))
    assert [problem.line for problem in problems] == [3, 4]
    assert keymap == {"notes.add": ("f12",), "tags.edit": ("comma",)}


async def test_keys_of_the_user_are_shown_and_work_everywhere(
    shipped: Path, open_app: OpenApp, tmp_path: Path
) -> None:
    folder = tmp_path / "config"
    folder.mkdir()
    (folder / FILE).write_text(
        '[keys]\nprojects.down = "n"\nnotes.add = ["f12", "ctrl+g"]\napp.help = "f11"\n'
        'matrix.turn = "h"\n'
    )
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await settle(app, pilot)
        text = app.screen.query_one(KeyFooter).render_line(0).text
        assert text.index("t Tags") < text.index("f12 Note") < text.index("u Undo")
        assert text.index("f11 Help") < text.index("q Quit")
        first = listed(app).current
        await press(app, pilot, "n")
        assert listed(app).current != first
        await press(app, pilot, "f11")
        dialog = app.screen
        assert isinstance(dialog, HelpDialog)
        rows = [str(option.prompt) for option in dialog.list.options]
        assert any(row.startswith("f12 ctrl+g ") and " Note " in row for row in rows)
        await press(app, pilot, "escape", "m")
        page = app.screen
        assert isinstance(page, MatrixPage)
        text = page.query_one(KeyFooter).render_line(0).text
        assert "f11 Help" in text
        assert "enter List" in text  # h moves there already: the setting is told
        toasts = " ".join(str(each.message) for each in app._notifications)
        assert "Line 6: h already runs matrix.left" in toasts or "matrix" in toasts


_ENTRIES = list_keys()
_IDS = sorted({entry.id for entry in _ENTRIES if entry.id})
_KEYS = sorted({key for entry in _ENTRIES if entry.id for key in entry.keys})


@settings(max_examples=25)
@example({"follow-up.cancel": ["0", "0"]})
@given(
    st.dictionaries(
        st.sampled_from(_IDS),
        st.lists(st.sampled_from([*_KEYS, "f12", "ctrl+i"]), min_size=1, max_size=3),
        max_size=6,
    )
)
def test_what_is_used_clashes_with_nothing(wanted: dict[str, list[str]]) -> None:
    made = [KeySetting(name, tuple(keys), (name,)) for name, keys in wanted.items()]
    keymap = rebind(_ENTRIES, made).keymap
    again = [KeySetting(name, keys, (name,)) for name, keys in keymap.items()]
    assert rebind(_ENTRIES, again) == Rebinding(keymap, ())
    for name, keys in keymap.items():
        assert keys
        assert {*keys} <= {find_key(key) for key in wanted.get(name, keys)}
