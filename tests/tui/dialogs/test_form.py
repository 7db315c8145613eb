"""Forms: read while typed, offers taken, nothing closed that cannot be read."""

from __future__ import annotations

import json

import pytest
from textual.content import Content
from textual.widgets import Input, Static

from hunnan_tui.core.errors import HunnanError
from hunnan_tui.tui.dialogs.base import DialogList, KeyHints
from hunnan_tui.tui.dialogs.form import Form, FormDialog, LookUp
from hunnan_tui.tui.dialogs.form_row import NEW, FormField, Offer, Typed
from tests.tui.dialogs.modal_host import HOSTILE, ModalHost

COLOURS = ("red", "green", "grey")


def read_number(text: str) -> str:
    if text and not text.isdecimal():
        raise HunnanError(f"{text!r} is no number")
    return f"= {int(text):,}" if text else ""


def offer_colours(text: str) -> list[Offer]:
    found = [Offer(colour, Content(colour)) for colour in COLOURS if text in colour]
    return [*found, Offer(NEW, Content("+ new"))]


def read_colours(text: str) -> str:
    for part in filter(None, text.split(", ")):
        if part not in (*COLOURS, "mauve"):
            raise HunnanError(f"no colour {part}")
    return text


def look_up(typed: Typed) -> LookUp:
    remarks = ("There is one already",) if typed["name"] == "double" else ()
    return LookUp({"id": typed["name"].lower()}, remarks)


def make_form(title: str = "Form") -> Form:
    return Form(
        title,
        [
            FormField("name", "Name", "", "what"),
            FormField("id", "Id"),
            FormField("count", "Count", "12", read=read_number),
            FormField(
                "colour", "Colours", "", "", read_colours, offer_colours, is_list=True
            ),
            FormField("text", "Text", is_prose=True),
        ],
        look_up,
        lambda typed: Form("New colour", [FormField("colour", "Colour", typed)]),
        lambda typed: typed["colour"],
    )


def make_dialog() -> FormDialog:
    return FormDialog(make_form())


def field(app: ModalHost, name: str) -> str:
    dialog = app.screen
    assert isinstance(dialog, FormDialog)
    return dialog.typed[name]


def hint(app: ModalHost) -> str:
    return str(app.screen.query_one(KeyHints).content)


async def test_what_is_typed_in_a_burst_is_returned() -> None:
    app = ModalHost(FormDialog(make_form()))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("tab", "tab", *"345", "shift+tab", "shift+tab")
        app.send([*"Solar", "enter"])
        await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.pause()
        (typed,) = app.results
    assert typed == {
        "name": "Solar",
        "id": "solar",
        "count": "12345",
        "colour": "",
        "text": "",
    }


async def test_what_cannot_be_read_stays_and_says_why() -> None:
    app = ModalHost(FormDialog(make_form()))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("tab", "tab", "x")
        shown = " ".join(
            str(result.content)
            for result in app.screen.query(".reading").results(Static)
        )
        assert "'12x' is no number" in shown
        await pilot.press("tab", "ctrl+s")
        await app.workers.wait_for_complete()
        assert "'12x' is no number" in hint(app)
        await pilot.press("backspace", "ctrl+s")
        await pilot.pause()
        assert [typed["count"] for typed in app.results] == ["12"]


async def test_offers_are_taken_one_after_the_other() -> None:
    app = ModalHost(FormDialog(make_form()))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("tab", "tab", "tab", *"re", "enter", *", g", "down", "enter")
        assert field(app, "colour") == "red, grey"
        assert app.results == []
        await pilot.press("enter")
        await pilot.pause()
        assert [typed["colour"] for typed in app.results] == ["red, grey"]


