"""Fields of the user's own in the app: columns, orders, facets, sums, the detail."""

from __future__ import annotations

from pathlib import Path

from hunnan_tui.core.model import Dataset, Fact, Project
from hunnan_tui.query.engine.index import Index
from hunnan_tui.tui.app import HunnanApp
from hunnan_tui.tui.browser.screen import BrowserScreen
from hunnan_tui.tui.presenters import facets, list_fields, orders
from hunnan_tui.tui.widgets.detail import ProjectDetail
from tests.tui.app_host import OpenApp, listed, press, settle, type_filter

TEXT = """\
[dataset]
currency = "CNY"
[[fields]]
id = "risk"
name = "Risk of delay"
type = "choice"
choices = ["low", "high"]
[[projects]]
id = "turbine"
name = "Turbine base"
risk = "high"
facts = [
  { label = "责任人", value = "李明" },
  { label = "年度计划投资（万元）", value = "5000.5" },
]
[[projects]]
id = "chip"
name = "Chip plant"
risk = "low"
facts = [
  { label = "责任人", value = "王芳" },
  { label = "年度计划投资（万元）", value = "20000" },
]
[[projects]]
id = "park"
name = "Park"
risk = "low"
facts = [{ label = "责任人", value = "李明" }]
"""


def read_lines(app: HunnanApp) -> list[list[str]]:
    projects = listed(app)
    lines = [projects.render_line(y).text for y in range(projects.size.height)]
    return [line.split() for line in lines if line.strip()]


async def test_a_ledger_is_shown_with_its_own_columns(
    tmp_path: Path, open_app: OpenApp
) -> None:
    path = tmp_path / "projects.toml"
    path.write_text(TEXT)
    app = open_app(path)
    async with app.run_test(size=(160, 40)) as pilot:
        # those of the user's own come first, as no stage and no amount is stated
        await press(app, pilot, "C", "space", "j", "j", "space", "enter")
        assert read_lines(app)[0] == ["Project", "Risk", "of", "delay", "年度计划投资"]
        assert ["Chip", "plant", "low", "200", "m"] in read_lines(app)
        assert ["Park", "low", "–"] in read_lines(app)
        # the order by it begins with the largest
        await press(app, pilot, "s")
        await press(app, pilot, *"年度", "enter")
        assert list(listed(app).keys) == ["chip", "turbine", "park"]
        assert read_lines(app)[0][-2:] == ["↓", "年度计划投资"]
        # headings add it up
        await type_filter(app, pilot, "group:责任人")
        headings = [line for line in read_lines(app) if "·" in line]
        assert headings[0][1:7] == ["李明", "2", "·", "年度计划投资", "50", "m"]
        await type_filter(app, pilot, "risk>=high 年度计划投资>1千万")
        assert list(listed(app).keys) == ["turbine"]
        detail = app.screen.query_one(ProjectDetail).text
        assert "Fields of your own" in detail
        assert "Risk of" in detail
        await type_filter(app, pilot, "")
        screen = app.screen
        assert isinstance(screen, BrowserScreen)
        session = screen.session
        assert session.columns == ("risk", "年度计划投资")
        assert session.sort == (("年度计划投资", True),)
    again = HunnanApp(open_app(path).workspace, session=session)
    async with again.run_test(size=(160, 40)) as pilot:
        await settle(again, pilot)
        assert read_lines(again)[0][-2:] == ["↓", "年度计划投资"]
        assert list(listed(again).keys) == ["chip", "turbine", "park"]


def make_index(*values: str, label: str = "责任人") -> Index:
    projects = {
        f"p{n}": Project(f"p{n}", f"p{n}", "P", facts=(Fact(label, value),))
        for n, value in enumerate(values)
    }
    return Index(Dataset(projects=projects))


def test_a_facet_is_shown_once_its_field_is_known_or_chosen() -> None:
    nothing: facets.Choice = frozenset()
    index = make_index("李", "王", "李")
    assert [facet.name for facet in facets.list_facets(index, nothing)] == [
        *facets.NAMES
    ]
    chosen = frozenset([("责任人", "李")])
    assert facets.list_facets(index, chosen)[-1].title == "责任人"
    assert facets.list_facets(index, nothing)[-1].title == "责任人"  # it is known now
    labels = facets.FacetLabels(index)
    section = facets.build_sections(index, index.everything, chosen, labels)[-1]
    assert [(line.value, line.projects) for line in section.lines] == [
        ("李", 2),
        ("王", 1),
    ]
    assert facets.apply_choice(index, index.everything, chosen) == 0b101


def test_rare_fields_are_not_offered_but_shown_when_asked_for() -> None:
    index = make_index("x", *[""] * 30)
    assert "责任人" not in list_fields.list_columns(index)
    assert "责任人" not in dict(orders.list_choices(index))
    assert list_fields.find_column("责任人", index) is not None
    assert list_fields.find_column("nothing", index) is None
    assert list_fields.drop_unknown_columns(("责任人", "nothing", "due"), index) == (
        "责任人",
        "due",
    )
