from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import html5lib
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from hunnan_tui.analysis.project_text import collect_sources
from hunnan_tui.core.model import Dataset, Project
from hunnan_tui.core.text import UNSAFE
from hunnan_tui.dataset.parser import parse
from hunnan_tui.export.documents.briefing import make_briefing
from hunnan_tui.export.documents.model import (
    Bullets,
    Document,
    DocumentTable,
    Heading,
    Link,
    Paragraph,
    Quote,
    SourceList,
)
from hunnan_tui.export.formats.html import render_html
from hunnan_tui.export.formats.markdown import render_markdown
from hunnan_tui.export.formats.registry import BRIEFINGS, FORMATS
from hunnan_tui.export.sanitize import clean_line
from hunnan_tui.export.selection import Selection
from tests.export.cases import (
    DAY,
    HOSTILE,
    hostile_dataset,
    whole,
)
from tests.strategies import datasets, examples

SHIPPED = Path(__file__).parents[2] / "data" / "projects.toml"

MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])
_XHTML = "{http://www.w3.org/1999/xhtml}"
_ALLOWED = {
    *("html", "head", "meta", "title", "style", "body", "h1", "h2", "h3", "p", "ul"),
    *("ol", "li", "blockquote", "br", "table", "thead", "tbody", "tr", "th", "td"),
    *("sup", "a", "span"),
}
_ATTRIBUTES = {"lang", "charset", "http-equiv", "content", "name", "class", "scope"}
_ATTRIBUTES |= {"id", "href", "rel"}


def page(text: str) -> Element:
    """Return the parsed page; an error of the syntax is raised."""
    parser = html5lib.HTMLParser(strict=True)
    root: Element = parser.parse(text)
    return root


