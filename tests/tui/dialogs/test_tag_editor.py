from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.content import Content

from hunnan_tui.core.text import fold
from hunnan_tui.tui.dialogs.choose import ChooseDialog
from hunnan_tui.tui.dialogs.tag_editor import (
    TagEditor,
    TagResult,
    TagState,
    collect_choices,
)
from hunnan_tui.tui.dialogs.tag_manager import TagManager
from tests.tui.dialogs.modal_host import HOSTILE, ModalHost

IN_USE = {"watch": 4, "region/north": 12, "region/south": 3, "AI": 2, "人工智能": 5}


def editor(*on: set[str], in_use: dict[str, int] = IN_USE) -> TagEditor:
    return TagEditor("A project", in_use, [frozenset(tags) for tags in on])


def added(*tags: str) -> TagResult:
    return TagResult(tags, ())


def removed(*tags: str) -> TagResult:
    return TagResult((), tags)


@pytest.mark.parametrize(
    ("keys", "result"),
    [
        # leaving
        ("escape", None),
        ("enter", None),
        ("ctrl+s", None),
        # typing a tag
        ("w a t c h enter ctrl+s", added("watch")),
        ("w a t c h enter enter", added("watch")),
        ("w a t c h ctrl+s", added("watch")),
        ("n e w enter enter", added("new")),
        ("r e g enter enter", added("region/north")),
        ("s o u enter enter", added("region/south")),
        ("r e g up enter enter", added("reg")),
        ("e g i o n enter enter", added("egion")),
        ("r e g down enter enter", added("region/south")),
        ("r e g tab backspace X enter enter", added("region/nortX")),
        # several in one go, the newest first
        ("o n e enter t w o enter enter", added("two", "one")),
        # another spelling of a tag in use is that tag
        ("a i enter enter", added("AI")),
        ("Ａ Ｉ enter enter", added("AI")),
        ("W A T C H enter enter", added("watch")),
        # toggling by the arrows
        ("down enter ctrl+s", added("region/north")),
        # what was typed is selected: from there the arrows go on
        ("n e w enter down enter ctrl+s", added("new", "region/north")),
        ("n e w enter down up enter ctrl+s", None),
        ("down enter enter escape", None),
        ("down enter down enter ctrl+s", added("region/north", "人工智能")),
        ("up enter ctrl+s", added("AI")),
        # typed twice is toggled twice
        ("n e w enter n e w enter escape", None),
        # taking back
        ("w a t c h enter ctrl+r escape", None),
        ("n e w enter ctrl+r escape", None),
    ],
)
async def test_keys_on_a_project_without_tags(
    keys: str, result: TagResult | None
) -> None:
    app = ModalHost(editor(set()))
    async with app.run_test() as pilot:
        await pilot.press(*keys.split())
        assert app.results == [result]


@pytest.mark.parametrize(
    ("keys", "result"),
    [
        ("w a t c h enter enter", removed("watch")),
        ("down enter ctrl+s", removed("watch")),
        ("w a t c h enter w a t c h enter enter", None),
        ("down enter a i enter enter", TagResult(("AI",), ("watch",))),
    ],
)
async def test_keys_on_a_project_with_the_tag_watch(
    keys: str, result: TagResult | None
) -> None:
    app = ModalHost(editor({"Watch"}))
    async with app.run_test() as pilot:
        await pilot.press(*keys.split())
        assert app.results == [result]


@pytest.mark.parametrize(
    ("times", "mark", "result"),
    [
        (0, "[-]", None),
        (1, "[x]", added("watch")),
        (2, "[ ]", removed("watch")),
        (3, "[-]", None),
    ],
)
async def test_a_tag_on_some_goes_on_all_then_on_none_then_back(
    times: int, mark: str, result: TagResult | None
) -> None:
    app = ModalHost(editor({"watch"}, set()))
    async with app.run_test() as pilot:
        await pilot.press("down", *["enter"] * times)
        assert f"{mark}     4  watch" in app.shown
        await pilot.press("ctrl+s")
        assert app.results == [result]


async def test_what_will_change_is_told_before_it_is_applied() -> None:
    app = ModalHost(editor({"watch"}))
    async with app.run_test() as pilot:
        await pilot.press("down", "enter", *"new", "enter")
        assert "+new  −watch" in app.shown
        await pilot.press("ctrl+r")
        assert "+new" not in app.shown
        assert "−watch" not in app.shown


async def test_escape_first_clears_what_is_typed() -> None:
    app = ModalHost(editor(set()))
    async with app.run_test() as pilot:
        await pilot.press(*"new", "escape")
        assert app.results == []
        assert "Type a tag" in app.shown
        await pilot.press("escape")
        assert app.results == [None]


async def test_escape_cancels_and_says_first_what_is_not_applied() -> None:
    app = ModalHost(editor({"watch"}))
    async with app.run_test() as pilot:
        await pilot.press("down", "enter", "escape")
        assert app.results == []
        assert "Not applied yet" in app.shown
        await pilot.press("enter", "enter", "escape")  # a change makes it tell again
        assert "Not applied yet" in app.shown
        await pilot.press("escape")
        assert app.results == [None]


@pytest.mark.parametrize(
    ("typed", "reason"),
    [("   ", "at least one character"), ("x" * 201, "at most 200 characters")],
)
async def test_a_text_that_cannot_be_a_tag_says_why_and_stays(
    typed: str, reason: str
) -> None:
    modal = editor(set())
    app = ModalHost(modal)
    async with app.run_test() as pilot:
        modal.input.value = typed
        await pilot.press("enter")
        assert reason in app.shown
        await pilot.press("ctrl+s")
        assert app.results == []
        assert modal.input.value == typed
        await pilot.press("escape", "escape")
        assert app.results == [None]