async def test_a_choice_is_completed_before_it_is_saved() -> None:
    fields = [
        FormField("colour", "Colour", offer=offer_colours, is_choice=True),
        FormField("free", "Free", offer=offer_colours),
    ]
    app = ModalHost(FormDialog(Form("Form", fields)))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"gre", "enter")
        assert (field(app, "colour"), app.results) == ("green", [])
        await pilot.press("tab", *"gre", "enter")
        await pilot.pause()
        assert app.results == [{"colour": "green", "free": "gre"}]


async def test_tab_completes_what_is_begun() -> None:
    app = ModalHost(FormDialog(make_form()))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("tab", "tab", "tab", *"gre", "tab")
        assert field(app, "colour") == "green"


async def test_something_new_is_asked_for_and_then_chosen() -> None:
    app = ModalHost(FormDialog(make_form()))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("tab", "tab", "tab", *"red, mau", "enter")
        assert len(app.screen_stack) == 3
        await pilot.press("escape")
        assert field(app, "colour") == "red, mau"
        await pilot.press("enter", *"ve", "enter")
        await pilot.pause()
        assert field(app, "colour") == "red, mauve"
        assert app.screen.query_one(DialogList).highlighted is None


async def test_a_remark_is_seen_before_the_form_is_taken() -> None:
    app = ModalHost(FormDialog(make_form()))
    async with app.run_test(size=(80, 24)) as pilot:
        app.send([*"double", "enter"])
        await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert app.results == []
        assert "There is one already" in app.shown
        await pilot.press("enter")
        await pilot.pause()
        assert len(app.results) == 1


async def test_an_id_of_ones_own_stays() -> None:
    app = ModalHost(FormDialog(make_form()))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("tab", *"mine", "shift+tab", *"Solar", "ctrl+s")
        await pilot.pause()
        assert [typed["id"] for typed in app.results] == ["mine"]


async def test_leaving_returns_nothing_and_what_was_typed_can_go_on() -> None:
    kept: list[str] = []
    dialog = FormDialog(make_form(), keep=kept.append)
    app = ModalHost(dialog)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"浑南", "escape")
        assert app.results == [None]
    assert dialog.is_changed
    assert json.loads(kept[-1])["name"] == "浑南"
    again = FormDialog(make_form(), typed=dialog.typed, problem="Taken up again")
    app = ModalHost(again)
    async with app.run_test(size=(80, 24)) as pilot:
        assert "Taken up again" in hint(app)
        assert app.screen.query(Input).first().value == "浑南"
        assert "begin anew" in hint(app)
        await pilot.press("tab", "x", "ctrl+r")
        assert again.typed == make_dialog().typed
        assert not again.is_changed
        await pilot.press("escape")
    assert not make_dialog().is_changed


async def test_several_lines_can_be_typed() -> None:
    app = ModalHost(FormDialog(make_form()))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("shift+tab", *"one", "enter", *"two", "up", "ctrl+s")
        await pilot.pause()
        assert [typed["text"] for typed in app.results] == ["one\ntwo"]


@pytest.mark.parametrize("text", HOSTILE)
async def test_hostile_text_is_only_text(text: str) -> None:
    app = ModalHost(
        FormDialog(make_form(text), typed={"name": text, "text": text}, problem=text)
    )
    async with app.run_test(size=(80, 24)) as pilot:
        app.copy_to_clipboard(text)
        await pilot.press("tab", "ctrl+v", "tab", "ctrl+v", "tab", "ctrl+v")
        assert app.is_clean()
        await pilot.press("escape")


@pytest.mark.parametrize("size", [(80, 24), (60, 16), (120, 36)])
async def test_a_message_can_be_read_at_any_size(size: tuple[int, int]) -> None:
    app = ModalHost(FormDialog(make_form()))
    async with app.run_test(size=size) as pilot:
        await pilot.press("tab", "tab", "x", "shift+tab", "shift+tab", *"double")
        await pilot.press("ctrl+s")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "'12x' is no number" in app.shown
        assert "There is one already" in app.shown
        assert "esc cancel" in app.shown
