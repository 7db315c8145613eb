from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from textual import events
from textual.app import App, ComposeResult

from hunnan_tui.core.model import (
    Annotations,
    Dataset,
    Event,
    Fact,
    Note,
    Party,
    Project,
    Source,
    Stage,
)
from hunnan_tui.core.text import UNSAFE
from hunnan_tui.storage.history import HistoryEntry
from hunnan_tui.tui.app import HunnanApp
from hunnan_tui.tui.presenters import card_notes
from hunnan_tui.tui.presenters.card import TABS, build_card
from hunnan_tui.tui.presenters.card_parts import (
    CardPart,
    CardStyles,
    CardSubject,
    format_due,
    format_source_numbers,
)
from hunnan_tui.tui.widgets.detail import ProjectDetail, TabBar
from hunnan_tui.tui.widgets.document_view import CURSOR_MARK, DocumentView
from tests.strategies import datasets, examples
from tests.tui.app_host import (
    WIDE,
    OpenApp,
    listed,
    press,
    settle,
)
from tests.tui.dialogs.modal_host import HOSTILE

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 9, 12, tzinfo=UTC)
DATASET = Dataset(
    currency="CNY",
    stages={"signed": Stage("signed", "Signed")},
    sources={
        "cd": Source("cd", "Five industries", "China Daily", "2023-03-08", note="Old"),
        "cri": Source(
            "cri", "航发", url="https://e.org", archive="https://archive.example/1"
        ),
    },
)
PROJECT = Project(
    key="base",
    id="base",
    name="Gas Turbine Base",
    name_zh="燃气轮机基地",
    stage="signed",
    stage_date="2023-03",
    investment=3_000_000_000,
    investment_text="3 billion yuan",
    industries=("it",),
    industries_basis="inferred",
    parties=(Party("AECC", "developer"),),
    sources=("cd", "cri"),
    facts=(Fact("Area", "2 km²", "cri"),),
    events=(Event("Signed at a fair", "2023-03", "signed", "cd"),),
    annotations=Annotations(
        tags=("watch",),
        follow_up=date(2026, 11, 20),
        notes=(
            Note("older", NOW - timedelta(days=1)),
            Note("**bold** words\nsecond\nthird\nfourth", NOW, by="Li"),
        ),
    ),
)


def shown(tab: str, project: Project = PROJECT, **more: object) -> str:
    subject = CardSubject(project, DATASET, TODAY, **more)  # type: ignore[arg-type]  # fields by name
    return "\n".join(f"{p.label or ''} {p.text.plain}" for p in parts(subject, tab))


def parts(subject: CardSubject, tab: str) -> list[CardPart]:
    return list(build_card(subject, CardStyles(), tab))


def detail(app: HunnanApp) -> ProjectDetail:
    return app.screen_stack[1].query_one(ProjectDetail)