async def test_keys_typed_ahead_count_in_their_order() -> None:
    app = ModalHost(editor(set()))
    async with app.run_test() as pilot:
        app.send([*"one", "enter", *"two", "enter", "ctrl+s", *"three", "enter"])
        await pilot.pause()
        assert app.results == [added("two", "one")]


async def test_a_click_toggles() -> None:
    app = ModalHost(editor(set()))
    async with app.run_test() as pilot:
        await pilot.click("OptionList", offset=(2, 0))
        await pilot.press("ctrl+s")
        assert app.results == [added("region/north")]


async def test_a_dataset_without_tags_takes_the_first() -> None:
    app = ModalHost(editor(set(), in_use={}))
    async with app.run_test() as pilot:
        await pilot.press("down", *"首", "enter", "enter")
        assert app.results == [added("首")]


@pytest.mark.parametrize("text", HOSTILE)
async def test_hostile_tags_are_shown_as_text_and_can_be_removed(text: str) -> None:
    modal = TagEditor(text, {text: 1}, [frozenset({text})])
    app = ModalHost(modal)
    async with app.run_test(size=(80, 24)) as pilot:
        assert app.is_clean()
        await pilot.press("down", "enter")
        assert app.is_clean()
        await pilot.press("tab")
        assert app.is_clean()
        await pilot.press("escape", "escape", "escape")  # clears, warns, cancels
        assert app.results == [None]
        assert modal.result == removed(text)


async def test_pasted_text_is_one_clean_line() -> None:
    modal = editor(set())
    app = ModalHost(modal)
    async with app.run_test() as pilot:
        app.copy_to_clipboard(" \x1b[31mred\r\nflag\u202e ")
        await pilot.press("ctrl+v")
        assert modal.input.value == "[31mred flag"
        app.copy_to_clipboard("x" * 10_000_000)
        await pilot.press("ctrl+v")
        assert modal.input.value == "[31mred flag"


async def test_thousands_of_tags_are_shown_in_part_and_found_by_typing() -> None:
    app = ModalHost(editor(set(), in_use={f"tag {i}": 1 for i in range(5_000)}))
    async with app.run_test() as pilot:
        await pilot.press("up")
        assert "… 4,800 more" in app.shown
        await pilot.press(*"4999", "down", "enter", "enter")
        assert app.results == [added("tag 4999")]


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (120, 36), (200, 60)])
async def test_title_input_tags_and_keys_are_seen(size: tuple[int, int]) -> None:
    app = ModalHost(editor({"watch"}, in_use=IN_USE | {f"t{i}": 1 for i in range(90)}))
    async with app.run_test(size=size):
        for part in ("A project", "Type a tag", "[x]     4  watch", "enter", "done"):
            assert part in app.shown


def test_tags_of_the_projects_come_first_then_by_count_and_name() -> None:
    in_use = {"c": 9, "b": 9, "a": 1, "here": 2}
    assert list(collect_choices(in_use, [frozenset({"here"})])) == [
        "here",
        "b",
        "c",
        "a",
    ]


def test_spellings_are_one_tag_in_the_commonest_one() -> None:
    made = collect_choices(
        {"ai": 1, "AI": 3, "ＡＩ": 1}, [frozenset({"Ai"}), frozenset()]
    )
    assert [(each.tag, each.count) for each in made.values()] == [("AI", 5)]
    assert made["ai"].before is TagState.SOME


TAGS = st.sampled_from(["a", "A", "ａ", "b", "B b", "b  B", "c", ""])


@given(st.dictionaries(TAGS, st.integers(1, 9)), st.lists(st.frozensets(TAGS)))
def test_toggling_a_tag_round_returns_to_where_it_was(
    in_use: dict[str, int], on: list[frozenset[str]]
) -> None:
    made = collect_choices(in_use, on)
    assert set(made) == {fold(tag) for tag in in_use} | {
        fold(tag) for tags in on for tag in tags
    }
    for choice in made.values():
        seen = {choice.now}
        choice.toggle()
        while choice.now != choice.before:
            assert choice.now not in seen
            seen.add(choice.now)
            choice.toggle()
        assert {TagState.ALL, TagState.NONE} <= seen


@pytest.mark.parametrize(
    ("typed", "tag"),
    [
        *(("lodz", "Łódź"), ("ｌóｄź", "Łódź"), ("ISTANBUL", "İstanbul")),
        *(("戰略", "战略"), ("zhanlve", "战略"), ("zhanlyue", "战略"), ("zl", "战略")),
    ],
)
def test_tags_are_found_everywhere_as_the_filter_finds_them(
    typed: str, tag: str
) -> None:
    in_use = {"Łódź": 1, "战略": 2, "İstanbul": 1, "other": 9}
    rows, _ = editor(set(), in_use=in_use).narrow(typed)
    assert [row for row in rows if row.strip()] == [fold(tag)]
    manager = TagManager(lambda: in_use, lambda *_: "")
    manager._counts = in_use
    assert manager.narrow(typed) == ([tag], 0)
    options = ChooseDialog("t", [(each, Content(each)) for each in in_use])
    assert options.narrow(typed) == ([str(list(in_use).index(tag))], 0)
