"""Saved views: added, renamed, moved and deleted in the file as it is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hunnan_tui.config.saved_views import (
    ViewEdit,
    delete_view,
    move_view,
    put_view,
    rename_view,
    restore_views,
)
from hunnan_tui.config.settings import FILE, Settings, load_settings
from hunnan_tui.core.errors import SaveError
from hunnan_tui.core.model import View
from tests.strategies import examples

TEXT = b"""# mine
theme = "nord"

# every Monday
[[views]]
name = "A"
query = "a" # one

[[views]]
query = "b"
name = "B"
[[templates]]
name = "call"
text = '''
[[views]]
name = "A"
'''
[[views]]
name = "C"
query = "c"
"""


def load(folder: Path, text: bytes = TEXT) -> Settings:
    (folder / FILE).write_bytes(text)
    return load_settings(folder)


def named(settings: Settings) -> str:
    return " ".join(f"{view.name}={view.query}" for view in settings.views)


@pytest.mark.parametrize(
    ("change", "views"),
    [
        (lambda s: put_view(s, View("new", "x")), "A=a B=b C=c new=x"),
        (lambda s: put_view(s, View("b", "x")), "A=a b=x C=c"),
        (lambda s: rename_view(s, "a", 'Ä [1] "q"'), 'Ä [1] "q"=a B=b C=c'),
        (lambda s: rename_view(s, "A", "a"), "a=a B=b C=c"),
        (lambda s: delete_view(s, "A"), "B=b C=c"),
        (lambda s: delete_view(s, "B"), "A=a C=c"),
        (lambda s: delete_view(s, "C"), "A=a B=b"),
        (lambda s: move_view(s, "C", -1), "A=a C=c B=b"),
        (lambda s: move_view(s, "A", 1), "B=b A=a C=c"),
        (lambda s: move_view(s, "A", -1), "A=a B=b C=c"),
        (lambda s: move_view(s, "A", 9), "C=c B=b A=a"),
    ],
)
@pytest.mark.parametrize("newline", [b"\n", b"\r\n"])
@pytest.mark.parametrize("end", [True, False])
def test_a_change_leaves_the_rest_and_is_taken_back(
    tmp_path: Path,
    change: Callable[[Settings], ViewEdit],
    views: str,
    newline: bytes,
    end: bool,
) -> None:
    text = TEXT.replace(b"\n", newline)
    text = text if end else text.removesuffix(newline)
    done = change(load(tmp_path, text))
    assert named(done.settings) == views
    assert done.settings.problems == ()
    assert done.settings.theme == "nord"
    assert done.settings.templates[0][0] == "call"
    written = (tmp_path / FILE).read_bytes()
    assert written.startswith(b"# mine" + newline)
    assert (b"# every Monday" in written) == (
        "A" in views or "Ä" in views or "a=" in views
    )
    back = restore_views(done.settings, done)
    assert (tmp_path / FILE).read_bytes() == text
    assert named(restore_views(back.settings, back).settings) == views


@pytest.mark.parametrize(
    ("text", "change", "why"),
    [
        (TEXT, lambda s: rename_view(s, "A", "b"), "another view is called b"),
        (TEXT, lambda s: delete_view(s, "D"), "no [[views]] table of the name D"),
        (
            b"views = [{name = 'A'}]",
            lambda s: delete_view(s, "A"),
            "no [[views]] table",
        ),
        (
            b"views = [{name = 'A'}]",
            lambda s: put_view(s, View("B", "")),
            "not changed",
        ),
        (b"theme = ", lambda s: put_view(s, View("B", "")), "not changed"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(
    tmp_path: Path, text: bytes, change: Callable[[Settings], ViewEdit], why: str
) -> None:
    settings = load(tmp_path, text)
    with pytest.raises(SaveError, match=why.replace("[", r"\[")):
        change(settings)
    assert (tmp_path / FILE).read_bytes() == text


def test_a_change_is_not_taken_back_over_that_of_somebody_else(tmp_path: Path) -> None:
    edit = delete_view(load(tmp_path), "A")
    put_view(edit.settings, View("theirs", "x"))
    with pytest.raises(SaveError, match="changed since"):
        restore_views(edit.settings, edit)
    assert named(load_settings(tmp_path)) == "B=b C=c theirs=x"


@given(st.data())
@examples(60)
def test_any_changes_do_what_they_do_to_a_list(data: st.DataObject) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        settings, names = load(Path(folder)), ["A", "B", "C"]
        for _ in range(data.draw(st.integers(1, 5))):
            name = data.draw(st.sampled_from(names)) if names else ""
            match data.draw(st.sampled_from(["put", "delete", "move"])):
                case "put":
                    new = data.draw(st.text("xyzé中'\"\\# ", min_size=1)).strip()
                    if not new or new.casefold() in map(str.casefold, names):
                        continue
                    settings = put_view(settings, View(new, "q")).settings
                    names.append(new)
                case "delete" if names:
                    settings = delete_view(settings, name).settings
                    names.remove(name)
                case "move" if names:
                    by, index = data.draw(st.sampled_from([-1, 1])), names.index(name)
                    other = min(max(0, index + by), len(names) - 1)
                    names[index], names[other] = names[other], names[index]
                    settings = move_view(settings, name, by).settings
            assert [view.name for view in settings.views] == names