def words_of(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def assert_harmless(text: str) -> None:
    root = page(text)
    assert root.get("lang") == "en"
    assert root.find(f".//{_XHTML}meta").attrib == {"charset": "utf-8"}  # type: ignore[union-attr]  # it is there
    for element in root.iter():
        assert element.tag.removeprefix(_XHTML) in _ALLOWED
        assert set(element.attrib) <= _ATTRIBUTES
        target = element.get("href", "#")
        assert target.startswith("#source-") or target == "#" or _is_web(target)
    assert not UNSAFE.search(text)


def _is_web(target: str) -> bool:
    return urlsplit(target).scheme in ("http", "https")


@pytest.fixture(scope="module")
def shipped() -> Dataset:
    return parse(SHIPPED.read_bytes()).dataset


PAGES: dict[str, Callable[[Selection], str]] = {
    "table": lambda each: FORMATS["html"].encode(each).decode(),
    "briefing": lambda each: BRIEFINGS["html"].encode(each).decode(),
}


class TestHtml:
    @pytest.mark.parametrize("kind", PAGES)
    def test_a_hostile_dataset_makes_a_valid_page_without_anything_active(
        self, kind: str
    ) -> None:
        assert_harmless(PAGES[kind](whole(hostile_dataset())))

    @pytest.mark.parametrize("kind", PAGES)
    def test_the_shipped_dataset_makes_a_valid_page(
        self, kind: str, shipped: Dataset
    ) -> None:
        assert_harmless(PAGES[kind](whole(shipped)))

    @pytest.mark.parametrize("kind", PAGES)
    def test_no_project_makes_a_valid_page(self, kind: str) -> None:
        assert_harmless(PAGES[kind](whole(Dataset())))

    @examples(25)
    @given(datasets())
    def test_any_dataset_makes_a_valid_page(self, dataset: Dataset) -> None:
        for make in PAGES.values():
            assert_harmless(make(whole(dataset)))

    @given(st.text() | st.sampled_from(HOSTILE))
    def test_a_text_is_read_as_it_was_written(self, text: str) -> None:
        written = "".join(render_html(Document("t", (Paragraph((text,)),))))
        shown = page(written).find(f".//{_XHTML}p")
        assert shown is not None
        assert words_of(shown) == (clean_line(text) or "—")

    def test_chinese_text_is_marked_as_chinese(self) -> None:
        written = "".join(render_html(Document("t", (Paragraph(("Base 航发 1",)),))))
        assert 'Base <span lang="zh">航发</span> 1' in written

    @pytest.mark.parametrize(
        "url", ["javascript:alert(1)", "data:text/html,x", "//x.example", "http://a b"]
    )
    def test_what_is_no_web_address_is_no_link(self, url: str) -> None:
        document = Document("t", (Paragraph((Link(url),)),))
        assert "<a" not in "".join(render_html(document))
        assert "<http" not in "".join(render_markdown(document))

    def test_every_footnote_leads_to_its_source(self, shipped: Dataset) -> None:
        root = page(PAGES["briefing"](whole(shipped)))
        targets = {each.get("href") for each in root.iter(f"{_XHTML}a")}
        inner = {target for target in targets if target and target.startswith("#")}
        assert inner == {f"#{each.get('id')}" for each in root.iter() if each.get("id")}


class TestMarkdown:
    @given(st.text(st.sampled_from("ab1 \n\t\\`*_[]<>|~&$^{}#+-=:.)(!'\"")) | st.text())
    def test_a_text_is_read_as_it_was_written(self, text: str) -> None:
        assume(clean_line(text))
        self._assert_read_as_written(text)

    @pytest.mark.parametrize("text", HOSTILE)
    def test_a_hostile_text_is_read_as_text(self, text: str) -> None:
        self._assert_read_as_written(text)

    def _assert_read_as_written(self, text: str) -> None:
        runs = (text,)
        blocks = (Paragraph(runs), Bullets((runs,)), Quote((text,)), Heading(2, runs))
        table = DocumentTable((text,), ((runs,),))
        written = "".join(render_markdown(Document(text, (*blocks, table))))
        read = MARKDOWN.parse(written)
        texts = [each for each in read if each.type == "inline"]
        assert len(texts) == 7
        for each in texts:
            assert {part.type for part in each.children or ()} <= {"text"}
            assert each.children is not None
            shown = "".join(part.content for part in each.children)
            assert " ".join(shown.split()) == clean_line(text)
        assert not UNSAFE.search(written)

    def test_a_hostile_table_has_as_many_cells_in_each_row(self) -> None:
        text = FORMATS["md"].encode(whole(hostile_dataset())).decode()
        rows = [line for line in text.splitlines() if line.startswith("|")]
        counts = {len(re.findall(r"(?<!\\)(?:\\\\)*\|", row)) for row in rows}
        assert len(rows) == len(HOSTILE) + 2
        assert len(counts) == 1

    def test_an_address_stays_as_it_is(self) -> None:
        url = "https://example.org/a_b(c)?x=1&y=*2"
        text = "".join(render_markdown(Document("t", (Paragraph((Link(url),)),))))
        assert f"<{url}>" in text


def figures(text: str, head: str) -> Iterator[tuple[str, int, int, int]]:
    """Yield the rows of the table of a briefing whose first heading is given."""
    body = text.split(f"| {head} | Projects |", 1)[1].split("\n\n", 1)[0]
    for line in body.splitlines()[2:]:
        name, *numbers = (cell.strip() for cell in line.strip("|").split(" | "))
        cleaned = (number.strip(" |").replace(",", "") for number in numbers)
        one, two, three = (0 if each == "–" else int(each) for each in cleaned)
        yield name, one, two, three


class TestBriefing:
    @pytest.mark.parametrize("own", [True, False])
    def test_totals_are_those_of_an_independent_count(
        self, shipped: Dataset, *, own: bool
    ) -> None:
        text = BRIEFINGS["md"].encode(whole(shipped, own=own)).decode()
        projects, amount, missing = 0, 0, 0
        stages: Counter[str] = Counter()
        amounts: Counter[str] = Counter()
        for project in shipped.projects.values():
            projects += 1
            stage = shipped.stages[project.stage] if project.stage else None
            name = f"{stage.name} {stage.name_zh}" if stage else "not stated"
            stages[name] += 1
            if project.investment is None:
                missing += 1
            else:
                whole_of = shipped.projects.get(str(project.values.get("part_of", "")))
                is_added = whole_of is not None and whole_of.investment is not None
                amount += 0 if is_added else project.investment
                if not (is_added and whole_of and whole_of.stage == project.stage):
                    amounts[name] += project.investment
        assert list(figures(text, "")) == [("All projects", projects, amount, missing)]
        rows = list(figures(text, "Stage"))
        assert {name: count for name, count, _, _ in rows} == dict(stages)
        assert {name: stated for name, _, stated, _ in rows if stated} == dict(amounts)
        assert sum(row[3] for row in rows) == missing
        order = [f"{stage.name} {stage.name_zh}" for stage in shipped.stages.values()]
        assert [row[0] for row in rows] == [each for each in order if each in stages]

    def test_industries_count_a_project_under_each_of_them(
        self, shipped: Dataset
    ) -> None:
        text = BRIEFINGS["md"].encode(whole(shipped)).decode()
        counted = {name: count for name, count, _, _ in figures(text, "Industry")}
        for industry in shipped.industries.values():
            expected = sum(
                industry.id in p.industries for p in shipped.projects.values()
            )
            assert (
                counted.get(f"{industry.name} {industry.name_zh}".strip(), 0)
                == expected
            )

    def test_published_totals_are_never_in_a_sum(self, shipped: Dataset) -> None:
        without = shipped._replace(announcements={})
        texts = [
            BRIEFINGS["md"].encode(whole(each)).decode() for each in (shipped, without)
        ]
        tables = [list(figures(text, "Stage")) for text in texts]
        assert tables[0] == tables[1]
        assert "85,500,000,000 yuan (85.5 bn)" in texts[0]
        assert "## Published totals" not in texts[1]
        assert "planned investment of the year: 45,300,000,000 yuan" in texts[0]
        assert "(45.3 bn) (plan of the year)" in texts[0]

    def test_only_published_totals_about_the_projects_are_told(
        self, shipped: Dataset
    ) -> None:
        selection = Selection(shipped, ["aecc-gas-turbine-base"], DAY)
        text = BRIEFINGS["md"].encode(selection).decode()
        project = shipped.projects["aecc-gas-turbine-base"]
        for announcement in shipped.announcements.values():
            concerns = project.id in announcement.names
            concerns |= not set(collect_sources(project)).isdisjoint(
                announcement.sources
            )
            assert (f"### {announcement.statement}" in text) == concerns

    def test_every_amount_of_a_project_has_a_numbered_source(
        self, shipped: Dataset
    ) -> None:
        text = BRIEFINGS["md"].encode(whole(shipped)).decode()
        lines = [
            line for line in text.splitlines() if line.startswith("- Investment: ")
        ]
        stated = [line for line in lines if "not stated" not in line]
        assert stated
        for line in stated:
            assert re.search(r"\[\^\d+\]$", line)

    def test_sources_are_numbered_as_they_are_cited_and_each_is_told(
        self, shipped: Dataset
    ) -> None:
        text = BRIEFINGS["md"].encode(whole(shipped)).decode()
        body, sources = text.split("\n## Sources\n")
        cited = dict.fromkeys(re.findall(r"\[\^(\d+)\]", body))
        assert list(cited) == [str(number + 1) for number in range(len(cited))]
        assert re.findall(r"^\[\^(\d+)\]: ", sources, re.MULTILINE) == list(cited)
        assert "China Daily" in sources
        assert "<https://" in sources

    def test_the_readers_own_words_come_only_when_asked_for(self) -> None:
        project = hostile_dataset().projects["p-0"]
        dataset = Dataset(
            projects={"p-0": project._replace(annotations=project.annotations)}
        )
        dataset = Dataset(
            projects={"a": Project("a", "a", "a", annotations=project.annotations)}
        )
        without = BRIEFINGS["md"].encode(whole(dataset, own=False)).decode()
        assert "cmd" not in without
        assert "cmd" in BRIEFINGS["md"].encode(whole(dataset, own=True)).decode()

    def test_it_says_what_was_chosen_and_of_what_day(self, shipped: Dataset) -> None:
        keys = list(shipped.projects)[:3]
        selection = Selection(shipped, keys, DAY, scope="query: gas")
        text = BRIEFINGS["md"].encode(selection).decode()
        assert f"3 of {len(shipped.projects)} projects (query: gas)" in text
        assert f"Facts as of {shipped.updated}. Exported 2026-11-24." in text

    @examples(30)
    @given(datasets())
    def test_any_dataset_has_a_briefing(self, dataset: Dataset) -> None:
        document = make_briefing(whole(dataset))
        sources = [block for block in document.blocks if isinstance(block, SourceList)]
        known = {s for p in dataset.projects.values() for s in collect_sources(p)}
        assert sum(len(source.items) for source in sources) == len(known)
        assert not UNSAFE.search("".join(render_markdown(document)).replace("\n", ""))