class TestCard:
    def test_each_fact_says_what_it_rests_on(self) -> None:
        text = shown("facts")
        assert "Stage Signed · as of 2023-03 [1]" in text
        assert "Investment 3 bn yuan [1,2]\n “3 billion yuan”" in text
        assert "Industry it (inferred)" in text
        assert "Area 2 km² [2]" in text
        assert "District not stated" in text

    def test_own_knowledge_is_told_from_what_a_source_states(self) -> None:
        known = PROJECT._replace(
            user_facts=("investment", "leader"),
            other=(("leader", "Li"), ("colour", "green")),
            events=(Event("Signed by phone", "2023-03", "signed", basis="user"),),
        )
        text = shown("facts", known)
        assert "Stage Signed · as of 2023-03 (own knowledge)" in text
        assert "Investment 3 bn yuan (own knowledge)" in text
        assert "leader Li (own knowledge)" in text
        assert "colour green\n" in f"{text}\n"

    def test_what_is_overdue_is_said_in_words(self) -> None:
        assert "Follow up 2026-11-20 · 3 days overdue (yours)" in shown("facts")

    @pytest.mark.parametrize(
        ("day", "words"),
        [(22, "1 day overdue"), (23, "today"), (24, "in 1 day"), (30, "in 7 days")],
    )
    def test_a_day_stands_to_today(self, day: int, words: str) -> None:
        assert format_due(date(2026, 11, day), TODAY) == words

    @pytest.mark.parametrize(
        ("names", "sign"),
        [("a", "[1]"), ("ca", "[1,3]"), ("abc", "[1–3]"), ("x", ""), ("", "")],
    )
    def test_numbers_of_sources_are_short(self, names: str, sign: str) -> None:
        assert format_source_numbers(names, {"a": 1, "b": 2, "c": 3}) == sign

    def test_what_the_reader_added_stands_right_below_the_name(self) -> None:
        text = shown("facts", draft="half", reasons=["found in place: x"])
        order = (
            "燃气轮机基地",
            "#watch",
            "Follow up",
            "23 Nov",
            "half",
            "found",
            "Stage",
        )
        places = [text.index(word) for word in order]
        assert places == sorted(places)
        assert "23 Nov 2026 09:12 · Li\n **bold** words\nsecond\nthird …" in text
        assert "older" not in text

    def test_a_source_says_all_that_is_known_of_it_and_what_it_states(self) -> None:
        text = shown("sources")
        assert "[1] Five industries\nChina Daily · 2023-03-08\nOld" in text
        assert "states: Stage, event of 2023-03" in text
        assert "[2] 航发\nundated\nhttps://e.org\narchived: https://archive" in text
        assert "One or more of [1,2] state: Investment, Developer" in text

    def test_many_notes_are_counted_and_not_made(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(card_notes, "SHOWN", 20)
        notes = tuple(Note(f"n{n}", NOW + timedelta(hours=n)) for n in range(5_000))
        project = Project("p", "p", "P", annotations=Annotations(notes=notes))
        text = shown("notes", project)
        assert "… 4,980 older notes; E opens all" in text
        assert text.index("n4999") < text.index("n4980")
        assert "n4979" not in text

    def test_the_history_tells_steps_and_dates(self) -> None:
        history = [
            HistoryEntry("untag x", NOW, 1, frozenset({"base"}), is_undone=True),
            HistoryEntry(
                "tag y on 3 projects", NOW - timedelta(days=1), 3, frozenset("abc")
            ),
        ]
        text = shown("history", history=history)
        assert "09:12 untag x (undone)" in text
        assert "Other projects\n22 Nov 09:12 tag y on 3 projects" in text
        dates = text[text.index("Its dates") :]
        assert dates.split("\n")[1:] == [
            "2023-03 Signed at a fair [Signed]",
            "2026-11-20 Follow up: 3 days overdue",
            "2026-11-22 Note: older",
            "2026-11-23 Note: **bold** words",
        ]

    @pytest.mark.parametrize("tab", TABS)
    def test_an_empty_project_has_every_tab(self, tab: str) -> None:
        assert "bare" in shown(tab, Project("bare", "bare", "bare"))

    @given(datasets())
    def test_every_project_can_be_shown(self, dataset: Dataset) -> None:
        for project in dataset.projects.values():
            subject = CardSubject(project, dataset, TODAY)
            for tab in TABS:
                made = parts(subject, tab)
                assert not any(UNSAFE.search(f"{p.label}{p.text}") for p in made)


class Shown(App[None]):
    """Shows parts."""

    def __init__(self, make: list[CardPart]) -> None:
        super().__init__()
        self.asked = 0
        self.make = make

    def compose(self) -> ComposeResult:
        yield DocumentView()

    def on_mount(self) -> None:
        def made(_: CardStyles) -> Iterator[CardPart]:
            for part in self.make:
                self.asked += 1
                yield part

        self.query_one(DocumentView).show(made)

    @property
    def rows(self) -> list[str]:
        strips = self.screen._compositor.render_strips()
        return [strip.text for strip in strips]


def subject_parts(text: str, tab: str) -> list[CardPart]:
    source = Source(text, text, text, text, text, text, text)
    project = Project(
        text,
        text,
        text,
        text,
        district=text,
        parties=(Party(text, text),),
        sources=(text,),
        facts=(Fact(text, text, text),),
        events=(Event(text, text, text, text),),
        annotations=Annotations(tags=(text,), notes=(Note(text, NOW, text),)),
        other=((text, text),),
    )
    dataset = Dataset(sources={text: source})
    subject = CardSubject(project, dataset, TODAY, text, [text])
    return list(build_card(subject, CardStyles(), tab))


class TestPage:
    @pytest.mark.parametrize("width", [15, 28, 100])
    async def test_hostile_text_stays_text_and_in_its_place(self, width: int) -> None:
        texts = [str(each.values[0]) for each in HOSTILE]
        made = [p for text in texts for tab in TABS for p in subject_parts(text, tab)]
        app = Shown(made)
        async with app.run_test(size=(width, 20)) as pilot:
            await pilot.pause()
            app.query_one(DocumentView).go_to_end()
            await pilot.pause()
            page = app.query_one(DocumentView)
            assert not UNSAFE.search(page.text.replace("\n", ""))
            assert all(strip.cell_length < width for strip in page._lines)

    async def test_only_what_comes_into_sight_is_made(self) -> None:
        made = subject_parts("x", "facts") * 200
        app = Shown(made)
        async with app.run_test(size=(40, 10)) as pilot:
            await pilot.pause()
            assert 0 < app.asked < 100
            page = app.query_one(DocumentView)
            page.go_to_end()
            assert app.asked == len(made)

    @examples(10)
    @given(datasets(most=2))
    async def test_no_line_is_wider_than_the_page(self, dataset: Dataset) -> None:
        made = [
            part
            for project in dataset.projects.values()
            for tab in TABS
            for part in build_card(
                CardSubject(project, dataset, TODAY), CardStyles(), tab
            )
        ]
        app = Shown(made)
        async with app.run_test(size=(30, 10)) as pilot:
            await pilot.pause()
            page = app.query_one(DocumentView)
            page.go_to_end()
            assert all(strip.cell_length <= 28 for strip in page._lines)


async def test_the_tab_stays_when_the_project_changes(
    shipped: Path, open_app: OpenApp
) -> None:
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await press(app, pilot, "right_square_bracket", "j")
        assert TABS[detail(app).tab] == "sources"
        assert "Taoxian" in detail(app).text
        assert "[1]" in detail(app).text
        await press(app, pilot, "left_square_bracket", "left_square_bracket")
        assert TABS[detail(app).tab] == "history"


async def test_brackets_of_an_input_method_turn_tabs_too(
    shipped: Path, open_app: OpenApp
) -> None:
    app = open_app(shipped)
    names = ["right_black_lenticular_bracket", "right_corner_bracket"]
    async with app.run_test(size=WIDE) as pilot:
        for key in [*names, "】", "］", "」"]:
            await press(app, pilot, key)
            assert TABS[detail(app).tab] == "sources", key
            await press(app, pilot, "left_square_bracket")
            assert TABS[detail(app).tab] == "facts"


async def test_a_click_on_a_title_goes_to_its_tab_at_every_size(
    shipped: Path, open_app: OpenApp
) -> None:
    app = open_app(shipped)
    async with app.run_test(size=(80, 24)) as pilot:
        for size in ((80, 24), WIDE, (200, 60)):
            await pilot.resize_terminal(*size)
            await settle(app, pilot)
            titles = detail(app).query_one(TabBar)
            line = titles.render().plain
            assert line.replace("  ", " ").startswith("Facts Src 3 Notes Hist")
            await pilot.click(TabBar, offset=(1 + line.index("Note"), 0))
            await settle(app, pilot)
            assert TABS[detail(app).tab] == "notes"
            assert len(titles.render().plain) <= titles.content_size.width
            await press(app, pilot, "left_square_bracket")
            assert TABS[detail(app).tab] == "sources"


async def test_the_cursor_of_the_detail_goes_from_fact_to_fact(
    shipped: Path, open_app: OpenApp
) -> None:
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await press(app, pilot, "enter")
        assert detail(app).current_fact == "stage"
        await press(app, pilot, "j", "down")
        assert detail(app).current_fact == "industry"
        await press(app, pilot, "k")
        assert detail(app).current_fact == "investment"
        await press(app, pilot, "greater_than_sign")
        assert listed(app).current == "taoxian-airport-hub"
        assert app.focused is detail(app)
        assert detail(app).current_fact == "investment"
        await press(app, pilot, "less_than_sign")
        assert listed(app).current == "wangjiawan-waterfront"


def hold(app: HunnanApp, key: str) -> None:
    """Send a key as often as a terminal does when it is held down."""
    for _ in range(60):
        app.post_message(events.Key(key, key))


async def test_the_cursor_reaches_the_end_and_comes_back(
    shipped: Path, open_app: OpenApp
) -> None:
    app = open_app(shipped)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(app, pilot, "enter")
        hold(app, "j")
        await settle(app, pilot)
        page = detail(app).query_one(DocumentView)
        assert page.scroll_offset.y == page.max_scroll_y
        assert detail(app).current_fact.startswith("related")
        hold(app, "k")
        await settle(app, pilot)
        assert page.scroll_offset.y == 0
        await press(app, pilot, "G")
        assert page.scroll_offset.y == page.max_scroll_y
        await press(app, pilot, "g")
        assert (page.scroll_offset.y, detail(app).current_fact) == (0, "stage")


async def test_the_cursor_is_shown_by_a_sign_and_only_with_the_focus(
    shipped: Path, open_app: OpenApp
) -> None:
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await settle(app, pilot)

        def marks() -> int:
            page = detail(app).query_one(DocumentView)
            height = page.size.height
            return sum(CURSOR_MARK in page.render_line(y).text for y in range(height))

        assert marks() == 0
        await press(app, pilot, "enter")
        assert marks() == 1
        await press(app, pilot, "escape")
        assert marks() == 0


async def test_an_edit_leaves_the_detail_where_it_is_scrolled_to(
    shipped: Path, open_app: OpenApp
) -> None:
    app = open_app(shipped)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(app, pilot, "J", "J")
        page = detail(app).query_one(DocumentView)
        assert page.scroll_offset.y == 6
        await press(app, pilot, "w")
        assert page.scroll_offset.y == 6
        assert "#watch" in page.text
        await press(app, pilot, "j")
        assert page.scroll_offset.y == 0


async def test_keys_that_follow_fast_draw_one_card(
    shipped: Path, open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_app(shipped)
    drawn: list[str | None] = []
    async with app.run_test(size=WIDE) as pilot:
        await settle(app, pilot)
        pane = detail(app)
        draw = pane.draw_now

        def counted() -> None:
            drawn.append(pane._key)
            draw()

        monkeypatch.setattr(pane, "draw_now", counted)
        for _ in range(5):
            listed(app).action_move(1)
        await settle(app, pilot)
        assert drawn == [listed(app).current]
        name = app.workspace.dataset.projects[listed(app).current or ""].name
        assert name.split()[0] in pane.text


async def test_the_history_shows_what_was_done_and_taken_back(
    shipped: Path, open_app: OpenApp
) -> None:
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await press(app, pilot, "w", "u", "j", "w", "left_square_bracket")
        here, elsewhere = detail(app).text.split("Other projects")
        assert "tag watch" in here
        assert "undone" not in here
        assert "(undone)" in elsewhere


async def test_the_notes_are_markdown(shipped: Path, open_app: OpenApp) -> None:
    app = open_app(shipped)
    with shipped.open("a") as file:
        text = "# Title\\n\\n- one\\n- **two** [click](https://e.org)"
        file.write(f'\n[[projects.notes]]\ntext = "{text}"\n')
    async with app.run_test(size=WIDE) as pilot:
        await press(app, pilot, "r")
        key = next(k for k, p in app.workspace.dataset.projects.items() if p.notes)
        app.screen.go_to(key)  # type: ignore[attr-defined]  # the main screen
        await press(app, pilot, "right_square_bracket", "right_square_bracket")
        shown = " ".join(detail(app).text.split())
        assert "• two click (https://e.org)" in shown


async def test_an_empty_list_has_an_empty_detail(
    shipped: Path, open_app: OpenApp
) -> None:
    app = open_app(shipped, query="nowhere")
    async with app.run_test(size=WIDE) as pilot:
        await settle(app, pilot)
        assert "No project is highlighted" in detail(app).text
        keys = ["right_square_bracket", "3", "j", "k", "G", "g", "enter", "i", "o"]
        await press(app, pilot, *keys, "y", "Y", "R", "greater_than_sign")
        assert app.is_running


async def test_the_pane_is_laid_out_anew_for_another_width(
    shipped: Path, open_app: OpenApp
) -> None:
    app = open_app(shipped)
    async with app.run_test(size=(200, 60)) as pilot:
        await settle(app, pilot)
        page = detail(app).query_one(DocumentView)
        for size in ((80, 24), (60, 20), (120, 36), (200, 60)):
            await pilot.resize_terminal(*size)
            await settle(app, pilot)
            width = page.scrollable_content_region.width
            assert max(strip.cell_length for strip in page._lines) < width
            assert "Stage" in page.text
